"""Facts pushed down by the rooms above. Each change locks the registration and replaces what its facts compile to."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alongside.access import rules
from alongside.access.actions.together import changed, hold
from alongside.access.context import Access
from alongside.access.models import Anchor, Glass, Line, Need
from alongside.access.rules import NeedKind
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER


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
    hold(registration, by)
    fresh = {"registration_id": registration, "handle": handle, "kind": kind.value, "because": because}
    if Need.objects.filter(**fresh, until_at__gt=clock.now()).exists():
        return
    Need.objects.create(**fresh, service=service, made_by=made_by, from_at=clock.now(), until_at=until)
    changed(registration, by)


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
    hold(registration, by)
    live = Need.objects.filter(registration_id=registration, because=because, until_at__gt=clock.now())
    if handle:
        live = live.filter(handle=handle)
    if kind:
        live = live.filter(kind=kind.value)
    if live.update(until_at=until or clock.now()):
        changed(registration, by)


@transaction.atomic
def replace_lines(*, registration: str, because: str, lines: Iterable[rules.Line], by: Access) -> None:
    """Set the lines of one consent; ended lines stay as facts of the past. An empty set withdraws it."""
    hold(registration, by)
    now = clock.now()
    Line.objects.filter(registration_id=registration, because=because, until_at__gt=now).update(until_at=now)
    Line.objects.insert(_line(registration, line) for line in lines)
    changed(registration, by)


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
        exception=line.exception,
        onward=line.onward,
    )


@transaction.atomic
def break_glass(*, registration: str, session: str, until: datetime, by: Access) -> None:
    """The registration opens to whoever acts, in the service they act for, from now until then."""
    hold(registration, by)
    Glass.objects.create(
        id=session,
        registration_id=registration,
        practitioner=by.actor,
        service=by.service,
        from_at=clock.now(),
        until_at=until,
    )
    changed(registration, by)


@transaction.atomic
def end_glass(*, registration: str, session: str, by: Access) -> None:
    """The session is over now, where it is not over already."""
    hold(registration, by)
    if Glass.objects.filter(pk=session, registration_id=registration, until_at__gt=clock.now()).update(
        until_at=clock.now()
    ):
        changed(registration, by)


@transaction.atomic
def restrict(*, registration: str, restricted: bool, by: Access, keeper: str = "") -> None:
    """Close a registration, or open it again, to those of its own service who do not hold it by name. `keeper` is the
    practitioner among them who has what would otherwise be a team's."""
    hold(registration, by)
    rows = Anchor.objects.filter(pk=registration)
    rows.update(keeper=keeper)
    if rows.filter(restricted=not restricted).update(restricted=restricted):
        changed(registration, by)
