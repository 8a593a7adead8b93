"""Holders, and how soon something is due. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alongside.kernel.clock import LONDON


@dataclass(frozen=True, slots=True)
class Holder:
    """Who must act next: a team, or a practitioner; never both, never neither."""

    team: str = ""
    practitioner: str = ""

    def __post_init__(self) -> None:
        if bool(self.team) == bool(self.practitioner):
            raise ValueError("A holder is a team or a practitioner: exactly one of them.")


# Owed about how a record was looked at, and not about care: in no list about a person, before what is.
ASIDE = ("review_look",)


class When(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


def borders(now: datetime, zone: ZoneInfo = LONDON) -> tuple[datetime, datetime]:
    """When tomorrow begins, and when the first day after this week does: `when` as two instants, for a database."""
    today = now.astimezone(zone).date()
    tomorrow, after = (datetime.combine(today + timedelta(days=days), time(), zone) for days in (1, 7))
    return tomorrow, after


def when(due: datetime, now: datetime, zone: ZoneInfo = LONDON) -> When:
    """The group a due time falls in, by civil days: this week is the next six days after today."""
    if due < now:
        return When.OVERDUE
    days = (due.astimezone(zone).date() - now.astimezone(zone).date()) // timedelta(days=1)
    if days == 0:
        return When.TODAY
    return When.THIS_WEEK if days <= 6 else When.LATER
