"""A referral's states, who holds each, and what a decision must say. Pure.

Exclusion: drug or alcohol use is not by itself a reason to decline (positive practice guide 2012, NICE NG58); in one
audit 57 % of those turned away for drinking drank less than the service's own threshold (Shahriyarmolki 2025). So a
decision for that reason must name its threshold, and the amount recorded stands beside it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from alongside.definitions import doors
from alongside.definitions.agreements import Agreement, WorkingTime
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.periods import OpeningHours
from alongside.measures.rules.amounts import check_fits
from alongside.organisations.rules import ServiceKind


class State(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    RECEIVER = "receiver"  # its intake team
    SENDER = "sender"  # or, for a self-referral, whoever declined it
    NOBODY = "nobody"


HOLDER = {
    State.SENT: Side.RECEIVER,
    State.ACCEPTED: Side.NOBODY,  # the episode it opened is held from here on
    State.DECLINED: Side.SENDER,  # until the person has been told and offered something
    State.CLOSED: Side.NOBODY,
    State.WITHDRAWN: Side.NOBODY,
}

MOVES = {
    State.SENT: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
    State.ACCEPTED: set(),
    State.DECLINED: {State.CLOSED},
    State.CLOSED: set(),
    State.WITHDRAWN: set(),
}

# What a sender is told of each state: never whether the person was known.
SENDER_HEARS = {
    State.SENT: "received",
    State.ACCEPTED: "accepted",
    State.DECLINED: "not_accepted",
    State.CLOSED: "not_accepted",
    State.WITHDRAWN: "withdrawn",
}


class Urgency(StrEnum):
    ROUTINE = "routine"
    SOON = "soon"
    SAME_DAY = "same_day"


def triage_due(sent_at: datetime, urgency: Urgency, agreement: Agreement, hours: OpeningHours) -> datetime:
    """When the receiving service owes a decision: the agreement's time for this urgency, in its own opening hours."""
    within: WorkingTime = getattr(agreement.triage.within, urgency)
    return within.after(sent_at, hours)


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody drinks or uses, as they say it: an amount on a using day and how many days of the last 28."""

    substance: str = ""
    days_of_28: int | None = None
    amount: Decimal | None = None
    unit: str = ""


def check_use(use: Use) -> None:
    """Raises `Invalid` naming `days_of_28` or `amount`: days outside 0 to 28, an amount below nought, or one that
    contradicts the days."""
    if use.days_of_28 is not None and not 0 <= use.days_of_28 <= 28:
        raise Invalid("days_of_28", "Days in the last 28 must be from 0 to 28.")
    if use.amount is not None and use.amount < 0:
        raise Invalid("amount", "The amount cannot be less than nought.")
    if use.amount is not None and use.days_of_28 is not None:
        check_fits("amount", use.amount, use.days_of_28)


def below_threshold(use: Use, threshold: Decimal | None = None) -> bool | None:
    """Whether recorded drinking is below a threshold; None where no amount in units was recorded.

    `threshold`: units on a drinking day; the local one of today where none is given.
    """
    if use.substance != "alcohol" or use.unit != "units" or use.amount is None:
        return None
    return use.amount < (doors.threshold().units_a_drinking_day if threshold is None else threshold)


@dataclass(frozen=True, slots=True)
class Declining:
    """A decision not to take somebody on, as it is written down."""

    reason: str
    words: str
    offered: str
    threshold: str
    review_on: date


def check_declining(decision: Declining, today: date) -> None:
    """Raises `Several` naming everything that a decision to decline still lacks."""
    problems = []
    reason = doors.declines().get(decision.reason)
    if reason is None:
        problems.append(Invalid("reason", "Choose why the referral is not accepted."))
    if not decision.words.strip():
        problems.append(Invalid("words", "Say in a sentence how you came to this decision."))
    if not decision.offered.strip():
        problems.append(
            Invalid("offered", "Say what you offer the person instead. Nobody is turned away with nothing.")
        )
    if reason and reason.needs_threshold and not decision.threshold.strip():
        problems.append(Invalid("threshold", "Say which threshold you used, such as 15 units on a drinking day."))
    if decision.review_on <= today:
        problems.append(Invalid("review_on", "Choose a day after today on which this decision is looked at again."))
    if problems:
        raise Several(problems)


def door_of(kind: str) -> str:
    """The door that a referral from a kind of service comes through."""
    door = "gp" if kind == ServiceKind.PRIMARY_CARE else kind
    return door if door in doors.doors() else "other"


def check_sending(reason: str, wants: str) -> None:
    """A referral says why, and what the person wants."""
    problems = []
    if not reason.strip():
        problems.append(Invalid("reason", "Say why you refer the person now."))
    if not wants.strip():
        problems.append(Invalid("wants", "Say what the person wants from this, in their own words where you can."))
    if problems:
        raise Several(problems)
