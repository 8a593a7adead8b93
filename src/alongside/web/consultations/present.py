"""What the consultation pages need, made from what was read. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.consultation.queries import Advice, Inbox, Line, Thread
from alongside.consultation.rules import HOLDER, OPEN, Outcome, Side, State, Verdict, side_of
from alongside.people.queries import PersonHeader
from alongside.web.consultations import words


@dataclass(frozen=True, slots=True)
class Row:
    """One question in a list."""

    href: str
    person: str
    text: str
    state: str
    urgency: str
    tone: str
    with_whom: str
    holder: str
    asked_at: datetime
    due: datetime | None
    closed_at: datetime | None


def rows(lines: Iterable[Line], people: Mapping[str, PersonHeader], names: Mapping[str, str]) -> list[Row]:
    return [_row(line, people, names) for line in lines]


def _row(line: Line, people: Mapping[str, PersonHeader], names: Mapping[str, str]) -> Row:
    person = people.get(line.registration)
    other = line.answering_service if line.side is Side.ASKING else line.asking_service
    return Row(
        href=reverse("consultation", args=[line.id]),
        person=person.name if person else "",
        text=line.text,
        state=str(words.STATES[line.state, line.side]),
        urgency=str(words.URGENCIES[line.urgency]),
        tone=words.TONES[line.urgency],
        with_whom=names.get(other, ""),
        holder=names.get(line.holder, ""),
        asked_at=line.asked_at,
        due=line.due_at if _running(line) else None,
        closed_at=line.closed_at,
    )


def _running(line: Line) -> bool:
    return line.state in OPEN and side_of(HOLDER[line.state]) is Side.ANSWERING


def everybody(lines: Iterable[Line]) -> set[str]:
    """Whose names the rows need: practitioners, teams, services."""
    found = {one for line in lines for one in (line.holder, line.asking_service, line.answering_service, line.asked_by)}
    return found - {""}


def all_lines(box: Inbox) -> list[Line]:
    return [*box.to_answer, *box.to_reply, *box.waiting, *box.recent]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the clarifying."""

    text: str
    who: str
    at: datetime
    asked_back: bool


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One numbered recommendation and what became of it."""

    number: int
    words: str
    verdict: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer."""

    text: str
    who: str
    at: datetime
    recommendations: list[Recommendation]


@dataclass(frozen=True, slots=True)
class Act:
    """Something the reader can do next; `now` is the one thing that is owed."""

    label: str
    href: str
    now: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One thread from asking to closing, for one side's reader."""

    id: str
    version: int
    title: str
    text: str
    state: str
    urgency: str
    tone: str
    asked: str
    asked_at: datetime | None
    to: str
    due: datetime | None
    left: str
    paused: bool
    answered_at: datetime | None
    holder: str
    said: list[Turn]
    answers: list[Answered]
    outcome: str
    learnt: str
    acts: list[Act]


def page(thread: Thread, consultation: str, names: Mapping[str, str]) -> Page:
    line = thread.question
    return Page(
        id=consultation,
        version=line.version if line else 0,
        title=_("Question to %(service)s") % {"service": names.get(line.answering_service, "")}
        if line
        else _("Answer"),
        text=line.text if line else "",
        state=str(words.STATES[line.state, line.side]) if line else "",
        urgency=str(words.URGENCIES[line.urgency]) if line else "",
        tone=words.TONES[line.urgency] if line else "grey",
        asked=_by(line.asked_by, line.asking_service, names) if line else "",
        asked_at=line.asked_at if line else None,
        to=_by(line.answerer or line.answering_team, line.answering_service, names) if line else "",
        due=line.due_at if line and _running(line) else None,
        left=said_left(thread.left),
        paused=bool(line and line.state is State.CLARIFYING),
        answered_at=line.answered_at if line else None,
        holder=names.get(line.holder, "") if line else "",
        said=[Turn(one.text, names.get(one.author, ""), one.at, one.asked_back) for one in thread.said],
        answers=[_answered(one, names) for one in thread.advice],
        outcome=str(words.OUTCOMES[Outcome(thread.outcome)]) if thread.outcome else "",
        learnt=thread.learnt,
        acts=acts(thread, consultation),
    )


def _title(line: Line | None, names: Mapping[str, str]) -> str:
    if line is None:
        return _("Answer")
    return _("Question to %(service)s") % {"service": names.get(line.answering_service, "")}


def people_in(thread: Thread) -> set[str]:
    """Whose names a thread needs."""
    line = thread.question
    found = {one.author for one in thread.said} | {one.author for one in thread.advice}
    if line:
        found |= {line.asked_by, line.asking_service, line.answerer, line.answering_team, line.answering_service}
        found.add(line.holder)
    return found - {""}


def _by(who: str, service: str, names: Mapping[str, str]) -> str:
    return ", ".join(part for part in (names.get(who, ""), names.get(service, "")) if part)


def _answered(advice: Advice, names: Mapping[str, str]) -> Answered:
    listed = [
        Recommendation(
            number=one.number,
            words=one.recommendation,
            verdict=str(words.VERDICTS[Verdict(one.verdict)]) if one.verdict else "",
            tone=words.VERDICT_TONES[Verdict(one.verdict)] if one.verdict else "grey",
            why=one.why,
        )
        for one in advice.recommendations
    ]
    return Answered(advice.text, names.get(advice.author, ""), advice.at, listed)


def said_left(left: timedelta | None) -> str:
    """The open time until the answer is due: `3 working hours left`."""
    if left is None:
        return ""
    hours = left // timedelta(hours=1)
    if hours:
        return ngettext("%(n)d working hour left", "%(n)d working hours left", hours) % {"n": hours}
    minutes = max(1, left // timedelta(minutes=1))
    return ngettext("%(n)d working minute left", "%(n)d working minutes left", minutes) % {"n": minutes}


def acts(thread: Thread, consultation: str) -> list[Act]:
    """The moves this side has, in words, what is owed first."""
    line = thread.question
    if line is None:
        return []
    offered = _answering(line, thread) if line.side is Side.ANSWERING else _asking(line, thread)
    return [Act(str(label), reverse(f"consultation-{name}", args=[consultation]), now) for label, name, now in offered]


def _answering(line: Line, thread: Thread) -> list[tuple[str, str, bool]]:
    if line.state in (State.ASKED, State.REDIRECTED) and State.ACCEPTED in thread.may:
        return [(_("I take it"), "accept", True), (_("We cannot answer this"), "hand-back", False)]
    if line.state is State.ACCEPTED and State.ANSWERED in thread.may:
        return [
            (_("Answer"), "answer", True),
            (_("Ask something first"), "ask-back", False),
            (_("We cannot answer this"), "hand-back", False),
        ]
    return []


def _asking(line: Line, thread: Thread) -> list[tuple[str, str, bool]]:
    owed = []
    if line.state is State.CLARIFYING and State.ACCEPTED in thread.may:
        owed.append((_("Say what they asked"), "clarify", True))
    if line.state is State.ANSWERED:
        open_replies = unanswered(thread)
        owed.append((_("Say what became of it"), "reply", True) if open_replies else (_("Close it"), "close", True))
    if State.WITHDRAWN in thread.may:
        owed.append((_("Take the question back"), "withdraw", line.state is State.RETURNED))
    return owed


def unanswered(thread: Thread) -> list:
    """The recommendations of the standing answer that have no reply yet."""
    return [one for one in thread.advice[-1].recommendations if not one.verdict] if thread.advice else []
