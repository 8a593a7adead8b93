"""States of a message, when it is tried again, and by when one that failed is somebody's to deal with. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.kernel.periods import OpeningHours, working_days_after

# Five tries in about half a day: a mail server that is being repaired comes back; a wrong address does not.
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
ATTEMPTS = len(WAITS) + 1


class State(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DROPPED = "dropped"  # nothing was left to say when its time came
    FAILED = "failed"
    SETTLED = "settled"  # somebody dealt with the failure


class Holder(StrEnum):
    """Who must act next."""

    SYSTEM = "system"  # for half a day at most, then somebody
    PRACTITIONER = "practitioner"
    NOBODY = "nobody"


MOVES: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENT, State.DROPPED, State.FAILED}),
    State.FAILED: frozenset({State.SETTLED}),
    State.SENT: frozenset(),
    State.DROPPED: frozenset(),
    State.SETTLED: frozenset(),
}
HOLDER: dict[State, Holder] = {
    State.QUEUED: Holder.SYSTEM,
    State.FAILED: Holder.PRACTITIONER,
    State.SENT: Holder.NOBODY,
    State.DROPPED: Holder.NOBODY,
    State.SETTLED: Holder.NOBODY,
}


class Fault(StrEnum):
    """Why a message did not leave, as far as a record may say it."""

    NOT_SAFE = "not_safe"  # the person no longer calls the address safe, or there is none
    NOT_TAKEN = "not_taken"  # the other side did not take it


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a message, made when it leaves."""

    subject: str
    text: str


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When a message that was tried `attempts` times is tried again; None after the last try."""
    return now + WAITS[attempts - 1] if 1 <= attempts <= len(WAITS) else None


def due_at(failed_at: datetime, hours: OpeningHours) -> datetime:
    """By when somebody deals with a failure: the end of the next working day. `NeverOpen` where there is none."""
    day = working_days_after(failed_at.astimezone(hours.zone).date(), 1, hours)
    return hours.on(day)[-1][1]
