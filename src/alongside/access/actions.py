"""Facts in, grants out: each change locks the registration, reads its facts afresh, replaces what they compile to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from alongside.access import rules
from alongside.access.context import Access
from alongside.access.models import Anchor, Bar, Grant, Line, Need, Record, Source
from alongside.access.rules import Effect, Facts, NeedKind
from alongside.audit import actions as audit
from alongside.audit.actions import Shown
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, NotThere
from alongside.kernel.periods import FOR_EVER, Period

PAIR = 2


def log(
    *,
    by: Access,
    act: str,
    subject: str = "",
    about: Iterable[str] = (),
    detail: Mapping[str, Any] | None = None,
) -> None:
    """The audit entry of an act, in the caller's transaction."""
    audit.append(
        actor=by.actor,
        role=by.role,
        service=by.service,
        purpose=by.purpose,
        act=act,
        subject=subject,
        about={registration: Shown() for registration in about},
        detail=detail,
    )


def refuse_repeat(*, model: type[Record], submission: str | None, said: str, by: Access, of: str = "pk") -> None:
    """Raise `Duplicate` where `by` sent this form before and a row of `model` was made of it.

    Its `existing` is the column `of` what was made. Without a submission nothing can be told apart, and nothing is.
    """
    if not submission:
        return
    existing = model.objects.filter(author=by.actor, submission=submission).values_list(of, flat=True).first()
    if existing:
        raise Duplicate(said, existing)


def anchor(*, registration: str, service: str, by: Access) -> None:
    """Make the row that every fact about a registration hangs on and locks."""
    Anchor.objects.create(id=registration, service=service)


