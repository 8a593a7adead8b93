"""Looking in an emergency: who may, what has to be said, for how long, and who looks at it afterwards. Pure.

That it is asked for by name, with a reason, for one person and a short time, and reviewed whether or not anybody was
found: `docs/explanation/how-consent-decides.md`. What a programme under 42 CFR Part 2 writes down: 42 CFR 2.51(c).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from alongside.definitions import policy
from alongside.definitions.emergencies import emergencies
from alongside.definitions.policy import Mask
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.kernel.language import later
from alongside.kernel.periods import OpeningHours, working_days_after

LASTS = timedelta(minutes=60)
HOUR = timedelta(hours=1)  # in which looks are counted
LONGEST_REASON = 2_000
LONGEST_NAME = 120
# Our own conventions: no source names a time for the review.
REVIEW_DAYS, AGAIN_DAYS = 2, 5
REVIEW = "review_look"  # what the task is called


@dataclass(frozen=True, slots=True)
class Declaration:
    """Why somebody looks. The last four are what 42 CFR 2.51(c) has written down, beside the date and time, which are
    the moment of the look; asked for where a country's law does."""

    reason: str
    medical_name: str = ""  # of the medical personnel to whom it is disclosed
    affiliation: str = ""  # theirs, with a health care facility
    disclosed_by: str = ""  # the individual who makes the disclosure
    nature: str = ""  # of the emergency


Look = TypeVar("Look", bound="Begun")
DOCUMENTED = tuple(one.name for one in fields(Declaration) if one.name != "reason")
_ASKED = {
    "medical_name": later("Enter the name of the medical personnel who is shown the record."),
    "affiliation": later("Enter the hospital, surgery or other facility they work for."),
    "disclosed_by": later("Enter who makes the disclosure. Where you open it yourself, it is you."),
    "nature": later("Say what the emergency is."),
}


def asked_to_document(jurisdiction: str) -> bool:
    """Whether somebody who looks from a service there is asked what the law has written down: where any service of that
    jurisdiction may be bound by it, so that being asked says nothing about who knows the person."""
    return any(one.documents for one in policy.packs().values() if one.key.partition("_")[0] == jurisdiction)


def may_declare(role: Mask) -> bool:
    """Whether a role may declare an emergency anywhere: whose record it opens depends on each service's country."""
    return any(one.emergency_roles & role for one in policy.packs().values())


def check_why(why: Declaration, *, documented: bool) -> Declaration:
    """As it is kept. Raises `Invalid` naming what is missing or too long."""
    said = Declaration(**{one.name: str(getattr(why, one.name)).strip() for one in fields(Declaration)})
    if not said.reason:
        raise Invalid("reason", "Say why you have to look now. Whoever reviews it reads this.")
    if len(said.reason) > LONGEST_REASON:
        raise Invalid("reason", "Keep it to {most} letters.", most=LONGEST_REASON)
    if not documented:
        return Declaration(said.reason)
    for name in DOCUMENTED:
        if not getattr(said, name):
            raise Invalid(name, _ASKED[name])
        if name != "nature" and len(getattr(said, name)) > LONGEST_NAME:
            raise Invalid(name, "Keep it to {most} letters.", most=LONGEST_NAME)
    if len(said.nature) > LONGEST_REASON:
        raise Invalid("nature", "Keep it to {most} letters.", most=LONGEST_REASON)
    return said


def opens(pack: str, role: Mask, why: Declaration) -> bool:
    """Whether a service's record opens to a role that said why, by the policy of its country: under 42 CFR Part 2 to
    medical personnel alone, and with all that 2.51(c) names."""
    there = policy.packs()[pack]
    written = not there.documents or all(getattr(why, name) for name in DOCUMENTED)
    return bool(there.emergency_roles & role) and written


class Begun(Protocol):
    """An attempt, and when it began."""

    @property
    def at(self) -> datetime: ...


def most_in_an_hour() -> int:
    """How many looks one practitioner may begin within an hour (`definitions/access/emergencies.toml`)."""
    return emergencies().most_in_an_hour


def check_often(begun: int) -> None:
    """Raises `NotAllowed` with what to do instead where somebody has begun as many in the last hour as one may."""
    if begun >= most_in_an_hour():
        raise NotAllowed(
            "You have looked in an emergency {most} times in the last hour, which is as often as one person may. Ring"
            " the service that may know them, or ask a colleague to look. Whoever oversees privacy sees this.",
            most=most_in_an_hour(),
        )


def reaching(newest_first: Sequence[Look]) -> list[Look]:
    """Of one practitioner's attempts those by which they had looked as often within an hour as one may."""
    before = most_in_an_hour() - 1
    pairs = zip(newest_first, newest_first[before:], strict=False)
    return [one for one, first in pairs if one.at - first.at < HOUR]


class Reviewing(StrEnum):
    """Whether somebody still has to look at it."""

    WAITING = "waiting"
    SETTLED = "settled"
    ELSEWHERE = "elsewhere"  # of an attempt that found somebody of the same service: reviewed in their record


class Verdict(StrEnum):
    """What whoever oversees privacy found."""

    APPROPRIATE = "appropriate"
    FOLLOW_UP = "follow_up"
    NOT_APPROPRIATE = "not_appropriate"


def settles(verdict: str) -> bool:
    """Whether nothing more is owed. What is to be followed up stays owed until somebody says how it ended."""
    return verdict != Verdict.FOLLOW_UP


def check_review(verdict: str, words: str) -> str:
    """The words as they are kept. Raises `Invalid` naming `verdict` or `words`."""
    if verdict not in list(Verdict):
        raise Invalid("verdict", "Say what you found.")
    said = words.strip()
    if not said:
        raise Invalid("words", "Say what you looked at and whom you asked.")
    if len(said) > LONGEST_REASON:
        raise Invalid("words", "Keep it to {most} letters.", most=LONGEST_REASON)
    return said


def review_due(now: datetime, hours: OpeningHours, *, again: bool = False) -> datetime:
    """By when somebody looks at it: the end of the second working day after, or of the fifth where it is followed
    up."""
    day = working_days_after(now.astimezone(hours.zone).date(), AGAIN_DAYS if again else REVIEW_DAYS, hours)
    return hours.on(day)[-1][1]
