"""Units of alcohol, what an amount or a score suggests, and the signs of possible dependence.

A suggestion is something to talk about and to record; nothing here decides or refuses. All figures are data with
sources (`definitions.alcohol`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from alongside.definitions import alcohol
from alongside.definitions.alcohol import Advice, Level, Sign
from alongside.definitions.instruments import UK

DAYS = 28  # the time that the calendar and the outcome profiles look back on


def units(millilitres: Decimal | int, strength: Decimal | int, drinks: Decimal | int = 1) -> Decimal:
    """UK units in so many drinks of a volume and a strength in per cent, exactly: 568 ml at 4 % are 2.272.

    One unit is 10 ml of pure ethanol. Rounding is for display only (half up: 2.275 shows as 2.28).
    """
    return Decimal(millilitres) * Decimal(strength) * Decimal(drinks) / (100 * alcohol.alcohol().unit.millilitres)


def units_of_standard_drinks(drinks: Decimal | int) -> Decimal:
    """UK units in so many standard drinks of the United States: 1.75 each."""
    known = alcohol.alcohol()
    return Decimal(drinks) * known.standard_drink.grams / known.unit.grams


@dataclass(frozen=True, slots=True)
class Drinking:
    """28 days of drinking: how many days with a drink, and all units in them."""

    days: int
    units: Decimal

    @property
    def a_week(self) -> Decimal:
        """Units in an average week of the four: all of them, not a typical day times seven."""
        return self.units / 4

    @property
    def on_a_drinking_day(self) -> Decimal:
        """Units on an average day with a drink, unrounded; nought where there was none."""
        return self.units / self.days if self.days else Decimal(0)

    @property
    def on_most_days(self) -> bool:
        """Whether more than half of the 28 days were days with a drink."""
        return 2 * self.days > DAYS

    @property
    def a_day(self) -> Fraction:
        """Units a day over all 28 days: 16 units on one day are not 16 units daily."""
        return Fraction(self.units) / DAYS


def drinking(units_by_day: Sequence[Decimal | int]) -> Drinking:
    """Days and units of a calendar of 28 days. Raises `ValueError` for another number of days or less than nothing."""
    if len(units_by_day) != DAYS:
        raise ValueError(f"a calendar has {DAYS} days, not {len(units_by_day)}")
    if min(units_by_day) < 0:
        raise ValueError("nobody drinks less than nothing")
    return Drinking(sum(one > 0 for one in units_by_day), Decimal(sum(units_by_day)))


def drinking_from_days(days: int, on_a_drinking_day: Decimal | int) -> Drinking:
    """The same from days with a drink and the units on one of them, as outcome profiles ask it."""
    return Drinking(days, days * Decimal(on_a_drinking_day))


def levels(drunk: Drinking, sex: str | None = None, jurisdiction: str = UK) -> tuple[Level, ...]:
    """The weekly levels that the average week is over, the lowest first. One that differs by sex needs the sex."""
    known = (one for one in alcohol.alcohol().levels if one.jurisdiction == jurisdiction and one.sex in (None, sex))
    over = [one for one in known if drunk.a_week > one.more_than_a_week]
    return tuple(sorted(over, key=lambda one: one.more_than_a_week))


def advice(instrument: str, score: Decimal, jurisdiction: str = UK) -> tuple[Advice, ...]:
    """What a score of `instrument` (`audit` or `sadq`) suggests in a jurisdiction, each with its source; none for
    another instrument."""
    known = (one for one in alcohol.alcohol().advice if one.jurisdiction == jurisdiction)
    return tuple(one for one in known if one.instrument == instrument and one.from_ <= score <= one.to)


def signs_of_dependence(
    drunk: Drinking | None = None, scores: Mapping[str, Decimal] | None = None, happened: Sequence[str] = ()
) -> tuple[Sign, ...]:
    """The signs that somebody may be dependent on alcohol; any one is reason to say “do not stop suddenly”.

    `scores` are the latest by instrument; `happened` names `seizures` or `delirium` when stopping before. The figures
    are the United Kingdom's and hold everywhere: they ask for a word of warning, and one that is said too soon harms
    less than one that is left out. Whom to ring is where the service is (`Caution.signs_in`).
    """
    known: dict[str, Decimal | Fraction] = {**(scores or {}), **dict.fromkeys(happened, Decimal(1))}
    if drunk is not None:
        known["units_a_day"] = drunk.a_day
        if drunk.on_most_days:
            known["units_on_most_days"] = drunk.on_a_drinking_day
    return tuple(one for one in alcohol.alcohol().dependence if one.about in known and one.shown_by(known[one.about]))


def rests_on(told: Sequence[tuple[date, bool]], today: date) -> int | None:
    """Which of several things that were said or taken, the oldest first (the day, and whether it is a sign), a warning
    rests on: the newest sign, while nothing was said after it or for the days that a sign is kept
    (`definitions.alcohol`, `kept`). None where there is none.

    Somebody who has just cut down is the one in danger, so a smaller figure does not take a warning away at once.
    """
    found = max((place for place, (_day, sign) in enumerate(told) if sign), default=None)
    if found is None or found == len(told) - 1:
        return found
    return found if today - told[found][0] <= timedelta(days=alcohol.alcohol().kept.days) else None
