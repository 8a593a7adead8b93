"""The rows that every action here writes, the task each open contact has, and the questions asked first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.contacts import notes, rules
from alongside.contacts.models import Contact, ContactStatus, Note
from alongside.contacts.rules import HOLDER, TASK, Meeting, Span, State
from alongside.definitions import agreements, policy
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Several, Stale
from alongside.kernel.ids import new_id
from alongside.kernel.language import later
from alongside.organisations import queries as organisations
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "contacts"
APPOINTMENTS = policy.categories_mask("appointments")
SESSION_NOTES = policy.categories_mask("session_notes")
CHANGED = later("Somebody changed this contact while you were writing. Nothing was saved; look at it again.")
SAVED = later("This contact was already saved. It was not saved again.")


def check_desk(by: Access) -> None:
    """Booking and cancelling are also the desk's."""
    if not by.may("book"):
        by.check_may("care")


def span(episode: str, anchor: Anchor, by: Access) -> Span:
    """What the dates of the episode allow; `NotThere` for an episode of another registration."""
    registration, received, ended = journey.dates_of(episode, access=by)
    if registration != anchor.pk:
        raise NotThere()
    return Span(received, ended)


def standing(contact: str, by: Access) -> Contact:
    """The contact as it stands, if it is the reader's own service's and open to them; `Stale` once it was put right."""
    row = Contact.objects.select_related("registration").filter(pk=contact, service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "appointments")
    if row.superseded_by:
        raise Stale(CHANGED)
    return row


def refuse(problems: list[Invalid]) -> None:
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Several(problems)


@contextmanager
def once(submission: str, by: Access) -> Iterator[None]:
    """One transaction, all of it or nothing. `Duplicate` if this form already saved something: whatever else went wrong
    went wrong because of that."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, Stale):
        access.refuse_repeat(model=ContactStatus, submission=submission, said=SAVED, by=by, of="contact")
        raise


def meeting_columns(
    meeting: Meeting, state: State, attendance: str, by: Access, *, met_by: tuple[str, str] | None = None
) -> dict[str, object]:
    """A contact's own columns. `met_by` is the practitioner and role where they are known and need no asking."""
    practitioner, role = met_by or _practitioner(meeting.practitioner, by)
    return {
        "occurred_at": meeting.starts_at,
        "kind": meeting.kind,
        "minutes": meeting.minutes if state in (State.PLANNED, State.KEPT) else 0,
        "mode": meeting.mode,
        "practitioner": practitioner,
        "role": role,
        "joint": meeting.joint,
        "attendance": attendance,
        "state": state,
    }


def _practitioner(named: str, by: Access) -> tuple[str, str]:
    if named in ("", by.actor) and by.may("care"):
        return by.actor, by.role
    for colleague in organisations.colleagues(by.service, access=by):
        if colleague.id == named:
            return colleague.id, colleague.role
    raise Invalid("practitioner", "Choose somebody who works in your service now.")


def fresh(anchor: Anchor, episode: str, columns: dict[str, object], by: Access, planned: bool = True) -> Contact:
    """A contact that is not saved yet; it is its own entry."""
    row = Contact(
        registration=anchor,
        service=anchor.service,
        needs=APPOINTMENTS,
        author=by.actor,
        episode=episode,
        planned=planned,
        **columns,
    )
    row.entry = row.pk
    return row


def status(row: Contact, by: Access, *, outcome: str = "", submission: str = "") -> ContactStatus:
    """The contact's present state as a row of its history, not saved yet."""
    return ContactStatus(
        registration_id=row.registration_id,
        service=row.service,
        needs=APPOINTMENTS,
        author=by.actor,
        occurred_at=clock.now(),
        contact=row,
        state=row.state,
        attendance=row.attendance,
        starts_at=row.occurred_at,
        outcome=outcome,
        submission=submission or None,
    )


def section(row: Contact, heading: str, text: str, by: Access) -> Note:
    """One section of a contact's note, encrypted, not saved yet."""
    note = new_id("not")
    return Note(
        id=note,
        registration_id=row.registration_id,
        service=row.service,
        needs=SESSION_NOTES,
        author=by.actor,
        occurred_at=row.occurred_at,
        contact_id=row.entry,
        heading=heading,
        text=notes.seal(text, note),
    )


def open_tasks(contacts: Iterable[Contact], by: Access) -> None:
    """The one task of each contact that somebody holds."""
    for row in contacts:
        if row.state in TASK:
            holder, due = _owed(row, by)
            tasks.open_task(
                room=ROOM,
                about=row.pk,
                kind=TASK[State(row.state)],
                registration=row.registration_id,
                service=row.service,
                needs=APPOINTMENTS,
                holder=Holder(practitioner=holder),
                due_at=due,
                by=by,
            )


def _owed(row: Contact, by: Access) -> tuple[str, datetime]:
    """Who owes the next act and by when. A planned contact is recorded by its end; one that did not happen is followed
    up within the time, and when it was missed by the person, that the agreement names."""
    if row.state == State.PLANNED:
        return row.practitioner, rules.ends_at(row.occurred_at, row.minutes)
    promise = agreements.agreement(organisations.place(row.service, access=by).agreement).missed_contact
    due = promise.within.after(row.occurred_at, organisations.hours_of(row.service, access=by))
    agreed = HOLDER[State(row.state)] is rules.Holder.AGREED and promise.holder == "lead_practitioner"
    return (_lead(row, by) if agreed else "") or row.practitioner, due


def _lead(row: Contact, by: Access) -> str:
    # A lead of the other service owes nothing in this service's registration: they are told by their own side.
    found = journey.journey_for([row.registration_id], access=by)
    return found.lead if found else ""
