"""Recording a change of medicine, putting it right, and taking out what was about somebody else."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel import clock
from alongside.kernel.language import later
from alongside.medication import rules
from alongside.medication.models import MedicineChange
from alongside.medication.rules import CATEGORY, Told
from alongside.people import actions as people
from alongside.people.queries import born
from alongside.people.rules import Correcting, check_born

SAVED = later("This was already saved. It was not saved again.")


@transaction.atomic
def record(*, registration: str, told: Told, by: Access, submission: str = "") -> str:
    """Record a change of medicine that somebody told of; returns its id. It prescribes nothing and warns of nothing.

    Raises `Several` naming the fields of `told` that are wrong, `Invalid("day", …)` for a day before the person was
    born, `Duplicate` for the same submission again, `NotThere` where the registration is not this service's own or
    medicines are closed to the reader.
    """
    by.check_may("care")
    told = rules.check(told, clock.today())
    anchor = allowed.require_own(by, registration, CATEGORY)
    check_born("day", told.day, born(registration, access=by))
    access.lock(registrations=[registration], by=by)  # the same form twice at once: the second finds the first
    access.refuse_repeat(model=MedicineChange, submission=submission, said=SAVED, by=by)
    made = _unsaved(anchor, told, by)
    made.submission = submission or None
    MedicineChange.objects.insert([made])
    access.log(by=by, act="medication.record", subject=made.pk, about=[registration])
    return made.pk


@transaction.atomic
def correct(*, change: str, told: Told, why: Correcting, by: Access) -> str:
    """Put a change of medicine right: a new row takes the place of the old one, all of it as it is told now. Returns
    its id.

    Raises `Several` naming the fields of `told`, `Invalid` naming `day` or `reason`, `Stale` where somebody put it
    right first, `NotThere` where it is closed to the reader.
    """
    by.check_may("correct")
    told = rules.check(told, clock.today())
    old = people.standing(rows=MedicineChange.objects.filter(pk=change), by=by)
    check_born("day", told.day, born(old.registration_id, access=by))
    new = _unsaved(old.registration, told, by)
    if told.day == old.day:
        new.occurred_at = old.occurred_at
    people.put_right(old=old, new=new, why=why, act="medication.correct", by=by)
    return new.pk


@transaction.atomic
def wrong_person(*, change: str, why: Correcting, by: Access) -> str:
    """Take a change of medicine out of the record of somebody who does not take it. Returns the correction that stands
    in its place, with who had seen it and who was told. Nothing is moved to anybody else."""
    by.check_may("correct")
    old = people.standing(rows=MedicineChange.objects.filter(pk=change), by=by)
    return people.put_right(old=old, why=why, act="medication.wrong_person", by=by)


def _unsaved(anchor: Anchor, told: Told, by: Access) -> MedicineChange:
    return MedicineChange(
        registration=anchor,
        service=anchor.service,
        needs=rules.needs(),
        author=by.actor,
        occurred_at=clock.instant_of(told.day),
        medicine=told.medicine,
        what=told.what,
        dose=told.dose,
        day=told.day,
        source=told.source,
    )


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    return access.erase_rows(rows=[MedicineChange.objects.filter(registration=registration)], by=by)
