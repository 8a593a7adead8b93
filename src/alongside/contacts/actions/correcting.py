"""Putting contacts and notes right: a new row beside the old one, who had seen it, and who was told."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.contacts import rules
from alongside.contacts.actions import rows
from alongside.contacts.models import Contact, Note
from alongside.contacts.rules import Meeting, State
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.measures import actions as measures
from alongside.people import actions as people
from alongside.people.rules import Correcting
from alongside.safety import actions as safety
from alongside.safety.rules import HANDLING
from alongside.tasks import actions as tasks

HELD_BACK = sum(HANDLING.values())
# Whatever may have been recorded at a contact: whoever was shown any of it is named.
ALL_OF_IT = policy.categories_mask("appointments", "session_notes", "mood_scores", "use_pattern")


@transaction.atomic
def correct_contact(*, contact: str, meeting: Meeting, attendance: str, why: Correcting, by: Access) -> str:
    """Put a recorded contact right: a new row takes its place, and its task follows. Returns the new row's id.

    Its note and measures stay with it and keep their own dates; each is put right by itself. Raises as `record`,
    `Invalid("reason", …)` without a reason, and `Stale` if somebody put it right first or it is still planned.
    """
    by.check_may("correct")
    old = rows.standing(contact, by)
    if old.state == State.PLANNED:
        raise Stale("This contact is still planned. Move it, cancel it or record it.")
    state = _state_after(old, attendance)
    span = rows.span(old.episode, old.registration, by)
    rows.refuse(rules.problems(meeting, rules.STATE_AFTER[attendance], span, clock.now()))
    new = rows.fresh(old.registration, old.episode, _columns(old, meeting, state, attendance, by), by, old.planned)
    new.entry = old.entry
    new.save(force_insert=True)
    rows.status(new, by).save(force_insert=True)
    people.note_correction(record=old, why=why, by=by, replacement=new.pk)
    _supersede(old, new.pk, "corrected", by)
    if new.state != State.KEPT and rules.STATE_AFTER.get(old.attendance) is State.KEPT:
        safety.reopen(anchor=old.registration, contact=old.entry, by=by)  # no conversation was had in it
    rows.open_tasks([new], by)
    access.log(by=by, act="contacts.correct", subject=old.pk, about=[old.registration_id], detail={"by": new.pk})
    return new.pk


def _state_after(old: Contact, attendance: str) -> State:
    state = rules.state_after(attendance, old.planned)
    before = rules.STATE_AFTER.get(old.attendance)
    # What was followed up stays followed up, unless it turns out that there was nothing, or something else, to do.
    return State.FOLLOWED_UP if old.state == State.FOLLOWED_UP and before is state else state


def _columns(old: Contact, meeting: Meeting, state: State, attendance: str, by: Access) -> dict[str, object]:
    # Somebody else may put it right, and whoever met the person may have left since.
    same = meeting.practitioner in ("", old.practitioner)
    met_by = (old.practitioner, old.role) if same else None
    return rows.meeting_columns(meeting, state, attendance, by, met_by=met_by)


def _supersede(old: Contact, stands: str, outcome: str, by: Access) -> None:
    if not Contact.objects.filter(pk=old.pk, superseded_by="").update(superseded_by=stands):
        raise Stale(rows.CHANGED)
    tasks.close(room=rows.ROOM, about=old.pk, outcome=outcome, by=by)


@transaction.atomic
def wrong_person(*, contact: str, why: Correcting, by: Access, taken_on_by: str = "") -> str:
    """Take a contact, and all that was recorded at it, out of the record of somebody it is not about.

    Nothing is moved to anybody else: it is recorded afresh for the right person. Returns the id of the correction that
    stands in its place and says who had been shown any of it and who was told.

    Raises `Invalid("risk_taken_on_by", …)` where an answer about self-harm at it waits for a conversation and nobody
    takes that on.
    """
    by.check_may("correct")
    old = rows.standing(contact, by)
    correction = people.note_correction(record=old, why=why, by=by, kinds=ALL_OF_IT)
    _supersede(old, correction, "wrong_person", by)
    Note.objects.filter(contact=old.entry, superseded_by="").update(superseded_by=correction)
    measures.withdraw_contact(contact=old.entry, correction=correction, by=by, taken_on_by=taken_on_by)
    safety.reopen(anchor=old.registration, contact=old.entry, by=by)  # it was had with somebody else
    detail = {"correction": correction}
    access.log(by=by, act="contacts.wrong_person", subject=old.pk, about=[old.registration_id], detail=detail)
    return correction


@transaction.atomic
def correct_note(*, note: str, text: str, why: Correcting, by: Access) -> str:
    """Put one section of a note right; the old text is kept and no longer shown. Returns the new section's id."""
    by.check_may("correct")
    old = Note.objects.select_related("contact").filter(pk=note, service=by.service).first()
    if old is None:
        raise NotThere()
    allowed.require_own(by, old.registration_id, "session_notes")
    if not rules.check_note({old.heading: text}):
        raise Invalid(old.heading, "Write what should stand here instead.")
    new = rows.section(old.contact, old.heading, text.strip(), by)
    new.needs |= old.needs & HELD_BACK  # what is withheld from the person stays so
    new.save(force_insert=True)
    people.note_correction(record=old, why=why, by=by, replacement=new.pk)
    if not Note.objects.filter(pk=note, superseded_by="").update(superseded_by=new.pk):
        raise Stale("Somebody put this note right first. Nothing of yours was saved; look at it again.")
    access.log(by=by, act="contacts.correct_note", subject=note, about=[old.registration_id], detail={"by": new.pk})
    return new.pk
