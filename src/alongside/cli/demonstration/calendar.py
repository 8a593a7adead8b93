"""Days and hours: what the generator counts back from today, as instants in a diary that works on weekdays."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from alongside.kernel.clock import LONDON
from alongside.kernel.periods import OpeningHours

SLOTS = ("09:00", "10:05", "11:10", "12:40", "13:45", "14:50", "15:55", "17:00")


def instant(day: date, at: str) -> datetime:
    """A civil time of a day in London, in UTC."""
    return datetime.combine(day, time.fromisoformat(at), tzinfo=LONDON).astimezone(UTC)


def working_day(day: date, closed: Collection[date] = (), *, not_before: date | None = None) -> date:
    """The day itself, or the last weekday before it; the next one where that would be before `not_before`."""
    found = day
    while _off(found, closed):
        found -= timedelta(days=1)
    if not_before is None or found >= not_before:
        return found
    while _off(day, closed):
        day += timedelta(days=1)
    return day


def _off(day: date, closed: Collection[date]) -> bool:
    return day.weekday() > 4 or day in closed


def half_way(now: datetime, spent: timedelta, hours: OpeningHours) -> datetime:
    """The instant from which `spent` of open time has passed by `now`: when a question with a running clock was
    asked."""
    left, day = spent, now.astimezone(hours.zone).date()
    for back in range(60):
        for begin, end in reversed(hours.on(day - timedelta(days=back))):
            end = min(end, now)
            if begin >= end:
                continue
            if left <= end - begin:
                return end - left
            left -= end - begin
    raise ValueError("These opening hours hold too little open time in two months.")


class Diary:
    """Which hours of a day are taken: of each practitioner, and of each person, whom two services may see in a day."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, date], list[str]] = defaultdict(list)

    def book(self, practitioner: str, person: str, day: date) -> datetime:
        """The next hour that both have free. A practitioner's full day goes on from its first hour, as over-full days
        do; a person is never in two places."""
        theirs, away = self._taken[practitioner, day], self._taken[person, day]
        hour = min((slot for slot in SLOTS if slot not in away), key=theirs.count)
        theirs.append(hour)
        away.append(hour)
        return instant(day, hour)

    def booked(self, practitioner: str, day: date) -> int:
        return len(self._taken[practitioner, day])
