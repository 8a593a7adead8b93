"""Agreements: what the services of a partnership promised each other, by when, and who holds it meanwhile.

Each agreement is one TOML file beside this loader. Rooms read times and holders from here and keep none of their own.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Literal, Self

from pydantic import PositiveInt, model_validator

from alongside.definitions.loader import load_all
from alongside.definitions.provenance import Content, Definition, Sourced, Text
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import OpeningHours, add_working_time, working_days_after


class WorkingTime(Content):
    """A promise in open time: so many working days, or so many opening hours."""

    working_days: PositiveInt | None = None
    working_hours: PositiveInt | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if (self.working_days is None) == (self.working_hours is None):
            raise ValueError("give working_days or working_hours, one of them")
        return self

    def after(self, start: datetime, hours: OpeningHours) -> datetime:
        """The instant at which a promise made at `start` falls due.

        Days: closing time of the last of them; the civil day of `start` does not count. Hours: open time only.
        Raises `NeverOpen` where the hours hold no such time in the next year.
        """
        if self.working_hours:
            return add_working_time(start, timedelta(hours=self.working_hours), hours)
        day = working_days_after(start.astimezone(hours.zone).date(), self.working_days or 0, hours)
        return hours.on(day)[-1][1]


class ByUrgency(Content):
    """How soon something is answered, by the urgency that whoever asked gave it."""

    routine: WorkingTime
    soon: WorkingTime
    same_day: WorkingTime


class Consulting(Sourced):
    """The clocks of a question from one team to another, and for how long both may read it once it is closed."""

    answer_within: ByUrgency
    clarify_within: WorkingTime
    reply_within: WorkingTime
    read_back_days: PositiveInt


HolderRole = Literal["intake_team", "lead_practitioner", "practitioner"]


class Promise(Sourced):
    """One act: how soon, and which role holds it until then."""

    within: WorkingTime
    holder: HolderRole


class Triage(Sourced):
    """How soon a referral is decided, by its urgency, and which role holds it until then."""

    within: ByUrgency
    holder: HolderRole


class FollowingUp(Sourced):
    """How soon somebody talks about what screening found, offers help for it, and sees that it has started."""

    discuss_within: WorkingTime
    offer_within: WorkingTime
    start_within: WorkingTime
    holder: HolderRole


class Review(Sourced):
    """How often the whole plan is looked at again, and by whom."""

    weeks: PositiveInt
    holder: HolderRole


class Agreement(Definition):
    """One protocol between services. A `placeholder` says so wherever its times are shown."""

    status: Literal["placeholder", "signed"]
    services: tuple[Text, ...]
    consultation: Consulting
    triage: Triage
    missed_contact: Promise
    allocation: Promise  # somebody taken on until a practitioner has them
    handover: Promise  # somebody asked to lead until they have answered
    screening: FollowingUp
    review: Review


@cache
def agreements() -> tuple[Agreement, ...]:
    """Every agreement, by file name."""
    return load_all(__name__, Agreement)


def agreement(key: str) -> Agreement:
    """The agreement a partnership works under; `Invalid("agreement", …)` names those there are."""
    found = next((one for one in agreements() if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in agreements())
        raise Invalid("agreement", "There is no agreement called {key!r}. Known: {known}.", key=key, known=known)
    return found
