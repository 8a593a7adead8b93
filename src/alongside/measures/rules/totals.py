"""Totals as they are written down, cut-offs, and days of use."""

from decimal import Decimal

from alongside.definitions import substance_use
from alongside.definitions.instruments import Instrument, Whose
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later, said
from alongside.kernel.numbers import half_up, plain_decimal

FEWEST, MOST = 2, 6  # decimals that are shown of a total; the record keeps six


def check_total(instrument: Instrument, written: str | int | Decimal, field: str = "") -> Decimal:
    """A total as it was written down, exactly, or `Invalid` naming `field` (the instrument's key if not
    given).

    The national data set checks the spelling: `14` passes, `14.0` and `014` fail; a Mobility Inventory mean
    has one or two decimals, so `2.3` passes and `2` fails. Source: NHS England Reusable Code Library, iapt.
    """
    text = str(written).strip()
    field = field or instrument.key
    if instrument.range is None:
        raise Invalid(field, "{name} has no total: enter its answers.", name=instrument.name)
    value = plain_decimal(text)
    fewest, most = instrument.decimals
    if value is None or not fewest <= len(text.partition(".")[2]) <= most:
        raise Invalid(field, "“{text}” is not written as {spelling}.", text=text, spelling=_spelling(instrument))
    if value not in instrument.range:
        raise Invalid(field, "{text} is outside the range: {spelling}.", text=text, spelling=_spelling(instrument))
    return value


def is_valid_total(instrument: Instrument, value: Decimal) -> bool:
    """Whether a number read from a table, or worked out from answers, could be this instrument's total: in range, and
    whole where every total of it is. A mean of 74/27 is 2.740741, however many decimals somebody may type of it
    (`check_total`)."""
    if instrument.range is None:
        return False
    return value in instrument.range and (instrument.divides or value == int(value))


def as_shown(instrument: Instrument, value: Decimal) -> Decimal:
    """A total as pages show it: whole where it is, two decimals of a mean, rounded half up, once.

    More decimals only where two would stand on the other side of a cut-off than the value does: 2.304 is above 2.3, so
    it is not shown as 2.30. Our own rule: a number and what is said of it must not contradict each other on one page.
    """
    rounded = (half_up(value, places) for places in range(FEWEST, MOST))
    shown = next((one for one in rounded if _on_one_side(instrument, one, value)), half_up(value, MOST))
    return shown if instrument.rule == "mean" else shown.normalize()


def _on_one_side(instrument: Instrument, rounded: Decimal, value: Decimal) -> bool:
    """Whether both reach the same cut-offs of the total, whoever they are for."""
    return all(one.reached(rounded) == one.reached(value) for one in instrument.cutoffs if not one.part)


def is_case(instrument: Instrument, value: Decimal, whose: Whose | None = None) -> bool | None:
    """Whether `value` reaches the instrument's caseness cut-off; None where it has none. Give it unrounded:
    a Mobility Inventory mean of 62/27 shows as 2.30 and is not above 2.3, and one of 2.304 is. `whose` chooses the
    cut-off of a sex or a language version (the versions in British Sign Language have their own)."""
    return is_reached(instrument, "caseness", value, whose)


def is_reached(
    instrument: Instrument, cutoff: str, value: Decimal, whose: Whose | None = None, part: str | None = None
) -> bool | None:
    """Whether `value` (of the part `part`, if given) reaches the cut-off called `cutoff`, such as `screen`.

    None where there is none, or where too little is known of the person to choose one (DUDIT has one for women and
    one for men).
    """
    found = instrument.cutoff(cutoff, whose, part)
    return found.reached(value) if found else None


def check_days_used(written: str | int, field: str = "days_used_of_28") -> int:
    """Days of drinking or using in the past 28, or `Invalid` naming `field`. A record, not an instrument."""
    days = substance_use.codes().days_used
    text = str(written).strip()
    value = None if "." in text else plain_decimal(text)
    if value is None or not days.minimum <= value <= days.maximum:
        raise Invalid(
            field,
            "Give a whole number of days from {minimum} to {maximum}.",
            minimum=days.minimum,
            maximum=days.maximum,
        )
    return int(value)


def _spelling(instrument: Instrument) -> str:
    if instrument.range is None:
        return ""
    least, most = instrument.range.minimum, instrument.range.maximum
    if instrument.decimals == (0, 0):
        return said("a whole number from {least} to {most}", least=least, most=most)
    few, many = instrument.decimals
    words = later("a number from {least} to {most} with {few} or {many} decimals")
    return said(words, least=least, most=most, few=few, many=many)
