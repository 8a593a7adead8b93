"""The time line's width, and where a day is on it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

WIDTH, LEFT = 720, 8
RIGHT = 66  # for the figures of a scale, as large as a telephone needs them
MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Axis:
    first: date
    last: date

    def x(self, day: date) -> Decimal:
        span = max(1, (self.last - self.first).days)
        return LEFT + Decimal((day - self.first).days * (WIDTH - LEFT - RIGHT)) / span

    def months(self) -> list[date]:
        """First days of months, thinned until they fit."""
        found, day = [], self.first.replace(day=1) + MONTH
        while (day := day.replace(day=1)) <= self.last:
            found.append(day)
            day += MONTH
        return found[:: max(1, -(-len(found) // 8))] or [self.first]

    def bar_width(self, count: int) -> Decimal:
        return max(Decimal(3), min(Decimal(12), Decimal(WIDTH - LEFT - RIGHT) / (2 * max(1, count))))
