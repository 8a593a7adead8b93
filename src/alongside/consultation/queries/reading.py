"""Questions between teams as their readers may see them: inbox, thread, one person's, how long answers took."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consultation import models, rules
from alongside.consultation.models import AdviceReply, Answer, Clarification, Learning
from alongside.consultation.rules import HOLDER, OPEN, Holds, Side, State, Urgency
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations

RECENT = timedelta(days=28)
MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One question as a list shows it. `registration` is the one on the reader's side, for the link to the person.

    `holder` is the practitioner or team who must act next, empty where nobody must. `due_at` is the answer's.
    """

    id: str
    version: int
    registration: str
    side: Side
    text: str
    state: State
    urgency: Urgency
    asking_service: str
    asked_by: str
    answering_service: str
    answering_team: str
    answerer: str
    holder: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    overdue: bool


def _line(row: models.Question, access: Access) -> Line:
    spine = row.consultation
    asking = access.service != spine.answering_service
    state = State(spine.state)
    return Line(
        id=spine.pk,
        version=spine.version,
        registration=spine.asking_registration if asking else spine.answering_registration,
        side=Side.ASKING if asking else Side.ANSWERING,
        text=row.text,
        state=state,
        urgency=Urgency(spine.urgency),
        asking_service=spine.asking_service,
        asked_by=spine.asked_by,
        answering_service=spine.answering_service,
        answering_team=spine.answering_team,
        answerer=spine.answerer,
        holder=_holder(spine, state),
        asked_at=spine.asked_at,
        due_at=spine.due_at,
        answered_at=spine.answered_at,
        closed_at=spine.closed_at,
        overdue=rules.side_of(HOLDER[state]) is Side.ANSWERING and state in OPEN and spine.due_at < clock.now(),
    )


def _holder(spine: models.Consultation, state: State) -> str:
    return {
        Holds.ANSWERING_TEAM: spine.answering_team,
        Holds.ANSWERER: spine.answerer,
        Holds.ASKER: spine.asked_by,
        Holds.NOBODY: "",
    }[HOLDER[state]]


def _questions(condition: Q, access: Access, *, most: int | None = None) -> list[Line]:
    rows = models.Question.objects.filter(condition).select_related("consultation")
    ordered = rows.order_by("consultation__due_at", "pk")
    return [_line(row, access) for row in allowed.show(access, ordered, most=most)]


@dataclass(frozen=True, slots=True)
class Inbox:
    """To answer: our team or I hold it. To reply: I asked, and it is with me. Waiting: the other side holds it.

    Recent: closed in the last 28 days. The first due stands first.
    """

    to_answer: list[Line] = field(default_factory=list)
    to_reply: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    recent: list[Line] = field(default_factory=list)


def inbox(*, access: Access) -> Inbox:
    """The reader's questions on both sides: those of their teams to answer, and those they asked. One statement."""
    mine = Q(consultation__asked_by=access.actor) | Q(consultation__answering_team__in=access.teams)
    live = Q(consultation__state__in=OPEN) | Q(consultation__closed_at__gt=clock.now() - RECENT)
    found = Inbox()
    for line in _questions(mine & live, access, most=MOST):
        _pile(found, line).append(line)
    return found


def _pile(found: Inbox, line: Line) -> list[Line]:
    if line.state not in OPEN:
        return found.recent
    if rules.side_of(HOLDER[line.state]) is not line.side:
        return found.waiting
    return found.to_answer if line.side is Side.ANSWERING else found.to_reply


def about(registrations: Iterable[str], *, access: Access) -> list[Line]:
    """Every question about these registrations that the reader may see, the newest first. One statement."""
    wanted = list(registrations)
    lines = _questions(
        Q(consultation__asking_registration__in=wanted) | Q(consultation__answering_registration__in=wanted), access
    )
    return sorted(lines, key=lambda line: line.asked_at, reverse=True)


