"""What every act on a screening begins and ends with: found and locked, moved, its task with whoever holds it now."""

from datetime import datetime

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import agreements
from alongside.definitions.screening import Topic
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people.queries import born
from alongside.people.rules import check_born as check_after_birth
from alongside.screening import rules
from alongside.screening.models import Screening, ScreeningStatus
from alongside.screening.rules import OPEN, OWED, State, Step
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "screening"


def check_past(at: datetime) -> None:
    """Raises `Invalid("date", …)` for a time to come."""
    if at > clock.now():
        raise Invalid("date", "The date is in the future. Enter the day on which they were asked.")


def check_born(registration: str, at: datetime, by: Access) -> None:
    """Raises `Invalid("date", …)` for a day before the person was born."""
    check_after_birth("date", at.date(), born(registration, access=by))


def standing(screening: str, by: Access) -> Screening:
    """One screening of the reader's own service, its registration locked; `Stale` where somebody put it right."""
    return people.standing(rows=Screening.objects.filter(pk=screening), by=by)


def open_ones(registration: str) -> dict[str, Screening]:
    """What somebody still owes a step for, by topic."""
    rows = Screening.objects.filter(registration=registration, state__in=OPEN, superseded_by="")
    return {row.topic: row for row in rows.order_by("pk")}


def unsaved(anchor: Anchor, topic: Topic, found: State, at: datetime, by: Access) -> Screening:
    """The row of somebody who was asked, with its id and not yet in its table."""
    return Screening(
        registration=anchor,
        service=anchor.service,
        needs=rules.needs(topic),
        author=by.actor,
        occurred_at=at,
        topic=topic.key,
        state=found,
    )


def begin(row: Screening, by: Access) -> None:
    """Add the row with its first state; where somebody said yes, whoever treats them owes a conversation."""
    Screening.objects.insert([row])
    ScreeningStatus.objects.create(screening=row, state=row.state, by=by.actor)
    _owe(row, by)


def move(row: Screening, step: Step, by: Access, submission: str = "") -> None:
    """Take a screening one step on, note it, and hand what is owed next to whoever treats the person now."""
    Screening.objects.filter(pk=row.pk).update(state=step.to)
    row.state = step.to
    ScreeningStatus.objects.create(
        screening=row, state=step.to, by=by.actor, words=step.words.strip(), thing=step.thing, submission=submission
    )
    tasks.close(room=ROOM, about=row.pk, outcome="taken_on", by=by)
    _owe(row, by)


def _owe(row: Screening, by: Access) -> None:
    state = State(row.state)
    if state not in OPEN:
        return
    agreement = agreements.agreement(organisations.place(row.service, access=by).agreement)
    tasks.open_task(
        room=ROOM,
        about=row.pk,
        kind=OWED[state],
        registration=row.registration_id,
        service=row.service,
        needs=row.needs,
        holder=_holder(row, by),
        due_at=rules.due_at(state, clock.now(), agreement, organisations.hours_of(row.service, access=by)),
        by=by,
    )


def _holder(row: Screening, by: Access) -> Holder:
    """Whoever treats the person here; until somebody does, whoever asked."""
    stay = journeys.open_episode(row.registration_id, access=by)
    return Holder(practitioner=stay.practitioner if stay and stay.practitioner else by.actor)
