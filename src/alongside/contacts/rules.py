"""States of a contact, who holds it, and when it may take place. How soon a missed one is followed up is agreed between
the services: `definitions/agreements`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from alongside.definitions import talking_therapies
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid
from alongside.kernel.language import civil, later, said

LONGEST = 8 * 60
LONGEST_NOTE = 20_000


class State(StrEnum):
    """In an order that every move follows: of two states entered at one instant it says which came first."""

    PLANNED = "planned"
    KEPT = "kept"
    MISSED = "missed"
    TO_REBOOK = "to_rebook"
    CANCELLED = "cancelled"
    FOLLOWED_UP = "followed_up"


class Holder(StrEnum):
    """Who must act next."""

    PRACTITIONER = "practitioner"
    AGREED = "agreed"  # whoever the partnership's agreement names for missed contacts
    NOBODY = "nobody"


MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.PLANNED, State.KEPT, State.MISSED, State.TO_REBOOK, State.CANCELLED}),
    State.MISSED: frozenset({State.FOLLOWED_UP}),
    State.TO_REBOOK: frozenset({State.FOLLOWED_UP}),
    State.KEPT: frozenset(),
    State.CANCELLED: frozenset(),
    State.FOLLOWED_UP: frozenset(),
}
HOLDER: dict[State, Holder] = {
    State.PLANNED: Holder.PRACTITIONER,
    State.MISSED: Holder.AGREED,
    State.TO_REBOOK: Holder.PRACTITIONER,
    State.KEPT: Holder.NOBODY,
    State.CANCELLED: Holder.NOBODY,
    State.FOLLOWED_UP: Holder.NOBODY,
}
TASK: dict[State, str] = {
    State.PLANNED: "keep_contact",
    State.MISSED: "follow_up_missed",
    State.TO_REBOOK: "rebook",
}
# What became of a planned contact (keys of the national attendance codes), as the state it leaves the contact in.
STATE_AFTER: dict[str, State] = {
    "attended": State.KEPT,
    "late_seen": State.KEPT,
    "late_not_seen": State.MISSED,
    "did_not_attend": State.MISSED,
    "cancelled_by_person": State.CANCELLED,
    "cancelled_by_service": State.TO_REBOOK,
}


class FollowUp(StrEnum):
    """How a missed or cancelled contact was followed up."""

    REACHED = "reached"  # spoke to the person
    REBOOKED = "rebooked"
    MESSAGE_LEFT = "message_left"
    TOLD_OTHER_TEAM = "told_other_team"
    NO_LONGER_WANTED = "no_longer_wanted"
    TREATMENT_ENDED = "treatment_ended"


class Heading(StrEnum):
    """The headings of a note, in words that the person may read."""

    TALKED_ABOUT = "talked_about"
    WORKED_ON = "worked_on"
    AGREED = "agreed"
    NEXT_TIME = "next_time"
    FOR_THE_TEAM = "for_the_team"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and how a contact takes place. Whoever acts meets the person unless `practitioner` names somebody else."""

    kind: str  # a key of the appointment kinds
    starts_at: datetime
    mode: str  # a key of the consultation mechanisms
    minutes: int = 50
    practitioner: str = ""
    joint: bool = False  # held by both services together


@dataclass(frozen=True, slots=True)
class Span:
    """What the dates of an episode allow: the referral was received, and the episode ended if it has."""

    received_on: date
    ended_on: date | None = None


def problems(meeting: Meeting, state: State, span: Span, now: datetime, prefix: str = "") -> list[Invalid]:
    """What is wrong with a meeting in this state, by field (`kind`, `mode`, `minutes`, `date`), each with `prefix`."""
    found = [
        _choice(_KIND, meeting.kind, [one.key for one in talking_therapies.appointment_kinds()]),
        _choice(_MODE, meeting.mode, [one.key for one in talking_therapies.mechanisms()]),
        _minutes(meeting.minutes) if state in (State.PLANNED, State.KEPT) else "",
        _date(meeting, state, span, now),
    ]
    fields = ("kind", "mode", "minutes", "date")
    return [Invalid(prefix + field, words) for field, words in zip(fields, found, strict=True) if words]


_KIND = later("Choose the kind: one of {known}.")
_MODE = later("Choose the mode: one of {known}.")


def _choice(sentence: str, value: str, known: list[str]) -> str:
    return "" if value in known else said(sentence, known=", ".join(known))


def _minutes(minutes: int) -> str:
    if 1 <= minutes <= LONGEST:
        return ""
    return said("Give the length as a whole number of minutes from 1 to {longest}.", longest=LONGEST)


def _date(meeting: Meeting, state: State, span: Span, now: datetime) -> str:
    day = meeting.starts_at.astimezone(LONDON).date()
    if day < span.received_on:
        return said("The contact is before the referral was received on {day}.", day=civil(span.received_on))
    # What was planned beyond the end can still be cancelled: else it would stay owed for ever.
    takes_place = state not in (State.CANCELLED, State.TO_REBOOK)
    if span.ended_on and day > span.ended_on and meeting.kind != "follow_up" and takes_place:
        ended = civil(span.ended_on)
        return said("The episode ended on {day}. After that only a follow-up can be recorded.", day=ended)
    if state is State.PLANNED and meeting.starts_at <= now:
        return said("A planned contact is in the future. If it has taken place, record it instead.")
    if state in (State.KEPT, State.MISSED) and meeting.starts_at > now:
        return said("The contact is in the future. Record it once it has taken place.")
    return ""


def state_after(attendance: str, planned: bool) -> State:
    """The state that an attendance leaves a contact in. Raises `Invalid("attendance", …)` for one that does not exist
    or that only a planned contact can have."""
    if attendance not in STATE_AFTER:
        raise Invalid("attendance", "Choose what became of the contact: one of {known}.", known=", ".join(STATE_AFTER))
    if not planned and STATE_AFTER[attendance] is not State.KEPT:
        raise Invalid("attendance", "A contact that nobody had planned cannot be missed or cancelled.")
    return STATE_AFTER[attendance]


def check_follow_up(outcome: str) -> str:
    """Raises `Invalid("outcome", …)` for an outcome that does not exist."""
    if outcome not in set(FollowUp):
        raise Invalid("outcome", "Choose how it was followed up: one of {known}.", known=", ".join(FollowUp))
    return outcome


def check_note(note: Mapping[str, str]) -> dict[Heading, str]:
    """The sections that say something, trimmed. Raises `Invalid` naming the heading that is unknown or too long."""
    sections = {}
    for heading, text in note.items():
        if heading not in set(Heading):
            raise Invalid(
                "note",
                "A note has no part called {heading}. It has {known}.",
                heading=heading,
                known=", ".join(Heading),
            )
        if len(text) > LONGEST_NOTE:
            raise Invalid(
                heading,
                "This part of the note is too long: keep it under {longest} characters.",
                longest=LONGEST_NOTE,
            )
        if text.strip():
            sections[Heading(heading)] = text.strip()
    return sections


def ends_at(starts_at: datetime, minutes: int) -> datetime:
    """When a planned contact is over, and ought to be recorded."""
    return starts_at + timedelta(minutes=minutes)
