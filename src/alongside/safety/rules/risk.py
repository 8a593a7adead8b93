"""When an answer about self-harm opens a prompt, by when it is owed, and how it may be closed. Pure.

Nothing here says how much risk somebody is at. That a positive answer is met by a conversation is universal practice;
that software must not predict suicide is NICE guideline NG225 (2022).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from alongside.kernel.errors import Invalid
from alongside.kernel.periods import OpeningHours, working_days_after

NOON = time(12)
LONGEST_NAME = 120


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of the conversation. There is no way to close a prompt without one."""

    TALKED_ABOUT = "talked_about"
    SAFETY_PLAN_MADE = "safety_plan_made"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation about the answer: what came of it, and to whom it was escalated where it was. `about` are the open
    prompts (ids) that whoever had it knew of, besides the answers that are handed in with it."""

    outcome: str
    escalated_to: str = ""
    about: tuple[str, ...] = ()


def check_talk(talk: Talk) -> Talk:
    """The talk as it is kept. Raises `Invalid` naming `risk_outcome` or `risk_escalated_to`."""
    if talk.outcome not in list(Outcome):
        raise Invalid("risk_outcome", "Say what came of the conversation.")
    to = talk.escalated_to.strip()
    if talk.outcome == Outcome.ESCALATED and not to:
        raise Invalid("risk_escalated_to", "Say to whom: a name, a team or a service.")
    if len(to) > LONGEST_NAME:
        raise Invalid("risk_escalated_to", "Keep it to {most} letters.", most=LONGEST_NAME)
    return Talk(talk.outcome, to if talk.outcome == Outcome.ESCALATED else "", talk.about)


TAKEN_OUT = "wrong_person"  # what became of an open answer that turned out to be somebody else's


def check_taken_on(to: str) -> str:
    """Who finds out whose answer it is and talks with them, as it is kept. Raises `Invalid("risk_taken_on_by", …)`:
    an answer about self-harm that is taken out of one record is still somebody's."""
    name = to.strip()
    if not name:
        raise Invalid(
            "risk_taken_on_by",
            "An answer about self-harm in it waits for a conversation. Say who finds out whose it is, and asks them.",
        )
    if len(name) > LONGEST_NAME:
        raise Invalid("risk_taken_on_by", "Keep it to {most} letters.", most=LONGEST_NAME)
    return name


def is_rise(answers: Mapping[str, int], open_ones: Sequence[Mapping[str, int]]) -> bool:
    """Whether answers (by question) open a new prompt: none is open, or one of them is worse than the same question in
    every prompt that is. A question that nobody has answered so before is worse than nothing.

    What is no worse joins the open prompt, so that a question asked every week is not a pile of tasks. A paper total
    does not say which question it was (no answers): it joins, and whatever is answered after it is looked at as new.
    """
    if not open_ones:
        return True
    worst = {key: max(one.get(key, 0) for one in open_ones) for one in open_ones for key in one}
    return any(value > worst.get(key, 0) for key, value in answers.items())


def due_at(answered_at: datetime, hours: OpeningHours) -> datetime:
    """By when somebody has to have talked with a person who answered from afar.

    The same working day, at closing time, where the service is still open then; else the next working day at noon, or
    at closing time where that is earlier. Raises `NeverOpen` where the service is not open in the next year.
    """
    today = answered_at.astimezone(hours.zone).date()
    closing = [end for _begin, end in hours.on(today) if answered_at < end]
    if closing:
        return closing[-1]
    day = working_days_after(today, 1, hours)
    noon = datetime.combine(day, NOON, tzinfo=hours.zone)
    return min(noon, hours.on(day)[-1][1])
