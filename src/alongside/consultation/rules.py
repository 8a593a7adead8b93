"""Who holds a question, which moves are legal, and when an answer is due. Pure.

The times themselves are in `definitions/agreements`: the two services sign them, and they change there alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from alongside.definitions import policy
from alongside.definitions.agreements import Agreement, WorkingTime
from alongside.kernel.errors import Invalid, NotAllowed, Several
from alongside.kernel.language import later
from alongside.kernel.periods import OpeningHours, add_working_time
from alongside.kernel.words import check_words

NEEDS = policy.categories_mask("consultation")
LONGEST = 4000  # characters of a question, an answer or a clarification
MOST = 12  # recommendations in one answer

check_text = partial(check_words, longest=LONGEST)


class State(StrEnum):
    ASKED = "asked"
    REDIRECTED = "redirected"  # to another team of the service that was asked
    ACCEPTED = "accepted"
    CLARIFYING = "clarifying"
    ANSWERED = "answered"
    RETURNED = "returned"  # what was shared changed, or the team cannot answer: back with the asker, unanswered
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Urgency(StrEnum):
    ROUTINE = "routine"
    SOON = "soon"
    SAME_DAY = "same_day"


class Verdict(StrEnum):
    """What the asker did with one recommendation."""

    TAKEN = "taken"
    ADAPTED = "adapted"
    DECLINED = "declined"


class Outcome(StrEnum):
    """Whether asking helped, in the asker's view."""

    HELPED = "helped"
    PARTLY = "partly"
    DID_NOT_HELP = "did_not_help"


class Side(StrEnum):
    ASKING = "asking"
    ANSWERING = "answering"
    SHARING = "sharing"  # neither: a change of what is shared moves it


class Holds(StrEnum):
    """Who must act next."""

    ANSWERING_TEAM = "answering_team"
    ANSWERER = "answerer"
    ASKER = "asker"
    NOBODY = "nobody"


HOLDER = {
    State.ASKED: Holds.ANSWERING_TEAM,
    State.REDIRECTED: Holds.ANSWERING_TEAM,
    State.ACCEPTED: Holds.ANSWERER,
    State.CLARIFYING: Holds.ASKER,
    State.ANSWERED: Holds.ASKER,  # until they said what became of the advice
    State.RETURNED: Holds.ASKER,
    State.CLOSED: Holds.NOBODY,
    State.WITHDRAWN: Holds.NOBODY,
}

# From each state, where a question may go and which side takes it there.
_WAITING = {
    State.ACCEPTED: Side.ANSWERING,
    State.REDIRECTED: Side.ANSWERING,
    State.RETURNED: Side.ANSWERING,
    State.WITHDRAWN: Side.ASKING,
}
MOVES: dict[State, dict[State, Side]] = {
    State.ASKED: _WAITING,
    State.REDIRECTED: _WAITING,
    State.ACCEPTED: {
        State.CLARIFYING: Side.ANSWERING,
        State.ANSWERED: Side.ANSWERING,
        State.REDIRECTED: Side.ANSWERING,
        State.RETURNED: Side.ANSWERING,
        State.WITHDRAWN: Side.ASKING,
    },
    State.CLARIFYING: {
        State.ACCEPTED: Side.ASKING,
        State.RETURNED: Side.ANSWERING,
        State.WITHDRAWN: Side.ASKING,
    },
    State.ANSWERED: {
        State.CLOSED: Side.ASKING,
        State.ACCEPTED: Side.SHARING,  # back to the one who answered: the asker may no longer read the answer
    },
    State.RETURNED: {State.WITHDRAWN: Side.ASKING},
    State.CLOSED: {},
    State.WITHDRAWN: {},
}

OPEN = frozenset(state for state, holder in HOLDER.items() if holder is not Holds.NOBODY)

OWED = {  # what the holder's task is called
    State.ASKED: "answer",
    State.REDIRECTED: "answer",
    State.ACCEPTED: "answer",
    State.CLARIFYING: "clarify",
    State.ANSWERED: "reply",
    State.RETURNED: "returned",
}

_CANNOT = {
    State.CLOSED: later("This question is closed. Ask a new one."),
    State.WITHDRAWN: later("This question was withdrawn. Ask a new one."),
}

_NOT_NOW = later("This question is not at that point. Look at it again.")


def check_move(now: State, to: State, side: Side) -> None:
    """Raises `NotAllowed` in words where `side` cannot take a question from state `now` to state `to`.

    A change of sharing may cause any legal move.
    """
    mover = MOVES[now].get(to)
    if mover is None or side not in (mover, Side.SHARING):
        raise NotAllowed(_CANNOT.get(now, _NOT_NOW))


