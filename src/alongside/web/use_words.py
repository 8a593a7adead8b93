"""What somebody drinks or uses, in words: `12 units on a drinking day, 20 days of 28: about 60 units a week`."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.definitions import substances
from alongside.definitions.alcohol import alcohol
from alongside.kernel.numbers import half_up
from alongside.outcomes.rules import drinking_from_days, units
from alongside.referral.rules import Use
from alongside.web.languages import once

# The drinks that people count in, by their key in `definitions.alcohol`.
DRINKS = ("pint_ordinary", "glass_wine", "single_spirit")


def said(use: Use) -> str:
    """The recorded use in one line; empty where nothing was recorded."""
    if not use.substance:
        return ""
    parts = [part for part in (_amount(use), _days(use)) if part]
    line = substance_words(use.substance) + ": " + (", ".join(parts) or _("amount not recorded"))
    weekly = _weekly(use)
    return f"{line} ({weekly})" if weekly else line


@once
def substance_words(key: str) -> str:
    found = substances.substances().get(key)
    return _(found.words) if found else key


def unit_words(unit: str) -> str:
    return _(unit) if unit else ""


def units_of_drinks() -> str:
    """The hint under an amount: what a unit is, by common drinks, from the arithmetic that the record uses."""
    known = {one.key: one for one in alcohol().drinks}
    usual = [known[key] for key in DRINKS]
    examples = [f"{_(one.words).lower()} {half_up(units(one.millilitres, one.strength), 1)}" for one in usual]
    return _("For alcohol, in units: %(drinks)s.") % {"drinks": ", ".join(examples)}


def days_said(days: Decimal, amount: Decimal | None, unit: str) -> str:
    """Days of use in 28, with what was used on each where it is known: `12 of 28 days, about 6 units on each`."""
    said = _("%(days)s of 28 days") % {"days": plain(half_up(days, 2))}
    if amount is None:
        return said
    return _("%(days)s, about %(amount)s %(unit)s on each") % {
        "days": said,
        "amount": plain(half_up(amount, 2)),
        "unit": _(unit),
    }


def plain(amount: Decimal) -> str:
    """`12` for 12.00, `2.5` for 2.50: a stored amount as people write it."""
    return f"{amount.normalize():f}"


def _amount(use: Use) -> str:
    if use.amount is None:
        return ""
    day = _("on a drinking day") if use.substance == "alcohol" else _("on a day of use")
    return " ".join(part for part in (plain(use.amount), unit_words(use.unit), day) if part)


def _days(use: Use) -> str:
    if use.days_of_28 is None:
        return ""
    return ngettext("%(days)d day of the last 28", "%(days)d days of the last 28", use.days_of_28) % {
        "days": use.days_of_28
    }


def _weekly(use: Use) -> str:
    if use.unit != "units" or use.amount is None or use.days_of_28 is None:
        return ""
    weekly = half_up(drinking_from_days(use.days_of_28, use.amount).a_week)
    return _("about %(units)s units a week") % {"units": weekly}
