"""How a question changes hands: one place for state, status row, task, version, and who needs to read it."""

from datetime import datetime, timedelta
from typing import Any

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.consultation import rules
from alongside.consultation.models import Answer, Clarification, Consultation, ConsultationStatus
from alongside.consultation.rules import HOLDER, NEEDS, OPEN, OWED, Holds, Side, State
from alongside.definitions.agreements import agreement
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed, NotThere, Stale
from alongside.kernel.language import later
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "consultation"
MOVED = (  # what a move may change on the spine
    "state",
    "version",
    "answering_team",
    "answerer",
    "asked_by",
    "due_at",
    "paused_at",
    "answered_at",
    "closed_at",
)
_SPINE = Consultation._meta.db_table
_SIDES = f"""
    SELECT asking_registration AS one, answering_registration AS other, asking_service, asked_by, answering_service
    FROM {_SPINE} WHERE id = %s
"""  # noqa: S608 - the table's own name
MOVED_ON = later("Somebody changed this question while you were writing. Nothing was saved; look at it again.")
SENT = later("This was already sent. The first one stands.")


def locked(
    consultation: str,
    side: Side,
    version: int | None,
    by: Access,
    repeat: tuple[type[Clarification | Answer], str] | None = None,
) -> Consultation:
    """The spine, its two registrations locked, if `by` may act on `side` of it and has seen its newest version.

    The answering side must still be able to open the question: nobody answers what they cannot read.
    """
    by.check_may("consult")
    row = _held(consultation, side, by)
    if not row.opens_own or (side is Side.ANSWERING and not row.opens_question) or _service(row, side) != by.service:
        raise NotThere()
    if version is not None and version != row.version:
        if repeat:
            access.refuse_repeat(model=repeat[0], submission=repeat[1], said=SENT, by=by)
        raise Stale(MOVED_ON)
    return row


def _held(consultation: str, side: Side, by: Access) -> Consultation:
    """The spine with both registrations locked, and what access says about it now; `NotThere` where there is none.

    Registrations before anything else, as a change of consent locks them: two orders would be a deadlock.
    """
    asker = access.lock_pair(row=_SIDES, values=[consultation], by=by)
    reader = _asker(asker["asking_service"], asker["asked_by"], asker["answering_service"])
    beside = {
        "opens_own": allowed.opening(by, "consultation", **_columns(side)),
        "opens_question": allowed.opening(by, "consultation", **_columns(Side.ASKING)),
        "opens_answers": allowed.opening(reader, "consultation", **_columns(Side.ANSWERING)),
    } | organisations.hours_beside("q.asking_service", access=by)
    return _read(beside, "q.id = %s", [consultation])[0]


def _read(beside: dict[str, tuple[str, list[Any]]], where: str, values: list[Any]) -> list[Consultation]:
    """The spines `where`, called q, with more columns beside their own."""
    words = ", ".join(f"{sql} AS {name}" for name, (sql, _) in beside.items())
    brought = [value for _, some in beside.values() for value in some]
    spines = f"SELECT q.*, {words} FROM {_SPINE} q WHERE {where} ORDER BY q.id"  # noqa: S608 - our rooms' own words
    return list(Consultation.objects.raw(spines, [*brought, *values]))


def _columns(side: Side) -> dict[str, str]:
    named = "asking" if side is Side.ASKING else "answering"
    return {name: f"q.{named}_{name}" for name in ("registration", "service")}


def _service(row: Consultation, side: Side) -> str:
    return row.asking_service if side is Side.ASKING else row.answering_service


def start(row: Consultation, by: Access, *, named: bool) -> None:
    """Open a new question to its team (`named` by the asker, or the intake team), if the person agreed to it."""
    hours = organisations.hours_of(row.answering_service, access=by)
    row.agreement = organisations.place(row.answering_service, access=by).agreement
    row.due_at = rules.due_at(row.asked_at, rules.Urgency(row.urgency), agreement(row.agreement), hours)
    row.save(force_insert=True)
    open_question(row, by, named=named)
    _note(row, by)
    _open_task(row, row.due_at, by)