def moves(now: State, side: Side) -> frozenset[State]:
    """Where `side` may take a question from state `now`."""
    return frozenset(to for to, mover in MOVES[now].items() if mover is side)


def side_of(holds: Holds) -> Side:
    """The side whose record a holder's task stands in."""
    return Side.ASKING if holds is Holds.ASKER else Side.ANSWERING


def due_at(asked_at: datetime, urgency: Urgency, agreement: Agreement, hours: OpeningHours) -> datetime:
    """When an answer is due, in the opening hours of the service that was asked.

    Counted from asking, not from accepting: a late acceptance must not stop the clock.
    """
    promised: WorkingTime = getattr(agreement.consultation.answer_within, urgency)
    return promised.after(asked_at, hours)


def due_after_pause(due: datetime, paused: datetime, resumed: datetime, hours: OpeningHours) -> datetime:
    """The due time once the asker has clarified: the open time that was left runs on from `resumed`.

    What was late when it was asked back stays late, or asking back would be a way to be on time.
    """
    left = working_time(paused, due, hours)
    return add_working_time(resumed, left, hours) if left else due


def working_time(start: datetime, end: datetime, hours: OpeningHours) -> timedelta:
    """The open time between two instants; none where `end` is not after `start`."""
    total = timedelta()
    day = start.astimezone(hours.zone).date()
    while day <= end.astimezone(hours.zone).date():
        for opens, closes in hours.on(day):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return total


def in_time(due: datetime, answered: datetime | None, now: datetime) -> bool | None:
    """Whether a question was answered in time; None while it still can be. Exactly at the due time is in time."""
    if answered is None:
        return None if now <= due else False
    return answered <= due


def check_urgency(urgency: str) -> Urgency:
    """Raises `Invalid("urgency", …)` for a word that is not an urgency."""
    if urgency not in set(Urgency):
        raise Invalid("urgency", "Choose how soon you need an answer: {known}.", known=", ".join(Urgency))
    return Urgency(urgency)


def check_recommendations(texts: Sequence[str]) -> list[str]:
    """The recommendations that say something, in order. Raises `Invalid("recommendations", …)` for none or over 12."""
    written = [check_text("recommendations", text, empty="") for text in texts if text.strip()]
    if not written:
        raise Invalid("recommendations", "Give at least one recommendation. “Carry on as you are” is one.")
    if len(written) > MOST:
        raise Invalid("recommendations", "Give {most} recommendations or fewer, or nobody will follow them.", most=MOST)
    return written


@dataclass(frozen=True, slots=True)
class Reply:
    """What the asker did with the recommendation of this number (from 1), and why."""

    number: int
    verdict: str
    why: str = ""


def check_replies(replies: Sequence[Reply], given: int, before: Collection[int]) -> None:
    """Raises `Several` with everything wrong about replies to an answer of `given` recommendations.

    `before` are the numbers that already have a reply. Taking advice needs no reason; changing or declining it does,
    because that is what the team that gave it learns from.
    """
    problems = [problem for reply in replies for problem in _problems(reply, given, before)]
    numbers = [reply.number for reply in replies]
    if not numbers:
        problems.append(Invalid("replies", "Say what became of at least one recommendation."))
    if len(set(numbers)) != len(numbers):
        problems.append(Invalid("replies", "There are two replies to one recommendation. Keep one."))
    if problems:
        raise Several(problems)


def _problems(reply: Reply, given: int, before: Collection[int]) -> list[Invalid]:
    field = f"reply_{reply.number}"
    if not 1 <= reply.number <= given:
        return [
            Invalid(
                field, "There is no recommendation {number}: the answer has {given}.", number=reply.number, given=given
            )
        ]
    if reply.number in before:
        return [Invalid(field, "Recommendation {number} already has a reply.", number=reply.number)]
    if reply.verdict not in set(Verdict):
        return [Invalid(field, "Choose what became of it: {known}.", known=", ".join(Verdict))]
    if reply.verdict != Verdict.TAKEN and not reply.why.strip():
        return [Invalid(field, "Say in a few words why, so that the team that advised learns from it.")]
    return []


def check_outcome(outcome: str) -> Outcome:
    """Raises `Invalid("outcome", …)` for a word that is not an outcome."""
    if outcome not in set(Outcome):
        raise Invalid("outcome", "Choose whether it helped: {known}.", known=", ".join(Outcome))
    return Outcome(outcome)
