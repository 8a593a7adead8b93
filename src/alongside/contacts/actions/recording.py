"""Recording what became of a contact: one transaction, all of it or nothing."""

from collections.abc import Mapping, Sequence

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.contacts import rules
from alongside.contacts.actions import rows
from alongside.contacts.models import Contact, ContactStatus, Note
from alongside.contacts.rules import FollowUp, Heading, Meeting, Span, State
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Several, Stale
from alongside.measures import actions as measures
from alongside.measures import rules as measuring
from alongside.measures.actions import Setting
from alongside.measures.rules import NOTHING_SAID, Context, Given, HandedIn, Use
from alongside.safety.rules import Talk, check_talk
from alongside.tasks import actions as tasks


def record(
    *,
    registration: str,
    episode: str,
    meeting: Meeting,
    attendance: str,
    by: Access,
    contact: str = "",
    planned: bool = True,
    note: Mapping[str, str] | None = None,
    responses: Sequence[Given] = (),
    uses: Sequence[Use] = (),
    context: Context = NOTHING_SAID,
    next_meeting: Meeting | None = None,
    talk: Talk | None = None,
    submission: str = "",
) -> str:
    """Record a contact with its note (text by `Heading`), measures, days used and the next contact; returns its id.

    `contact` is the planned contact that this was, if there is one; `planned` says whether it had been arranged at
    all. A kept or cancelled contact closes its task. A missed one leaves exactly one follow-up with whom the
    agreement names and by when it says; one that the service cancelled is left to rebook, unless `next_meeting` does.
    `context` is how the measures were answered, all of them. Where an answer is about self-harm, `talk` says what came
    of the conversation; it closes what it was about.

    Raises, with nothing saved: `Several` or `Invalid` naming `date`, `kind`, `mode`, `minutes`, `attendance`,
    `practitioner`, `note`, `risk_outcome`, the same with `next_`, `phq9`, `phq9_item3`, `alcohol_days`, `intoxicated`
    and so on; `Stale` if the planned contact has changed; `Duplicate` for the same form twice; `NotThere` where the
    registration, the episode or the contact is not this service's.
    """
    with rows.once(submission, by):
        anchor = _own(registration, note, measuring.categories(responses, uses, context), by)
        state = rules.state_after(attendance, planned or bool(contact))
        sections = rules.check_note(note or {})
        span = rows.span(episode, anchor, by)
        handed = _check(meeting, state, span, next_meeting, responses, uses, context, talk)
        columns = rows.meeting_columns(meeting, state, attendance, by)
        row = _entered(anchor, contact, columns, by) or rows.fresh(anchor, episode, columns, by, planned)
        following = _next(anchor, episode, next_meeting, by)
        _save(row, following, by, submission, is_new=not contact)
        _write_note(row, sections, by)
        where = Setting(anchor, meeting.starts_at, episode, row.entry, context=context, talk=talk)
        measures.write(handed=handed, setting=where, by=by)
        _hand_on(row, following, by, was_planned=bool(contact))
        _log(row, len(sections), len(responses), len(uses), by)
    return row.pk


def _own(registration: str, note: Mapping[str, str] | None, measured: Sequence[str], by: Access) -> Anchor:
    kinds = ["appointments", *measured] + ["session_notes"] * bool(note)
    if len(kinds) > 1:
        by.check_may("care")
    rows.check_desk(by)
    return allowed.require_own(by, registration, *kinds)


def _check(
    meeting: Meeting,
    state: State,
    span: Span,
    next_meeting: Meeting | None,
    given: Sequence[Given],
    uses: Sequence[Use],
    context: Context,
    talk: Talk | None,
) -> HandedIn:
    """Everything that was handed in, scored; every problem of the whole form at once."""
    now, handed = clock.now(), HandedIn()
    problems = rules.problems(meeting, state, span, now)
    if next_meeting:
        problems += rules.problems(next_meeting, State.PLANNED, span, now, prefix="next_")
    if (given or uses) and state is not State.KEPT:
        problems.append(Invalid("attendance", "Measures belong to a contact that took place. Take them out."))
    try:
        handed = measuring.check_all(given, uses)
    except Several as several:
        problems += several.problems
    problems += _how(context, bool(given), handed)
    problems += _unanswered(handed, talk, state)
    rows.refuse(problems)
    return handed


def _how(context: Context, measured: bool, handed: HandedIn) -> list[Invalid]:
    """What is wrong with how they answered, by itself or beside the days of use."""
    try:
        measuring.check_answered(context, measured=measured)
        measuring.check_context(context)
        measuring.check_last_use(context, handed.uses)
    except Several as several:
        return several.problems
    except Invalid as problem:
        return [problem]
    return []


def _unanswered(handed: HandedIn, talk: Talk | None, state: State) -> list[Invalid]:
    """An answer about self-harm that nobody has talked about, a talk that says nothing of what came of it, or one that
    cannot have been had."""
    if talk and state is not State.KEPT:
        return [Invalid("risk_outcome", "The contact did not take place: take this out. The answer stays open.")]
    asked = any(measuring.HARM in worth.flags for _given, worth in handed.measures)
    try:
        if asked or talk:
            check_talk(talk or Talk(""))
    except Invalid as problem:
        return [problem]
    return []


def _entered(anchor: Anchor, contact: str, columns: dict[str, object], by: Access) -> Contact | None:
    """The planned contact moved on to its new state, or None where none was planned."""
    if not contact:
        return None
    planned = Contact.objects.filter(pk=contact, registration=anchor, superseded_by="", state=State.PLANNED)
    if not planned.update(**columns):
        known = Contact.objects.filter(pk=contact, registration=anchor).exists()
        raise Stale(rows.CHANGED) if known else NotThere()
    return Contact(pk=contact, entry=contact, registration=anchor, service=anchor.service, **columns)


def _next(anchor: Anchor, episode: str, meeting: Meeting | None, by: Access) -> list[Contact]:
    if meeting is None:
        return []
    return [rows.fresh(anchor, episode, rows.meeting_columns(meeting, State.PLANNED, "", by), by)]


def _save(row: Contact, following: list[Contact], by: Access, submission: str, *, is_new: bool) -> None:
    history = [rows.status(row, by, submission=submission)]
    if row.state == State.TO_REBOOK and following:
        row.state = State.FOLLOWED_UP
        history.append(rows.status(row, by, outcome=FollowUp.REBOOKED))
        Contact.objects.filter(pk=row.pk).update(state=row.state)
    fresh = [row, *following] if is_new else following
    if fresh:
        Contact.objects.insert(fresh)
    ContactStatus.objects.insert([*history, *(rows.status(one, by) for one in following)])


def _write_note(row: Contact, sections: Mapping[Heading, str], by: Access) -> None:
    if sections:
        Note.objects.insert(rows.section(row, heading, text, by) for heading, text in sections.items())


def _hand_on(row: Contact, following: list[Contact], by: Access, *, was_planned: bool) -> None:
    """Close the task of what was planned, and open those of what is owed now."""
    if was_planned:
        tasks.close(room=rows.ROOM, about=row.pk, outcome=row.attendance, by=by)
    rows.open_tasks([row, *following], by)


def _log(row: Contact, sections: int, given: int, uses: int, by: Access) -> None:
    detail = {"attendance": row.attendance, "sections": sections, "responses": given, "uses": uses}
    access.log(by=by, act="contacts.record", subject=row.pk, about=[row.registration_id], detail=detail)
