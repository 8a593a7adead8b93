"""Half-open periods and working hours.

A period holds its start and not its end, so two that touch neither overlap nor leave a gap. "For ever" is a date,
never a null: a null in a comparison answers neither yes nor no, and a consent that is neither is a leak.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.kernel.clock import LONDON

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)


def over(last: date | None, zone: ZoneInfo = LONDON) -> datetime:
    """The instant at which a last day is over, which itself still counts; never without one, nor for a day that is as
    late as a calendar goes."""
    if last is None or last >= FOR_EVER.date() - timedelta(days=1):
        return FOR_EVER
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start`, included, until `end`, not included. Both aware."""

    start: datetime = BEGINNING
    end: datetime = FOR_EVER

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def meet(self, other: "Period") -> "Period":
        """What both periods hold; empty (start == end) where they do not overlap."""
        start = max(self.start, other.start)
        return Period(start, max(start, min(self.end, other.end)))

    @property
    def empty(self) -> bool:
        return self.start >= self.end


Day = int  # Monday is 0, as `date.weekday` says


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a team works: spans of civil time by weekday, the zone they are in, and the days it is closed."""

    spans: Mapping[Day, Sequence[tuple[time, time]]]
    zone: ZoneInfo
    closed: Collection[date] = frozenset()

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The spans of one civil day as instants in UTC."""
        if day in self.closed:
            return []
        return [
            (self._instant(day, begin), self._instant(day, end)) for begin, end in self.spans.get(day.weekday(), ())
        ]

    def _instant(self, day: date, clock_time: time) -> datetime:
        return datetime.combine(day, clock_time, tzinfo=self.zone).astimezone(UTC)


class NeverOpen(ValueError):
    """Opening hours with no open time in the next year: no due time can be promised."""


def add_working_time(start: datetime, duration: timedelta, hours: OpeningHours) -> datetime:
    """The instant at which `duration` of open time has passed since `start`.

    Time outside the spans does not count. A duration that ends exactly at closing time is due then, not at the
    next opening. Raises `NeverOpen` where a year of hours is not enough.
    """
    left = duration
    day = start.astimezone(hours.zone).date()
    for offset in range(367):
        for begin, end in hours.on(day + timedelta(days=offset)):
            begin = max(begin, start)
            if begin >= end:
                continue
            if left <= end - begin:
                return begin + left
            left -= end - begin
    raise NeverOpen("These opening hours hold no open time in the next year.")


def working_days_after(start: date, days: int, hours: OpeningHours) -> date:
    """The civil date `days` open days after `start`, which itself does not count."""
    day = start
    for _ in range(days):
        day = _next_open(day, hours)
    return day


def _next_open(day: date, hours: OpeningHours) -> date:
    for offset in range(1, 367):
        candidate = day + timedelta(days=offset)
        if hours.on(candidate):
            return candidate
    raise NeverOpen("These opening hours hold no open day in the next year.")
