"""Planning a contact, moving it, cancelling it, and following up one that did not happen."""

from datetime import datetime

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.contacts import rules
from alongside.contacts.actions import rows
from alongside.contacts.actions.recording import record
from alongside.contacts.models import Contact
from alongside.contacts.rules import Meeting, State
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, Stale
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder


def plan_contact(*, registration: str, episode: str, meeting: Meeting, by: Access, submission: str = "") -> str:
    """Plan a contact in an episode of the service's own registration; returns its id.

    Its practitioner owes "keep contact", due when it ends. Raises `Invalid` or `Several` naming `date`, `kind`,
    `mode`, `minutes`, `practitioner`; `Duplicate` for the same form twice; `NotThere` for somebody else's.
    """
    rows.check_desk(by)
    with rows.once(submission, by):
        anchor = allowed.require_own(by, registration, "appointments")
        span = rows.span(episode, anchor, by)
        rows.refuse(rules.problems(meeting, State.PLANNED, span, clock.now()))
        row = rows.fresh(anchor, episode, rows.meeting_columns(meeting, State.PLANNED, "", by), by)
        row.save(force_insert=True)
        rows.status(row, by, submission=submission).save(force_insert=True)
        rows.open_tasks([row], by)
        access.log(by=by, act="contacts.plan", subject=row.pk, about=[registration])
    return row.pk


@transaction.atomic
def move_contact(*, contact: str, starts_at: datetime, showed: datetime, by: Access) -> None:
    """Move a planned contact to another time. `showed` is the time that the page showed; `Stale` if it has changed."""
    rows.check_desk(by)
    row = rows.standing(contact, by)
    span = rows.span(row.episode, row.registration, by)
    moved = Meeting(row.kind, starts_at, row.mode, row.minutes, row.practitioner)
    rows.refuse(rules.problems(moved, State.PLANNED, span, clock.now()))
    same = Contact.objects.filter(pk=contact, state=State.PLANNED, occurred_at=showed, superseded_by="")
    if not same.update(occurred_at=starts_at):
        raise Stale(rows.CHANGED)
    row.occurred_at = starts_at
    rows.status(row, by).save(force_insert=True)
    holder, ends = Holder(practitioner=row.practitioner), rules.ends_at(starts_at, row.minutes)
    tasks.hand_over(room=rows.ROOM, about=contact, holder=holder, due_at=ends, by=by)
    access.log(by=by, act="contacts.move", subject=contact, about=[row.registration_id])


def cancel(*, contact: str, attendance: str, by: Access, submission: str = "") -> str:
    """Cancel a planned contact: `cancelled_by_person`, or `cancelled_by_service`, which leaves it to be rebooked."""
    rows.check_desk(by)
    if rules.state_after(attendance, planned=True) not in (State.CANCELLED, State.TO_REBOOK):
        raise Invalid("attendance", "Say who cancelled: the person or the service.")
    row = rows.standing(contact, by)
    return record(
        registration=row.registration_id,
        episode=row.episode,
        meeting=Meeting(row.kind, row.occurred_at, row.mode, row.minutes, row.practitioner, row.joint),
        attendance=attendance,
        contact=contact,
        submission=submission,
        by=by,
    )


@transaction.atomic
def close_follow_up(*, contact: str, outcome: str, by: Access) -> None:
    """A missed or cancelled contact was followed up; `outcome` is a `FollowUp`. `Stale` if somebody did so already."""
    rows.check_desk(by)
    rules.check_follow_up(outcome)
    row = rows.standing(contact, by)
    waiting = Contact.objects.filter(pk=contact, state__in=[State.MISSED, State.TO_REBOOK], superseded_by="")
    if not waiting.update(state=State.FOLLOWED_UP):
        raise Stale("Nothing waits to be followed up here: somebody has done it already.")
    row.state = State.FOLLOWED_UP
    rows.status(row, by, outcome=outcome).save(force_insert=True)
    tasks.close(room=rows.ROOM, about=contact, outcome=outcome, by=by)
    access.log(by=by, act="contacts.close_follow_up", subject=contact, about=[row.registration_id])


def reroute(*, registration: str, by: Access) -> int:
    """Work of this room to move after a consent changed: none, ever. A contact is held in its own service's
    registration, which no consent opens or closes."""
    return 0
