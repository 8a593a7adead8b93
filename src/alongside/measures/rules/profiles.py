"""What the outcome profiles (TOP, AOR) ask of the last four weeks, from a calendar of the same weeks: asked once.

They ask, of each substance, for the days of use in each week and the average amount on such a day. That their week 4 is
the last seven days is from memory: the copies of the form that were seen do not say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.definitions.instruments import Instrument, Item
from alongside.definitions.substances import substances
from alongside.measures.rules.calendar import OF_DAYS, WEEK, Days
from alongside.measures.rules.serving import SERVES_FOR

WEEKS = OF_DAYS // WEEK


def asked_by_week(measure: Instrument) -> tuple[str, ...]:
    """The substances of which an instrument asks for days of use by week; none for most."""
    keys = _keys(measure)
    return tuple(one for one in substances() if keys >= {_week(one, number) for number in range(1, WEEKS + 1)})


@dataclass(frozen=True, slots=True)
class Together:
    """The questions about one substance: its weeks by number, in the order of the form, and the amount on a day of use
    with what it is counted in, where that is asked."""

    substance: str
    weeks: dict[int, Item]
    amount: Item | None
    unit: str


def asked_together(measure: Instrument) -> tuple[Together, ...]:
    """What an instrument asks by week, by substance in the order of the form; nothing for most."""
    found = [_together(measure, one) for one in asked_by_week(measure)]
    return tuple(sorted(found, key=lambda one: min(item.number for item in one.weeks.values())))


def _together(measure: Instrument, substance: str) -> Together:
    numbers = {_week(substance, number): number for number in range(1, WEEKS + 1)}
    weeks = {numbers[item.key]: item for item in measure.items if item.key in numbers}
    amount = next((item for item in measure.items if item.key == f"{substance}_amount"), None)
    return Together(substance, weeks, amount, substances()[substance].profile_unit or "")


def serves_profiles(days: Days, on: date) -> bool:
    """Whether a calendar still tells of the four weeks before `on`: for a week from its last day."""
    return days.last_day <= on <= days.last_day + SERVES_FOR


def from_calendar(measure: Instrument, days: Days) -> dict[str, str]:
    """The answers that a calendar gives, by the key of the item: days of use by week, and the average amount on such a
    day where it was counted as the profile counts it."""
    if days.substance not in asked_by_week(measure):
        return {}
    found = {_week(days.substance, number): str(used) for number, (used, _amount) in enumerate(days.by_week, 1)}
    amount, key = days.on_a_day_of_use, f"{days.substance}_amount"
    if amount is not None and days.unit == substances()[days.substance].profile_unit and key in _keys(measure):
        found[key] = f"{amount.normalize():f}"
    return found


@dataclass(frozen=True, slots=True)
class Weekly:
    """What the answers of a profile tell of one substance in the last 28 days: days of use, and the average amount on
    such a day, counted in the substance's `profile_unit`. Where a week was left open (`whole` is false) the days are
    the least that they can be."""

    days: int
    amount: Decimal | None
    whole: bool


def by_week(measure: Instrument, answers: Sequence[int | str | None], substance: str) -> Weekly | None:
    """The way back from `from_calendar`: the four weeks of one substance as days of use, from answers in the order of
    the questions. None where the instrument does not ask, or no week was answered."""
    if substance not in asked_by_week(measure):
        return None
    told = {item.key: answer for item, answer in zip(measure.items, answers, strict=True)}
    weeks = [told[_week(substance, number)] for number in range(1, WEEKS + 1)]
    said = [int(one) for one in weeks if one is not None]
    amount = told.get(f"{substance}_amount")
    if not said:
        return None
    return Weekly(sum(said), None if amount is None else Decimal(amount), whole=len(said) == WEEKS)


def _week(substance: str, number: int) -> str:
    return f"{substance}_week{number}"


def _keys(measure: Instrument) -> set[str]:
    return {item.key for item in measure.items}
