"""Why somebody is looked at first. Pure.

No figure here is ours: reliable change and cut-offs are the instruments' own (`definitions/instruments`), and the time
after which no change is worth a look is the review that the services agreed (`definitions/agreements`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from alongside.definitions.instruments import Whose, instrument
from alongside.kernel.clock import LONDON
from alongside.measures import rules as measures
from alongside.outcomes.rules import DEPRESSION, Change, Ends, UseChange, change, use_change


class Why(StrEnum):
    """In the order in which they are looked at."""

    TO_TALK = "to_talk"  # an answer about self-harm that nobody has talked about yet, however low the total
    WORSE = "worse"  # a score is reliably worse than at the start
    BETTER_USING_MORE = "better_using_more"  # mood alone would hide it
    USING_MORE = "using_more"
    MISSED = "missed"  # the last contact, or more in a row
    OVERDUE = "overdue"  # something owed about them is late
    STUCK = "stuck"  # still at caseness, no reliable change, and the time for review has passed
    NOT_PLANNED = "not_planned"  # nothing is booked
    NEW = "new"  # not seen yet, whoever saw them before or elsewhere


@dataclass(frozen=True, slots=True)
class Measured:
    """First and last of one instrument; `value` is the only one where it was taken once. `harm` says that the newest
    answers tell of self-harm, whatever the total is."""

    instrument: str
    ends: Ends
    harm: bool = False

    @property
    def latest(self) -> Decimal | None:
        return self.ends.last if self.ends.last is not None else self.ends.first

    @property
    def change(self) -> Change:
        return change(self.instrument, self.ends)

    @property
    def at_caseness(self) -> bool:
        """Whether the latest reaches the cut-off of the language version that was answered. Caseness is NHS Talking
        Therapies' definition wherever the service is: it decides who is looked at, and nothing about anybody."""
        value, ends = self.latest, self.ends
        if (ends.last_out_of if ends.paired else ends.first_out_of) is not None:
            return False  # cut-offs are of the whole scale
        language = ends.last_language if ends.paired else ends.first_language
        whose = Whose(language=language) if language else None
        return value is not None and bool(measures.is_case(instrument(self.instrument), value, whose))


@dataclass(frozen=True, slots=True)
class Used:
    """Days of use in 28 of one substance, first and last; `last` is None until it was asked twice."""

    substance: str
    first: int
    last: int | None = None

    @property
    def change(self) -> UseChange | None:
        return None if self.last is None else use_change(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the reasons are drawn from, in the present stay with the reader's service.

    `weeks` since it opened; `review_weeks` as the services agreed; `to_talk` says that an answer about self-harm waits
    for a conversation with this service.
    """

    scores: Sequence[Measured]
    uses: Sequence[Used]
    weeks: int
    review_weeks: int
    seen: bool
    missed_in_a_row: int
    planned: bool
    overdue: bool
    to_talk: bool


def reasons(facts: Facts) -> tuple[Why, ...]:
    """Every reason that holds, the first to look at first; empty where nothing asks for attention."""
    changes = {one.change for one in facts.scores}
    more = any(one.change is UseChange.MORE for one in facts.uses)
    better = Change.BETTER in changes and Change.WORSE not in changes
    found = {
        Why.TO_TALK: facts.to_talk,
        Why.WORSE: Change.WORSE in changes,
        Why.BETTER_USING_MORE: more and better,
        Why.USING_MORE: more and not better,
        Why.MISSED: facts.missed_in_a_row > 0,
        Why.OVERDUE: facts.overdue,
        Why.STUCK: _stuck(facts),
        Why.NOT_PLANNED: not facts.planned,
        Why.NEW: not facts.seen,
    }
    return tuple(why for why, there in found.items() if there)


def _stuck(facts: Facts) -> bool:
    depression = next((one for one in facts.scores if one.instrument == DEPRESSION), None)
    if depression is None or facts.weeks < facts.review_weeks:
        return False
    return depression.at_caseness and depression.change is Change.NOT_RELIABLE


def place(found: Sequence[Why]) -> int:
    """Where somebody stands in the list: by their first reason, those without one last."""
    return list(Why).index(found[0]) if found else len(Why)


# A day ahead: at the hour of the contact itself, so that nobody is woken, with an evening left to answer in.
REMIND_AHEAD = timedelta(days=1)
NOT_TWICE_WITHIN = timedelta(hours=12)


def may_remind(asked_at: datetime, now: datetime) -> bool:
    """Whether somebody who was asked then may be reminded now: not with the first message hardly read."""
    return now - asked_at >= NOT_TWICE_WITHIN


def is_due(answered_at: Sequence[datetime], last_contact: datetime | None) -> bool:
    """Whether a measure that is asked at each contact is due for the next one: it was not answered since the last.

    What was answered at the last contact itself was for that one.
    """
    if not answered_at:
        return True
    return last_contact is not None and max(answered_at) <= last_contact


def is_review_due(answered_at: Sequence[datetime], begun: date, weeks: int, now: datetime) -> bool:
    """Whether a measure of the start and of reviews is due: not answered in this stay, or so many weeks ago."""
    here = [at for at in answered_at if at.astimezone(LONDON).date() >= begun]
    return not here or now - max(here) >= timedelta(weeks=weeks)
