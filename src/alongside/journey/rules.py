"""What an episode and a journey may do. Pure."""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from stdnum import verhoeff

from alongside.definitions import talking_therapies
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid
from alongside.kernel.language import civil
from alongside.kernel.periods import OpeningHours

_ICD10 = re.compile(r"[A-Z][0-9]{2}[0-9A-Z]{0,2}", re.ASCII)
_SNOMED = re.compile(r"[0-9]{6,18}", re.ASCII)


class Part(StrEnum):
    """What somebody does in a care team."""

    LEAD = "lead"
    MEMBER = "member"


class Arm(StrEnum):
    ONE_TO_ONE = "one_to_one"
    GROUP = "group"
    CONSULTATION_ONLY = "consultation_only"


def check_arm(arm: str) -> Arm:
    """Raises `Invalid("arm", …)` for an arm the pathway does not have."""
    if arm not in set(Arm):
        raise Invalid("arm", "Choose an arm of the pathway: {known}.", known=", ".join(Arm))
    return Arm(arm)


def check_problem(code: str) -> str:
    """A problem descriptor as the data set writes it: `f40.1` becomes `F401`.

    Raises `Invalid("code", …)` where none was given, and for what is neither ICD-10 nor SNOMED CT: no measure and no
    national figure would find it.
    """
    normal = talking_therapies.normal(code)
    if not normal:
        raise Invalid("code", "Choose what the treatment is for.")
    if not (_ICD10.fullmatch(normal) or (_SNOMED.fullmatch(normal) and verhoeff.is_valid(normal))):
        raise Invalid(
            "code", "This is no code of ICD-10, such as F40.1, nor of SNOMED CT. Check it, or choose from the list."
        )
    return normal


def check_opening(received: date, opened: date, today: date) -> None:
    """An episode opens on or after the day its referral was received, and not in the future."""
    if opened < received:
        raise Invalid(
            "opened",
            "The episode would open before the referral was received on {received}.",
            received=civil(received),
        )
    if opened > today:
        raise Invalid("opened", "The episode would open in the future.")


def check_ending(opened: date, ended: date, today: date, last_contact: date | None) -> None:
    """An episode ends on or after it opened and its last kept contact, and not in the future."""
    if ended > today:
        raise Invalid("ended", "The date of discharge is in the future.")
    if ended < opened:
        raise Invalid("ended", "The date of discharge is before the episode opened on {opened}.", opened=civil(opened))
    if last_contact and ended < last_contact:
        raise Invalid(
            "ended",
            "There is a contact on {last_contact}, after this date of discharge.",
            last_contact=civil(last_contact),
        )


def review_due(since: date, weeks: int, hours: OpeningHours) -> datetime:
    """When the whole has to be looked at again: closing time that many weeks after `since`.

    Where the service is closed on that day it is the last open day before it, so that nobody waits longer than was
    agreed; five in the afternoon of that day where there is no open day in between.
    """
    last = since + timedelta(weeks=weeks)
    days = (last - timedelta(days=back) for back in range((last - since).days))
    spans = next(filter(None, map(hours.on, days)), None)
    return spans[-1][1] if spans else evening(last)


def evening(day: date) -> datetime:
    """Five in the afternoon: when what is due on a day is due, and when what ends on a day has ended."""
    return datetime.combine(day, time(17), tzinfo=LONDON)
