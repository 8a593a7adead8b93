"""28 days of drinking or using, day by day: what was used on each, and what that comes to.

The same days give the outcome profiles' days by week and time-line follow-back at once. A lapse takes nothing away:
days without are counted, never a run that falls back to nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from alongside.definitions import substances
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.numbers import half_up, plain_decimal

OF_DAYS, WEEK = 28, 7  # days of use are counted in the last four weeks, as the outcome profiles ask for them
MOST = 9999


@dataclass(frozen=True, slots=True)
class Calendar:
    """28 days that end with `last_day`, the oldest first, as handed in; a day left empty was a day without."""

    substance: str
    last_day: date
    amounts: Sequence[str | int | Decimal]
    unit: str = ""
    named: str = ""  # which one, where the substance is "other"


@dataclass(frozen=True, slots=True)
class Days:
    """The same, checked."""

    substance: str
    last_day: date
    amounts: tuple[Decimal, ...]
    unit: str

    @property
    def first_day(self) -> date:
        return self.last_day - timedelta(days=OF_DAYS - 1)

    @property
    def used(self) -> int:
        """Days of use, 0 to 28."""
        return sum(one > 0 for one in self.amounts)

    @property
    def without(self) -> int:
        return OF_DAYS - self.used

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, Decimal(0))

    @property
    def by_week(self) -> tuple[tuple[int, Decimal], ...]:
        """(days of use, amount) of each of the four weeks, the oldest first: the weeks of the outcome profiles."""
        weeks = [self.amounts[start : start + WEEK] for start in range(0, OF_DAYS, WEEK)]
        return tuple((sum(one > 0 for one in week), sum(week, Decimal(0))) for week in weeks)

    @property
    def on_a_day_of_use(self) -> Decimal | None:
        """The amount on an average day of use, to two decimals; None where there was none."""
        return half_up(self.total / self.used, 2) if self.used else None


def check_calendar(calendar: Calendar, today: date) -> Days:
    """Raises `Invalid` or `Several` naming `day1` (the oldest) to `day28`, `last_day`, `substance` or `unit`."""
    known = substances.substances().get(calendar.substance)
    if known is None:
        raise Invalid(
            "substance", "We do not ask about “{substance}”. Choose from the list.", substance=calendar.substance
        )
    if calendar.last_day > today:
        raise Invalid("last_day", "The last day is in the future. Choose today or a day before.")
    unit = calendar.unit or known.units[0]
    if unit not in known.units:
        raise Invalid("unit", "Say what the amount is counted in: {known}.", known=", ".join(known.units))
    return Days(known.key, calendar.last_day, _amounts(calendar.amounts), unit)


def _amounts(given: Sequence[str | int | Decimal]) -> tuple[Decimal, ...]:
    if len(given) != OF_DAYS:
        raise Invalid("last_day", "A calendar has {days} days.", days=OF_DAYS)
    amounts, problems = [], []
    for number, raw in enumerate(given, 1):
        text = str(raw).strip()
        value = plain_decimal(text) if text else Decimal(0)
        if value is None or value > MOST or value != half_up(value, 2):
            problems.append(
                Invalid(f"day{number}", "Give the amount as a number from 0 to {most}, such as 4 or 2.5.", most=MOST)
            )
        else:
            amounts.append(value)
    if problems:
        raise Several(problems)
    return tuple(amounts)