def answered_since(since: datetime, *, access: Access) -> list[Line]:
    """The reader's own questions that were answered since an instant, the latest first. One statement."""
    mine = Q(consultation__asked_by=access.actor, consultation__answered_at__gte=since)
    return sorted(_questions(mine, access, most=MOST), key=lambda line: line.answered_at, reverse=True)


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the clarifying: `asked_back` by the answering side, or said to it by the asker."""

    text: str
    asked_back: bool
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replied:
    """What became of one recommendation; empty where the asker has not said yet."""

    number: int
    recommendation: str
    verdict: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer, and beside each recommendation what became of it.

    Where the asker may no longer read the answer, only what they replied to stands, without text or author.
    """

    id: str
    text: str
    author: str
    at: datetime
    recommendations: tuple[Replied, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """One question from asking to closing. `left` is the open time until the answer is due, none once it is late.

    `may` are the moves the question allows now from the reader's side; whether the reader's role does is the action's.
    `question` is None for an answering service that may no longer read it: its own answer stays.
    """

    question: Line | None
    said: tuple[Said, ...]
    advice: tuple[Advice, ...]
    outcome: str
    learnt: str
    left: timedelta | None
    may: frozenset[State]


def thread(consultation: str, *, access: Access) -> Thread:
    """One consultation with all the reader may see of it; `NotThere` where that is nothing. Five statements."""
    lines = _questions(Q(consultation=consultation), access)
    said = _of(Clarification, consultation, access)
    answers = _of(Answer, consultation, access)
    if not lines and not answers:
        raise NotThere()
    line = lines[0] if lines else None
    replies = _of(AdviceReply, consultation, access) if line is None or line.answered_at else []
    learning = _of(Learning, consultation, access) if line is None or line.closed_at else []
    return Thread(
        question=line,
        said=tuple(Said(one.text, one.asked_back, one.author, one.occurred_at) for one in said),
        advice=(*_kept(answers, replies), *(_advice(one, replies) for one in answers)),
        outcome=learning[0].outcome if learning else "",
        learnt=learning[0].learnt if learning else "",
        left=_left(line, access),
        may=_may(line, access),
    )


def _of(model: type[Any], consultation: str, access: Access) -> list[Any]:
    return allowed.show(access, model.objects.filter(consultation=consultation).order_by("occurred_at", "pk"))


def _advice(row: Answer, replies: list[AdviceReply]) -> Advice:
    became = {one.number: one for one in replies if one.answer_id == row.pk}
    numbered = enumerate(row.recommendations, start=1)
    listed = tuple(_replied(number, words, became.get(number)) for number, words in numbered)
    return Advice(row.pk, row.text, row.author, row.occurred_at, listed)


def _kept(answers: list[Answer], replies: list[AdviceReply]) -> list[Advice]:
    """What the asker kept of an answer it may no longer read: the recommendations it replied to."""
    seen = {one.pk for one in answers}
    gone = [one for one in sorted(replies, key=lambda one: one.number) if one.answer_id not in seen]
    listed = tuple(_replied(one.number, one.recommendation, one) for one in gone)
    return [Advice(gone[0].answer_id, "", "", gone[0].occurred_at, listed)] if gone else []


def _replied(number: int, words: str, row: AdviceReply | None) -> Replied:
    return Replied(number, words, row.verdict, row.why) if row else Replied(number, words)


def _left(line: Line | None, access: Access) -> timedelta | None:
    if line is None or rules.side_of(HOLDER[line.state]) is Side.ASKING or line.state not in OPEN:
        return None
    hours = organisations.hours_of(line.answering_service, access=access)
    return rules.working_time(clock.now(), line.due_at, hours) or None


def _may(line: Line | None, access: Access) -> frozenset[State]:
    if line is None or access.service not in (line.asking_service, line.answering_service):
        return frozenset()
    return rules.moves(line.state, line.side)


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """How long one question waited, for the evaluation. `within` is None until it is answered or late."""

    consultation: str
    registration: str
    asking_service: str
    answering_service: str
    urgency: Urgency
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    within: bool | None


def response_times(*, access: Access) -> list[ResponseTime]:
    """Questions in both directions that the reader may use for this purpose, the oldest first. Two statements.

    What a service asked stands in its own record, and what it answered does. A question that was put to it and that it
    has not answered stands in the other's, and is counted where the person agreed to that. `registration` is the
    reader's own side. Nothing of it is displayed by itself: the release that counts it is entered in the ledger.
    """
    questions = allowed.countable(access, models.Question.objects.select_related("consultation"))
    answers = allowed.countable(access, Answer.objects.select_related("consultation"))
    spines = {row.consultation_id: row.consultation for row in (*questions, *answers)}
    kept = [one for one in spines.values() if one.state != State.WITHDRAWN]
    return [_response_time(one, access) for one in sorted(kept, key=lambda one: (one.asked_at, one.pk))]


def _response_time(spine: models.Consultation, access: Access) -> ResponseTime:
    asked = access.service == spine.asking_service
    return ResponseTime(
        consultation=spine.pk,
        registration=spine.asking_registration if asked else spine.answering_registration,
        asking_service=spine.asking_service,
        answering_service=spine.answering_service,
        urgency=Urgency(spine.urgency),
        asked_at=spine.asked_at,
        due_at=spine.due_at,
        answered_at=spine.answered_at,
        within=rules.in_time(spine.due_at, spine.answered_at, clock.now()),
    )


def held_by(practitioner: str, *, access: Access) -> Counter[str]:
    """How many open questions somebody asked or is to answer, by service."""
    asked = models.Consultation.objects.filter(asked_by=practitioner, state__in=OPEN)
    to_answer = models.Consultation.objects.filter(answerer=practitioner, state__in=OPEN)
    found = Counter(asked.values_list("asking_service", flat=True))
    return found + Counter(to_answer.values_list("answering_service", flat=True))


def open_things(*, access: Access) -> list[str]:
    """Open questions, by id, for the continuity check: each must have exactly one open task."""
    return list(models.Consultation.objects.filter(state__in=OPEN).values_list("pk", flat=True).order_by("pk"))
