"""What somebody drinks or uses, in words: `12 units on a drinking day, 20 days of 28: about 60 units a week`."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.definitions import substances
from alongside.kernel.numbers import half_up
from alongside.referral import rules
from alongside.referral.rules import Use
from alongside.web.languages import once

# (what it is, millilitres, percent): the drinks that people count in.
DRINKS = (
    (gettext_noop("a pint of 4 % beer"), 568, 4),
    (gettext_noop("a 175 ml glass of 13 % wine"), 175, 13),
    (gettext_noop("a 25 ml measure of spirits"), 25, 40),
)


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
    examples = [f"{_(words)} {half_up(rules.units(ml, Decimal(percent)), 1)}" for words, ml, percent in DRINKS]
    return _("For alcohol, in units: %(drinks)s.") % {"drinks": ", ".join(examples)}


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
    weekly = half_up(rules.units_a_week(use.amount, use.days_of_28))
    return _("about %(units)s units a week") % {"units": weekly}
