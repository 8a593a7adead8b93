"""Putting a screening right: a new row takes the place of the old one, and begins again at what was found."""

from datetime import datetime

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.definitions import screening as content
from alongside.kernel.errors import Invalid
from alongside.people import actions as people
from alongside.people.rules import Correcting
from alongside.screening.actions import rows
from alongside.screening.models import Screening
from alongside.screening.rules import FOUND, State
from alongside.tasks import actions as tasks


@transaction.atomic
def correct(*, screening: str, found: str, why: Correcting, by: Access, asked_at: datetime | None = None) -> str:
    """Put right what asking came to, or when; returns the id of the screening that stands now.

    It begins again at what was found: steps that were taken on the earlier one stay with that, in its history. Raises
    `Invalid` naming `found`, `date` or `reason`, `Stale` if somebody corrected it first, `NotThere` where it is closed.
    """
    by.check_may("correct")
    old = rows.standing(screening, by)
    if found not in FOUND:
        raise Invalid("found", "Choose what came of asking.")
    at = asked_at or old.occurred_at
    rows.check_past(at)
    rows.check_born(old.registration_id, at, by)
    _refuse_other_open(old, State(found))
    new = rows.unsaved(old.registration, content.topics()[old.topic], State(found), at, by)
    correction = people.note_correction(record=old, why=why, by=by, replacement=new.pk)
    _supersede(old, new.pk, by)
    rows.begin(new, by)
    _log("screening.correct", old, correction, by)
    return new.pk


@transaction.atomic
def wrong_person(*, screening: str, why: Correcting, by: Access) -> str:
    """Take a screening out of the record of somebody it is not about. Returns the correction that stands in its place,
    with who had seen it and who was told. Nothing is moved to anybody else."""
    by.check_may("correct")
    old = rows.standing(screening, by)
    correction = people.note_correction(record=old, why=why, by=by)
    _supersede(old, correction, by)
    _log("screening.wrong_person", old, correction, by)
    return correction


def _refuse_other_open(old: Screening, found: State) -> None:
    other = rows.open_ones(old.registration_id).get(old.topic)
    if found is State.POSITIVE and other is not None and other.pk != old.pk:
        raise Invalid("found", "They were asked again since and said yes: that one is still open. Take it from there.")


def _supersede(old: Screening, stands: str, by: Access) -> None:
    Screening.objects.filter(pk=old.pk).update(superseded_by=stands)
    tasks.close(room=rows.ROOM, about=old.pk, outcome="put_right", by=by)


def _log(act: str, old: Screening, correction: str, by: Access) -> None:
    access.log(by=by, act=act, subject=old.pk, about=[old.registration_id], detail={"correction": correction})
