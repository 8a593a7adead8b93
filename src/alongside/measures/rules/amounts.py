"""An amount on one day: how it is spelt, and above what a form asks whether it is right.

Nothing that could be true is refused. Whoever says that an unusual amount is right is believed.
"""

from decimal import Decimal

from alongside.definitions import substances
from alongside.kernel.errors import Invalid
from alongside.kernel.numbers import half_up, plain_decimal

MOST = 9999  # in any unit: what can be kept


def check_amount(field: str, written: str | int | Decimal) -> Decimal:
    """An amount as it was written, to two decimals at most. Raises `Invalid` naming `field`."""
    value = plain_decimal(str(written).strip())
    if value is None or value > MOST or value != half_up(value, 2):
        raise Invalid(field, "Give the amount as a number from 0 to {most}, such as 4 or 2.5.", most=MOST)
    return value


def check_fits(field: str, amount: Decimal, days: int) -> None:
    """Raises `Invalid` naming `field` where an amount on a day of use and the days of use contradict each other."""
    if amount and not days:
        raise Invalid(field, "An amount on no day of use contradicts itself. Take it out, or put the days right.")
    if days and not amount:
        raise Invalid(field, "0 on a day of use contradicts itself. Leave it empty if nobody knows it.")


def is_unusual(substance: str, unit: str, amount: Decimal) -> bool:
    """Whether an amount on one day is more than the definition takes without asking; never for a unit it lacks."""
    ceiling = substances.definition().asks_again.above.get(substance, {}).get(unit)
    return ceiling is not None and amount > ceiling