def move(row: Consultation, to: State, side: Side, by: Access) -> None:
    """`side` takes a question to state `to`: check, save what the caller set, note it, hand the task to its holder."""
    before = HOLDER[State(row.state)]
    rules.check_move(State(row.state), to, side)
    row.state, row.version = to, row.version + 1
    save(row)
    _note(row, by)
    _retask(row, before, by)


def save(row: Consultation) -> None:
    # Only over the version that was read: somebody else's move since then is not written over.
    moved = {name: getattr(row, name) for name in MOVED}
    if not Consultation.objects.filter(pk=row.pk, version=row.version - 1).update(**moved):
        raise Stale(MOVED_ON)


def _note(row: Consultation, by: Access) -> None:
    ConsultationStatus.objects.create(
        consultation=row, state=row.state, at=clock.now(), by=by.actor, team=row.answering_team
    )


def _retask(row: Consultation, before: Holds, by: Access) -> None:
    now = HOLDER[State(row.state)]
    if now is Holds.NOBODY:
        tasks.close(room=ROOM, about=row.pk, outcome=row.state, by=by)
    elif rules.side_of(now) is rules.side_of(before) is Side.ANSWERING:
        tasks.hand_over(room=ROOM, about=row.pk, holder=holder(row), by=by)  # the same task, as old as it was
    else:
        tasks.close(room=ROOM, about=row.pk, outcome=row.state, by=by)
        _open_task(row, _owed_by(row, by), by)


def _open_task(row: Consultation, due: datetime, by: Access) -> None:
    asking = rules.side_of(HOLDER[State(row.state)]) is Side.ASKING
    owed = tasks.open_task(
        room=ROOM,
        about=row.pk,
        kind=OWED[State(row.state)],
        registration=row.asking_registration if asking else row.answering_registration,
        service=row.asking_service if asking else row.answering_service,
        needs=NEEDS,
        holder=holder(row),
        due_at=due,
        by=by,
    )
    if row.state != State.RETURNED:  # what came back is the asker's own; anything else was said by the other side
        other = row.answering_registration if asking else row.asking_registration
        access.copied_from(record=owed, registration=other, needs=NEEDS, occurred_at=row.asked_at, by=by)


def holder(row: Consultation) -> Holder:
    holds = HOLDER[State(row.state)]
    if holds is Holds.ANSWERING_TEAM or (holds is Holds.ANSWERER and not row.answerer):
        return Holder(team=row.answering_team)
    return Holder(practitioner=row.answerer if holds is Holds.ANSWERER else row.asked_by)


def _owed_by(row: Consultation, by: Access) -> datetime:
    """When the holder's own part is due: the answer by its clock, the asker's parts by theirs."""
    if rules.side_of(HOLDER[State(row.state)]) is Side.ANSWERING:
        return row.due_at
    promises = agreement(row.agreement).consultation
    within = promises.clarify_within if row.state == State.CLARIFYING else promises.reply_within
    return within.after(clock.now(), organisations.hours_read(row, access=by))


def resume(row: Consultation, by: Access) -> None:
    """The asker has clarified: the clock runs on from where it stood."""
    if row.paused_at:
        hours = organisations.hours_of(row.answering_service, access=by)
        row.due_at = rules.due_after_pause(row.due_at, row.paused_at, clock.now(), hours)
        row.paused_at = None


def open_question(row: Consultation, by: Access, *, named: bool) -> None:
    """The answering team needs to read the question. Raises `NotAllowed` where the person has not agreed that it may.

    A team that was `named` may not be the one that is registered with its own service's people, so it needs that too.
    """
    if named:
        team, service = Handle.team(row.answering_team), row.answering_service
        add_need(row, row.answering_registration, team, service, FOR_EVER, by)
    add_need(row, row.asking_registration, Handle.team(row.answering_team), row.answering_service, FOR_EVER, by)
    if not _question_is_open(row):
        name = organisations.place(row.answering_service, access=by).name
        raise NotAllowed(
            "The person has not agreed to share questions with {name}. Agree it with them first.", name=name
        )


def back_to_team(row: Consultation, by: Access) -> None:
    """Whoever took the question is closed out by name: it is their team's again, now or when its asker is done."""
    row.answerer = ""
    if HOLDER[State(row.state)] is Holds.ANSWERER:
        move(row, State.REDIRECTED, Side.SHARING, by)
    else:
        row.version += 1
        save(row)


