"""Recording what happened, putting it right, and taking out what was about somebody else."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel import clock
from alongside.kernel.language import later
from alongside.lives import rules
from alongside.lives.models import Event
from alongside.lives.rules import Told
from alongside.people import actions as people
from alongside.people.queries import born
from alongside.people.rules import Correcting, check_born

SAVED = later("This was already saved. It was not saved again.")


@transaction.atomic
def record(*, registration: str, told: Told, by: Access, submission: str = "") -> str:
    """Record something that happened in somebody's life; returns the event's id. Nobody owes anything for it.

    Raises `Several` naming the fields of `told` that are wrong, `Invalid("start", …)` for a day before the person was
    born, `Duplicate` for the same submission again, `NotThere`
    where the registration is not this service's own or that kind of information is closed to the reader.
    """
    by.check_may("care")
    told = rules.check(told, clock.today())
    anchor = allowed.require_own(by, registration, rules.category(told.kind))
    check_born("start", told.start, born(registration, access=by))
    access.lock(registrations=[registration], by=by)  # the same form twice at once: the second finds the first
    access.refuse_repeat(model=Event, submission=submission, said=SAVED, by=by)
    made = _unsaved(anchor, told, by)
    made.submission = submission or None
    Event.objects.insert([made])
    access.log(by=by, act="lives.record", subject=made.pk, about=[registration])
    return made.pk


@transaction.atomic
def correct(*, event: str, told: Told, why: Correcting, by: Access) -> str:
    """Put an event right: a new row takes the place of the old one, all of it as it is told now. Returns its id.

    Raises `Several` naming the fields of `told`, `Invalid` naming `start` or `reason`, `Stale` where somebody put it
    right first, `NotThere` where it, or the kind of information that it becomes, is closed to the reader.
    """
    by.check_may("correct")
    told = rules.check(told, clock.today())
    old = people.standing(rows=Event.objects.filter(pk=event), by=by)
    anchor = allowed.require_own(by, old.registration_id, rules.category(told.kind))
    check_born("start", told.start, born(old.registration_id, access=by))
    new = _unsaved(anchor, told, by)
    if told.start == old.starts_on:
        new.occurred_at = old.occurred_at
    people.put_right(old=old, new=new, why=why, act="lives.correct", by=by)
    return new.pk


@transaction.atomic
def wrong_person(*, event: str, why: Correcting, by: Access) -> str:
    """Take an event out of the record of somebody whom it did not happen to. Returns the correction that stands in its
    place, with who had seen it and who was told. Nothing is moved to anybody else."""
    by.check_may("correct")
    old = people.standing(rows=Event.objects.filter(pk=event), by=by)
    return people.put_right(old=old, why=why, act="lives.wrong_person", by=by)


def _unsaved(anchor: Anchor, told: Told, by: Access) -> Event:
    return Event(
        registration=anchor,
        service=anchor.service,
        needs=rules.needs(told.kind),
        author=by.actor,
        occurred_at=clock.instant_of(told.start),
        kind=told.kind,
        starts_on=told.start,
        ends_on=told.end,
        source=told.source,
        certainty=told.certainty,
        words=told.words,
    )


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    return access.erase_rows(rows=[Event.objects.filter(registration=registration)], by=by)