def lock(*, registrations: Iterable[str], by: Access) -> list[Anchor]:
    """Lock registrations in id order before their facts are read or changed."""
    if not connection.in_atomic_block:
        raise RuntimeError("A lock outside a transaction holds nothing.")
    wanted = sorted(set(registrations))
    rows = list(Anchor.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise NotThere()
    return rows


def lock_pair(*, row: str, values: Sequence[Any], by: Access) -> dict[str, Any]:
    """Lock the two registrations that a row of another room names, in id order; returns that row's columns.

    `row` is the SELECT of that row, which calls them `one` and `other`. `NotThere` where there is no such row.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A lock outside a transaction holds nothing.")
    held = "" if connection.vendor == "sqlite" else " FOR UPDATE OF a"  # SQLite has the whole file already
    table = connection.ops.quote_name(Anchor._meta.db_table)
    with connection.cursor() as cursor:
        pair = f"SELECT c.* FROM {table} a, ({row}) c WHERE a.id IN (c.one, c.other)"  # noqa: S608 - our rooms' own words
        text = f"{pair} ORDER BY a.id{held}"
        cursor.execute(text, values)
        found = cursor.fetchall()
        if len(found) != PAIR:
            raise NotThere()
        return dict(zip([column[0] for column in cursor.description], found[0], strict=True))


@dataclass(slots=True)
class _Changes:
    """Registrations whose facts are being changed together: locked once, compiled once at the end."""

    locked: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


_together: ContextVar[_Changes | None] = ContextVar("changes", default=None)


@contextmanager
def together(*, by: Access) -> Iterator[None]:
    """Several changes of facts as one: each registration is compiled once, when the last of them is written.

    Nothing may be read through access inside it: until it ends, grants still say what they said before.
    """
    if _together.get() is not None:
        yield
        return
    changes = _Changes()
    token = _together.set(changes)
    try:
        yield
    finally:
        _together.reset(token)
    for registration in sorted(changes.changed):
        recompile(registration=registration, by=by)


def _hold(registration: str, by: Access) -> None:
    changes = _together.get()
    if changes is None or registration not in changes.locked:
        lock(registrations=[registration], by=by)
        if changes is not None:
            changes.locked.add(registration)


def _changed(registration: str, by: Access) -> None:
    changes = _together.get()
    if changes is None:
        recompile(registration=registration, by=by)
    else:
        changes.changed.add(registration)


@transaction.atomic
def add_need(
    *,
    registration: str,
    handle: str,
    service: str,
    kind: NeedKind,
    made_by: str,
    because: str,
    by: Access,
    until: datetime = FOR_EVER,
) -> None:
    """Somebody now needs to know. Repeating a live need changes nothing."""
    _hold(registration, by)
    fresh = {"registration_id": registration, "handle": handle, "kind": kind.value, "because": because}
    if Need.objects.filter(**fresh, until_at__gt=clock.now()).exists():
        return
    Need.objects.create(**fresh, service=service, made_by=made_by, from_at=clock.now(), until_at=until)
    _changed(registration, by)


@transaction.atomic
def end_needs(
    *,
    registration: str,
    because: str,
    by: Access,
    handle: str | None = None,
    kind: NeedKind | None = None,
    until: datetime | None = None,
) -> None:
    """End every live need of this registration that `because` gave, or those of one handle or kind; now or `until`."""
    _hold(registration, by)
    live = Need.objects.filter(registration_id=registration, because=because, until_at__gt=clock.now())
    if handle:
        live = live.filter(handle=handle)
    if kind:
        live = live.filter(kind=kind.value)
    if live.update(until_at=until or clock.now()):
        _changed(registration, by)


@transaction.atomic
def replace_lines(*, registration: str, because: str, lines: Iterable[rules.Line], by: Access) -> None:
    """Set the lines of one consent; ended lines stay as facts of the past. An empty set withdraws it."""
    _hold(registration, by)
    now = clock.now()
    Line.objects.filter(registration_id=registration, because=because, until_at__gt=now).update(until_at=now)
    Line.objects.insert(_line(registration, line) for line in lines)
    _changed(registration, by)


def _line(registration: str, line: rules.Line) -> Line:
    return Line(
        registration_id=registration,
        because=line.because,
        effect=line.effect.value,
        recipient=line.recipient,
        categories=line.categories,
        purposes=line.purposes,
        from_at=line.when.start,
        until_at=line.when.end,
        data_from=line.data.start,
        data_until=line.data.end,
        hard=line.hard,
    )


def recompile(*, registration: str, by: Access) -> None:
    """Replace the grants and bars of a locked registration by what its facts compile to now."""
    grants, bars = rules.compile_facts(_facts(registration))
    Grant.objects.filter(registration_id=registration).delete()
    Bar.objects.filter(registration_id=registration).delete()
    Grant.objects.insert(_grant_row(registration, grant) for grant in grants)
    Bar.objects.insert(_bar_row(registration, bar) for bar in bars)
    Anchor.objects.filter(pk=registration).update(epoch=F("epoch") + 1)


def _facts(registration: str) -> Facts:
    now = clock.now()
    return Facts(
        registration=registration,
        service=Anchor.objects.values_list("service", flat=True).get(pk=registration),
        lines=tuple(map(_fact, Line.objects.filter(registration_id=registration, until_at__gt=now).order_by("pk"))),
        needs=tuple(map(_need, Need.objects.filter(registration_id=registration, until_at__gt=now).order_by("pk"))),
    )


def _fact(row: Line) -> rules.Line:
    return rules.Line(
        because=row.because,
        effect=Effect(row.effect),
        recipient=row.recipient,
        categories=row.categories,
        purposes=row.purposes,
        when=Period(row.from_at, row.until_at),
        data=Period(row.data_from, row.data_until),
        hard=row.hard,
    )


def _need(row: Need) -> rules.Need:
    when = Period(row.from_at, row.until_at)
    return rules.Need(row.handle, row.service, NeedKind(row.kind), row.made_by, when, row.because)


def _compiled(registration: str, row: rules.Grant | rules.Bar) -> dict[str, Any]:
    return {
        "registration_id": registration,
        "handle": row.handle,
        "purposes": row.purposes,
        "from_at": row.when.start,
        "until_at": row.when.end,
        "data_from": row.data.start,
        "data_until": row.data.end,
        "because": row.because,
    }


def _grant_row(registration: str, grant: rules.Grant) -> Grant:
    return Grant(**_compiled(registration, grant), opens=grant.opens, roles=grant.roles, pierces=grant.pierces)


def _bar_row(registration: str, bar: rules.Bar) -> Bar:
    return Bar(**_compiled(registration, bar), closes=bar.closes, hard=bar.hard)


def copied_from(*, record: str, registration: str, needs: int, occurred_at: datetime, by: Access) -> None:
    """Note that a record was made from another registration's record, which it goes on answering to."""
    Source.objects.create(record=record, registration_id=registration, needs=needs, occurred_at=occurred_at)


def copied_on(*, record: str, before: str, registration: str, by: Access) -> None:
    """Note that a record of `registration` takes the place of another and answers to whatever that one answered to.

    But for its own registration: what came home answers to nobody else.
    """
    kept = Source.objects.filter(record=before).exclude(registration=registration)
    Source.objects.insert(
        Source(record=record, registration_id=one.registration_id, needs=one.needs, occurred_at=one.occurred_at)
        for one in kept.order_by("pk")
    )