def close_question(row: Consultation, by: Access) -> None:
    """The team that had the question no longer needs to read it."""
    handle = Handle.team(row.answering_team)
    for registration in sorted([row.asking_registration, row.answering_registration]):
        access.end_needs(registration=registration, because=row.pk, handle=handle, by=by)


def open_answers(row: Consultation, by: Access) -> None:
    """The asker needs to read what the answering side writes. Raises `NotAllowed` where the person has not agreed."""
    handle = Handle.caseload(row.asked_by, row.asking_service)
    add_need(row, row.answering_registration, handle, row.asking_service, FOR_EVER, by)
    check_heard(row, _answers_are_open(row), by)


def check_heard(row: Consultation, heard: bool, by: Access) -> None:
    """Raises `NotAllowed` where the asker could not read what is about to be written."""
    if not heard:
        name = organisations.place(row.asking_service, access=by).name
        raise NotAllowed("The person has not agreed to share answers with {name}. Agree it with them first.", name=name)


def _question_is_open(row: Consultation) -> bool:
    return _opens_question(row, Handle.team(row.answering_team))


def reads_question(row: Consultation, practitioner: str) -> bool:
    """Whether somebody of the team that was asked may read the question: the person may have closed it to them."""
    return _opens_question(row, Handle.team(row.answering_team), *Handle.by_name(practitioner, row.asking_service))


def _opens_question(row: Consultation, *handles: str) -> bool:
    return allowed.opens(Access.reading(row.answering_service, *handles), row.asking_registration, "consultation")


def _answers_are_open(row: Consultation) -> bool:
    asker = _asker(row.asking_service, row.asked_by, row.answering_service)
    return allowed.opens(asker, row.answering_registration, "consultation")


def _asker(service: str, who: str, asked: str) -> Access:
    mine = (Handle.caseload(who, service), Handle.held(who, service), *Handle.by_name(who, asked))
    return Access.reading(service, *mine)


def add_need(row: Consultation, registration: str, handle: str, service: str, until: datetime, by: Access) -> None:
    asking = registration == row.asking_registration
    access.add_need(
        registration=registration,
        handle=handle,
        service=service,
        kind=NeedKind.CONSULTATION,
        made_by=row.asking_service if asking else row.answering_service,  # only the discloser can vouch for a need
        because=row.pk,
        until=until,
        by=by,
    )


def forget(row: Consultation, by: Access) -> None:
    """Neither side needs to read the other's part any more."""
    for registration in (row.asking_registration, row.answering_registration):
        access.end_needs(registration=registration, because=row.pk, by=by)


def fade(row: Consultation, by: Access) -> None:
    """Both sides read the thread a while longer, so that those who advised see what became of it; then no more."""
    until = clock.now() + timedelta(days=agreement(row.agreement).consultation.read_back_days)
    with access.together(by=by):
        for registration in sorted([row.asking_registration, row.answering_registration]):
            access.end_needs(registration=registration, because=row.pk, until=until, by=by)


def open_about(registration: str) -> list[Consultation]:
    """Open questions with a side in this registration."""
    hours = organisations.hours_beside("q.asking_service", access=Access.system("consultation"))
    states = ", ".join(["%s"] * len(OPEN))
    where = f"(q.asking_registration = %s OR q.answering_registration = %s) AND q.state IN ({states})"
    return _read(hours, where, [registration, registration, *sorted(OPEN)])


def returns_to(row: Consultation, registration: str, by: Access) -> State | None:
    """The state in which a question goes back after sharing from `registration` changed; None where nothing is lost."""
    linked = row.answering_registration in people.joined(row.asking_registration, access=by)
    if registration == row.asking_registration:
        lost = not linked or not _question_is_open(row)
        return State.RETURNED if lost and State.RETURNED in rules.MOVES[State(row.state)] else None
    if State(row.state) not in (State.CLARIFYING, State.ANSWERED):
        return None  # nothing written there is waiting for the asker to read it
    return None if linked and _answers_are_open(row) else State.ACCEPTED
