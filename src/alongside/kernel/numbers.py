"""Exact numbers: `Decimal`, rounded half up, once, and only for display.

Python's `round` takes ties to the even digit; published NHS figures take them up. Three exact ties in the national
tables (51.25, 46.25, 6.25) come out wrong with `round`.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

Number = int | Decimal | Fraction | float


def exact(value: Number) -> Decimal:
    """The value as a Decimal; a float by its shortest decimal spelling, a fraction to 28 places."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def half_up(value: Number, places: int = 0) -> Decimal:
    """Round half up to `places` decimals: 10.125 is 10.13 and 2.5 is 3."""
    if isinstance(value, Fraction):
        return _half_up_fraction(value, places)
    return exact(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _half_up_fraction(value: Fraction, places: int) -> Decimal:
    # A fraction such as 1/3 has no exact Decimal, so the tie is decided on whole numbers.
    scaled = abs(value) * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(rounded if value >= 0 else -rounded).scaleb(-places)


def quotient(numerator: int, denominator: int, places: int = 6) -> Decimal:
    """The quotient of two whole numbers, exact where it ends within `places` decimals, else half up at the last."""
    if numerator % denominator == 0:
        return Decimal(numerator // denominator)
    return _half_up_fraction(Fraction(numerator, denominator), places).normalize()


def percent(numerator: int, denominator: int, places: int = 1) -> Decimal | None:
    """`numerator` as a percentage of `denominator`, half up; None where nothing is counted."""
    if denominator == 0:
        return None
    return half_up(Fraction(100 * numerator, denominator), places)


def plain_decimal(text: str) -> Decimal | None:
    """A number as people write it in a form (`14`, `2.3`), or None: no sign, exponent, blank or leading zero."""
    whole, _, part = text.partition(".")
    digits = whole + part
    if not digits.isascii() or not digits.isdigit() or text.endswith("."):
        return None
    if not whole or (len(whole) > 1 and whole.startswith("0")):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the checks above leave only digits and one point
        return None
