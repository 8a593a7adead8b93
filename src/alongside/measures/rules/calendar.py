"""28 days of drinking or using, day by day: what was used on each, and what that comes to.

The same days give the outcome profiles' days by week and time-line follow-back at once. A lapse takes nothing away:
days without are counted, never a run that falls back to nought.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from alongside.definitions import substances
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import civil, later
from alongside.kernel.numbers import half_up
from alongside.measures.rules.amounts import check_amount, is_unusual

OF_DAYS, WEEK = 28, 7  # days of use are counted in the last four weeks, as the outcome profiles ask for them


@dataclass(frozen=True, slots=True)
class Calendar:
    """28 days that end with `last_day`, the oldest first, as handed in.

    In a week with something in it, if only a nought, a day left empty was a day without. A week with nothing in it may
    be one that nobody came to: `rest_without` says that the days left empty there were days without, too. `sure` says
    that amounts that are more than usual are right.
    """

    substance: str
    last_day: date
    amounts: Sequence[str | int | Decimal]
    unit: str = ""
    named: str = ""  # which one, where the substance is "other"
    rest_without: bool = False
    sure: bool = False


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
    """Raises `Invalid` or `Several` naming `day1` (the oldest) to `day28`, `last_day`, `substance` or `unit`,
    `rest_without` where a whole week is empty, and `sure` with each day on which there is more than usual."""
    known = substances.substances().get(calendar.substance)
    if known is None:
        raise Invalid(
            "substance", "We do not ask about “{substance}”. Choose from the list.", substance=calendar.substance
        )
    if calendar.last_day > today:
        raise Invalid("last_day", "The last day is in the future. Choose today or a day before.")
    if calendar.last_day < today - timedelta(days=WEEK):
        sentence = later(
            "These 28 days end on {day}, more than a week ago. Open the calendar again, for the last 28 days."
        )
        raise Invalid("last_day", sentence, day=civil(calendar.last_day))
    unit = calendar.unit or known.units[0]
    if unit not in known.units:
        raise Invalid("unit", "Say what the amount is counted in: {known}.", known=", ".join(known.units))
    if len(calendar.amounts) != OF_DAYS:
        raise Invalid("last_day", "A calendar has {days} days.", days=OF_DAYS)
    return Days(known.key, calendar.last_day, _amounts(calendar, unit), unit)


def _amounts(calendar: Calendar, unit: str) -> tuple[Decimal, ...]:
    written = [str(one).strip() for one in calendar.amounts]
    amounts, problems = _read(written)
    if not calendar.sure:
        problems += _to_be_asked_again(calendar.substance, unit, amounts)
    if not calendar.rest_without:
        problems += _left_open(written)
    if problems:
        raise Several(problems)
    return tuple(amounts.values())


def _read(written: Sequence[str]) -> tuple[dict[int, Decimal], list[Invalid]]:
    """The amounts by day, from 1, and those that are none."""
    amounts, problems = {}, []
    for number, text in enumerate(written, 1):
        try:
            amounts[number] = check_amount(f"day{number}", text) if text else Decimal(0)
        except Invalid as problem:
            problems.append(problem)
    return amounts, problems


def _to_be_asked_again(substance: str, unit: str, amounts: dict[int, Decimal]) -> Iterator[Invalid]:
    unusual = {number: one for number, one in amounts.items() if is_unusual(substance, unit, one)}
    for number, amount in unusual.items():
        yield Invalid(
            f"day{number}",
            "{amount} {unit} on one day: is it right?",
            amount=f"{amount.normalize():f}",
            unit=unit,
        )
    if unusual:
        yield Invalid("sure", "More than usual on one day. Put it right, or tick that it is right.")


def _left_open(written: Sequence[str]) -> Iterator[Invalid]:
    """The weeks with nothing in them: nobody said that they were weeks without."""
    weeks = [number for number in range(OF_DAYS // WEEK) if not any(written[number * WEEK : (number + 1) * WEEK])]
    if len(weeks) == OF_DAYS // WEEK:
        yield Invalid(
            "rest_without", "Nothing is entered. Enter the days, or tick that there was none on the days left empty."
        )
    elif weeks:
        yield Invalid(
            "rest_without",
            "Nothing is entered in these weeks: {weeks}. "
            "Enter the days, or tick that there was none on the days left empty.",
            weeks=", ".join(str(number + 1) for number in weeks),
        )
