"""What may follow once somebody was asked, who holds it, by when, and what is still to be asked. Pure.

What is asked, and by which kind of service, is in `definitions/screening`; the times are in `definitions/agreements`.
Nothing here decides about treatment: what screening finds opens a conversation and never closes a door.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from alongside.definitions import policy
from alongside.definitions import screening as content
from alongside.definitions.agreements import Agreement, WorkingTime
from alongside.definitions.instruments import Whose, instrument
from alongside.definitions.screening import AnsweredBy, Topic
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid, NotAllowed, Several
from alongside.kernel.language import later
from alongside.kernel.periods import OpeningHours
from alongside.measures.rules import is_reached

LONGEST = 1000  # characters of what was said at a step


class State(StrEnum):
    NEGATIVE = "negative"
    DID_NOT_SAY = "did_not_say"  # asked, and did not want to say: their right, and nobody asks why
    POSITIVE = "positive"
    DISCUSSED = "discussed"
    OFFERED = "offered"
    STARTED = "started"
    OFFER_DECLINED = "offer_declined"
    IN_TREATMENT = "in_treatment"  # has treatment for it already, here or elsewhere
    NOTHING_NEEDED = "nothing_needed"  # talked about, and nothing more is needed or wanted
    LEFT = "left"  # the stay ended first


class Holds(StrEnum):
    """Who must act next."""

    PRACTITIONER = "practitioner"  # whoever treats the person; until somebody does, whoever asked
    NOBODY = "nobody"


FOUND = (State.POSITIVE, State.NEGATIVE, State.DID_NOT_SAY)  # what asking can come to

MOVES: dict[State, set[State]] = {
    State.NEGATIVE: set(),
    State.DID_NOT_SAY: set(),
    State.POSITIVE: {State.DISCUSSED, State.IN_TREATMENT, State.LEFT},
    State.DISCUSSED: {State.OFFERED, State.IN_TREATMENT, State.NOTHING_NEEDED, State.LEFT},
    State.OFFERED: {State.STARTED, State.OFFER_DECLINED, State.IN_TREATMENT, State.LEFT},
    State.STARTED: set(),
    State.OFFER_DECLINED: set(),
    State.IN_TREATMENT: set(),
    State.NOTHING_NEEDED: set(),
    State.LEFT: set(),
}

HOLDER = {state: Holds.PRACTITIONER if onward else Holds.NOBODY for state, onward in MOVES.items()}
OPEN = frozenset(state for state, holder in HOLDER.items() if holder is not Holds.NOBODY)
OWED = {State.POSITIVE: "discuss", State.DISCUSSED: "offer", State.OFFERED: "start"}  # what the task is called

# A step that says nothing tells whoever comes next nothing.
_SAY = {
    State.OFFERED: later("Say what you offered."),
    State.STARTED: later("Say what has started, or choose the referral or question."),
    State.IN_TREATMENT: later("Say where they have treatment for it."),
    State.NOTHING_NEEDED: later("Say why nothing more is needed."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking about one topic came to. `response`: the id of the answers that it rests on, where there are any."""

    topic: str
    found: str
    response: str = ""


