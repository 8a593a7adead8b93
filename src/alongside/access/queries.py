"""Reading through access: the predicate on a queryset, and the gate a write asks first."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Max, Model, Q, QuerySet

from alongside.access import explaining, paging, predicate, reading, recalling, statements
from alongside.access import standing as stands
from alongside.access.actions import compiled
from alongside.access.context import Access
from alongside.access.explaining import Why
from alongside.access.models import Anchor, Bar, Glass, Grant, Place
from alongside.access.predicate import Visible
from alongside.access.recalling import Recalled, Then
from alongside.access.rules import POLICY, Facts
from alongside.access.statements import Listing, Made, Statement
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Session:
    """One emergency look as access knows it."""

    id: str
    practitioner: str
    service: str
    when: Period


Row = TypeVar("Row", bound=Model)
FEW = 2_000  # registrations that a list may begin with


def visible(access: Access, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those of `rows` (a queryset of some `Record`) that this reader may see now, without rows that were corrected."""
    return rows.filter(Visible(access), superseded_by="")


def visible_with_superseded(access: Access, rows: QuerySet[Row]) -> QuerySet[Row]:
    """As `visible`, with the rows that were later corrected: for history pages."""
    return rows.filter(Visible(access))


def from_few(access: Access, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The same list over all of the reader's people, begun with their grants where those name few registrations.

    Where they name more than `FEW`, the list begins with an index in its own order and soon has a page. Nothing is
    opened by this, and nothing left out that is open: `visible` is asked all the same.
    """
    found = few(access)
    return rows if found is None else among(rows, found)


def few(access: Access) -> list[str] | None:
    """The registrations that the reader's grants name; None where they name more than `FEW`."""
    return paging.named(access, FEW)


def reached(access: Access, registrations: Sequence[str]) -> list[str]:
    """Those of many registrations of which a record can be open to the reader: whoever their grants name, where those
    are few. A list about these shows what it would show about all; `visible` is asked all the same."""
    return paging.reached(registrations, few(access) if len(registrations) > paging.MANY else None)


def among(rows: QuerySet[Row], registrations: Iterable[str]) -> QuerySet[Row]:
    """Those of `rows` that are about any of these registrations, of which there may be thousands."""
    return rows.filter(statements.Among("registration", registrations))


def show(access: Access, rows: QuerySet[Row], *, start: int = 0, most: int | None = None) -> list[Row]:
    """The visible rows (from `start`, at most `most`), noted for the disclosure entry of the page being read."""
    open_rows = visible(access, rows)
    found = list(open_rows[start:] if most is None else open_rows[start : start + most])
    reading.note(found)
    return found


def show_page(
    access: Access, rows: QuerySet[Row], about: Collection[str] | None, *, start: int = 0, most: int
) -> list[Row]:
    """As `show`, for a page of an ordered list about these registrations, of which there may be thousands. None where
    the list begins with an index in its own order."""
    found = paging.page(access, rows, about, start=start, most=most)
    reading.note(found)
    return found


def show_with_superseded(access: Access, rows: QuerySet[Row]) -> list[Row]:
    """As `show`, with the rows that were later corrected: for history pages."""
    found = list(visible_with_superseded(access, rows))
    reading.note(found)
    return found


def show_one_with_superseded(access: Access, rows: QuerySet[Row]) -> Row:
    """The first of `rows`, noted as shown, also where it was corrected: for the page that puts it right, so that nobody
    loses what they were writing. `NotThere` where there is none or it is closed to the reader."""
    found = visible_with_superseded(access, rows).first()
    if found is None:
        raise NotThere()
    reading.note([found])
    return found


def listed(access: Access, statement: Statement, **values: Iterable[Any]) -> list[Any]:
    """The rows that a written-out statement finds for this reader, noted as shown: as `show`, for long lists."""
    found = looked_up(access, statement, **values)
    reading.note(row for row in found if row.needs)  # what needs nothing is about no record: two ids that are linked
    return found


def listing(
    access: Access, statement: Statement, make: Callable[[list[Any]], Made], **values: Sequence[Any]
) -> Listing[Made]:
    """As `listed`, not read yet: `read_together` reads several rooms' lists in one trip.

    `make` makes of the rows, which come in no order, what the room gives its readers.
    """
    return Listing(access, statement, values, make)


def read_together(*listings: Listing[Any]) -> list[Any]:
    """What each listing makes of its rows, in the order of the listings, by one statement; all rows noted as shown."""
    found = statements.together(listings)
    reading.note(row for rows in found for row in rows if row.needs)
    return [one.make(rows) for one, rows in zip(listings, found, strict=True)]


def looked_up(access: Access, statement: Statement, **values: Iterable[Any]) -> list[Any]:
    """As `listed`, for what an action decides by and does not show."""
    return statement.rows(access, values)


def countable(access: Access, rows: QuerySet[Row]) -> list[Row]:
    """The visible rows, to be counted and not shown: the release that counts them has its own entry in the ledger."""
    found = list(visible(access, rows))
    reading.count(found)
    return found


def latest(rows: QuerySet[Row], *, access: Access) -> dict[str, datetime]:
    """When the last of `rows` (a queryset of some `Record`) of each registration was true, by registration; none for
    what was corrected. For whoever works out how long a record has to be kept: nothing is shown."""
    last = rows.filter(superseded_by="").order_by().values("registration").annotate(last=Max("occurred_at"))
    return dict(last.values_list("registration", "last"))


def every_anchor(*, access: Access) -> Iterable[str]:
    """Every registration of the installation, for the job that looks for what was erased. Ids only, and none is read
    before the first is asked for."""
    return Anchor.objects.order_by("pk").values_list("pk", flat=True)


def require_own(access: Access, registration: str, *kinds: str) -> Anchor:
    """The anchor of this service's own registration, if a record of these kinds is open to this reader now.

    Raises `NotThere` for another service's registration, for one that does not exist and for one that is closed.
    """
    found = _open_anchor(access, registration, kinds)
    if found is None or found.service != access.service:
        raise NotThere()
    return found


def require(access: Access, registration: str, *kinds: str) -> Anchor:
    """The anchor of any service's registration, if a record of these kinds is open to this reader; else `NotThere`."""
    found = _open_anchor(access, registration, kinds)
    if found is None:
        raise NotThere()
    return found


def why(registrations: Iterable[str], *, access: Access) -> list[Why]:
    """For each kind of information that is open to this reader of any of these registrations: why, in the order in
    which they are asked about, and of the kinds. What is closed is not mentioned."""
    return explaining.why(registrations, access=access)


def recalled(registration: str, shown: Sequence[Then], *, access: Access) -> list[Recalled]:
    """Why each of these had been shown to somebody, by the facts as they stood then: for whoever may read who looked at
    this registration, which whoever calls has asked."""
    return recalling.recalled(registration, shown, access=access)


def facts(registration: str, *, access: Access) -> Facts:
    """What was agreed and refused about the reader's own service's registration, and at its twin: to work out what a
    new choice would open. Who else needs to know of it, and who looks in an emergency, is not among it. `NotThere` for
    whoever may not read the person's choices."""
    require_own(access, registration, "choices")
    found = compiled.facts_of([registration], after=clock.now())[registration]
    twin = replace(found.twin, needs=(), glasses=()) if found.twin else None
    return replace(found, needs=(), glasses=(), twin=twin)


def noticed(*, access: Access) -> list[Why]:
    """What has to go with the page that is being read, where it shows records of another service whose law gives
    recipients a notice and the scope of the consent (42 CFR 2.32): why each kind of them is open to the reader."""
    if not any(one.notice for one in policy.packs().values() if one.key.startswith(access.jurisdiction)):
        return []
    giving = [one.key for one in policy.packs().values() if one.notice]
    services = Place.objects.filter(pack__in=giving).exclude(pk=access.service).values("pk")
    theirs = Anchor.objects.filter(pk__in=reading.shown(), service__in=services)
    return why(theirs.values_list("pk", flat=True), access=access)


def pack_of(service: str, *, access: Access) -> str:
    """The policy of a service's country (`definitions/access/packs.toml`); the usual one where nothing is known."""
    known = Place.objects.filter(pk=service).values_list("pack", flat=True).first()
    return known or policy.DEFAULT_PACK


def sessions(registration: str, *, access: Access) -> list[Session]:
    """Who looked at a registration in an emergency, and when: for whoever may read who looked, which whoever calls has
    asked. Nothing is shown."""
    rows = Glass.objects.filter(registration=registration).order_by("pk")
    return [Session(row.pk, row.practitioner, row.service, Period(row.from_at, row.until_at)) for row in rows]


def outdated(*, access: Access) -> int:
    """How many registrations have grants or bars that an older policy compiled. Reads them all."""
    old = ~Q(policy=POLICY)
    grants = Grant.objects.filter(old).values_list("registration_id", flat=True).distinct()
    bars = Bar.objects.filter(old).values_list("registration_id", flat=True).distinct()
    return len({*grants, *bars})


def standing(registrations: Collection[str], *, access: Access) -> dict[str, dict[str, Any]]:
    """By registration: the needs of others and the emergencies that are live, and whether it is kept to a few; ids."""
    return stands.standing(registrations)


def everybody(*, access: Access) -> list[str]:
    """Every registration there is, by its id; for the installation's own job."""
    return list(Anchor.objects.order_by("pk").values_list("pk", flat=True))


def is_paired(registration: str, *, access: Access) -> bool:
    """Whether it is one of two that are of the same human."""
    return Anchor.objects.filter(pk=registration).exclude(twin="").exists()


def keeper_of(registration: str, *, access: Access) -> str:
    """Who has what would be a team's about a restricted registration; empty for all others."""
    kept = Anchor.objects.filter(pk=registration, restricted=True).values_list("keeper", flat=True)
    return kept.first() or ""


# How each database makes one text of several rows.
JOINED = {"sqlite": "group_concat", "postgresql": "string_agg"}


def looking_beside(practitioner: str, service: str) -> str:
    """The sessions in which somebody looks in an emergency now, as a column of another room's written-out statement:
    ids with a space between, NULL where there is none. `practitioner` and `service` are columns of that statement,
    which brings `now`.
    """
    table = connection.ops.quote_name(Glass._meta.db_table)
    return (
        f"(SELECT {JOINED[connection.vendor]}(x.id, ' ') FROM {table} x WHERE x.practitioner = {practitioner}"  # noqa: S608 - our own
        f" AND x.service = {service} AND x.from_at <= %(now)s AND %(now)s < x.until_at)"
    )


def packs_of(services: Iterable[str], *, access: Access) -> dict[str, str]:
    """The policies of several services' countries, by service."""
    asked = list(services)
    known = dict(Place.objects.filter(pk__in=asked).values_list("pk", "pack"))
    return {one: known.get(one, policy.DEFAULT_PACK) for one in asked}


def opens(access: Access, registration: str, *kinds: str) -> bool:
    """Whether a record of these kinds, made now, would be open to this reader."""
    return _open_anchor(access, registration, kinds) is not None


def opening(access: Access, *kinds: str, registration: str, service: str) -> tuple[str, list[Any]]:
    """`opens` as a column of another room's written-out statement: its words, and their values in order. `registration`
    and `service` are columns as that statement names them.
    """
    return predicate.opens(access, policy.categories_mask(*kinds), registration, service)


def _open_anchor(access: Access, registration: str, kinds: tuple[str, ...]) -> Anchor | None:
    with connection.cursor() as cursor:
        cursor.execute(*predicate.open_anchor(access, registration, policy.categories_mask(*kinds)))
        found = cursor.fetchone()
    return Anchor.from_db(connection.alias, ["id", "service", "epoch"], found) if found else None