def check_asked(asked: Sequence[Asked]) -> list[tuple[Topic, State]]:
    """Each topic and what was found. Raises `Invalid` or `Several` naming the topics whose answer is wrong."""
    if not asked:
        raise Invalid("", "Say what came of asking about at least one of these.")
    if len({one.topic for one in asked}) != len(asked):
        raise Invalid(asked[0].topic, "One of these is there twice. Keep one.")
    known = content.topics()
    problems = [
        Invalid(one.topic, "This is nothing that is asked about here.") for one in asked if one.topic not in known
    ]
    problems += [Invalid(one.topic, "Choose what came of asking.") for one in asked if one.found not in FOUND]
    if problems:
        raise Several(problems)
    return [(known[one.topic], State(one.found)) for one in asked]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on: to which state, what was said, and the id of the referral or question that it started with."""

    to: str
    words: str = ""
    thing: str = ""


def check_step(now: State, step: Step) -> State:
    """Where the step leads. Raises `NotAllowed` for one that does not follow on `now`, `Invalid` naming the state it
    leads to (as a form's field is called) where it must say more or says too much."""
    if step.to not in MOVES[now] - {State.LEFT}:
        raise NotAllowed(_NOT_NEXT)
    to = State(step.to)
    if to in _SAY and not step.words.strip() and not step.thing:
        raise Invalid(to, _SAY[to])
    if step.thing and to is not State.STARTED:
        raise Invalid(to, "A referral or question is named once it has started.")
    if len(step.words.strip()) > LONGEST:
        raise Invalid(to, "Keep it to {most} characters.", most=LONGEST)
    return to


_NOT_NEXT = later("This is not the next step here. Look at what was written, and go on from there.")


def needs(topic: Topic) -> int:
    """The kinds of information that a screening of this topic needs."""
    return policy.categories_mask(topic.category)


def due_at(state: State, since: datetime, agreement: Agreement, hours: OpeningHours) -> datetime:
    """By when somebody takes the next step, by the agreement's times. `KeyError` for a state that nobody holds."""
    promised: dict[State, WorkingTime] = {
        State.POSITIVE: agreement.screening.discuss_within,
        State.DISCUSSED: agreement.screening.offer_within,
        State.OFFERED: agreement.screening.start_within,
    }
    return promised[state].after(since, hours)


def to_ask(topics: Iterable[str], asked: Mapping[str, datetime], since: date | None) -> tuple[str, ...]:
    """Of what a service asks everybody about, what nobody was asked about since this stay began, in its own order.

    `asked` is when each was asked last. Without a stay (`since` is None) what was ever asked counts.
    """

    def is_answered(topic: str) -> bool:
        at = asked.get(topic)
        return at is not None and (since is None or at.astimezone(LONDON).date() >= since)

    return tuple(topic for topic in topics if not is_answered(topic))


def answering(topic: Topic, jurisdiction: str) -> dict[str, AnsweredBy]:
    """How each instrument that answers a topic does so in a jurisdiction, by its key."""
    found: dict[str, AnsweredBy] = {}
    for one in topic.answered_by:
        if one.jurisdiction == jurisdiction or (one.jurisdiction is None and one.instrument not in found):
            found[one.instrument] = one
    return found


def answers(topic: Topic, key: str, jurisdiction: str) -> AnsweredBy | None:
    """How an instrument answers a topic there; None where it does not."""
    return answering(topic, jurisdiction).get(key)


def suggests(one: AnsweredBy, value: Decimal | None, parts: Mapping[str, Decimal | None], whose: Whose) -> bool | None:
    """Whether a score reaches the instrument's own cut-off, as its definition holds it; None where there is none for
    this person, or too little was answered: then the practitioner says.

    One part that reaches its cut-off is enough; none may be left open to say that nothing does.
    """
    if not one.cutoff:
        return None
    if not one.parts:
        return _reached(one, value, None, whose)
    found = [_reached(one, parts.get(part), part, whose) for part in one.parts]
    return True if True in found else None if None in found else False


def _reached(one: AnsweredBy, value: Decimal | None, part: str | None, whose: Whose) -> bool | None:
    if value is None:
        return None
    return is_reached(instrument(one.instrument), one.cutoff or "", value, whose, part)


def is_checked(one: AnsweredBy, jurisdiction: str) -> bool:
    """Whether every cut-off that could decide there was seen in its primary source."""
    wanted = one.parts or (None,)
    held = [
        cutoff
        for cutoff in instrument(one.instrument).cutoffs
        if cutoff.key == one.cutoff and cutoff.part in wanted and cutoff.jurisdiction in (None, jurisdiction)
    ]
    return bool(held) and all(cutoff.verified for cutoff in held)


@dataclass(frozen=True, slots=True)
class Cascade:
    """How many people came how far with one topic; each counts once at each step, however often they were asked.

    `waiting` are those for whom somebody still owes the next step.
    """

    asked: int = 0
    positive: int = 0
    discussed: int = 0
    offered: int = 0
    started: int = 0
    waiting: int = 0


def cascades(been: Iterable[tuple[str, str, Iterable[str]]], waiting: Iterable[tuple[str, str]]) -> dict[str, Cascade]:
    """Each topic's cascade. `been`: topic, registration, and the states that a screening has been in; `waiting`: topic
    and registration of those that somebody holds."""
    reached: dict[tuple[str, str], set[str]] = {}
    for topic, registration, states in been:
        for step in ("asked", *states):
            reached.setdefault((topic, step), set()).add(registration)
    for topic, registration in waiting:
        reached.setdefault((topic, "waiting"), set()).add(registration)

    def count(topic: str, step: str) -> int:
        return len(reached.get((topic, step), ()))

    return {
        topic: Cascade(
            asked=count(topic, "asked"),
            positive=count(topic, State.POSITIVE),
            discussed=count(topic, State.DISCUSSED),
            offered=count(topic, State.OFFERED),
            started=count(topic, State.STARTED),
            waiting=count(topic, "waiting"),
        )
        for topic in {topic for topic, _step in reached}
    }
