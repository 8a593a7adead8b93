"""Questionnaires as data: what may be answered, how it is scored, and what the score means.

A definition is ours; the words of the questions belong to their owners and are kept apart in `definitions.texts`.
Where a licence keeps them out, an instrument works by numbered question or by total all the same.
"""

from functools import cache

from alongside.definitions.instruments.model import (
    UK,
    Band,
    Banding,
    Code,
    Cutoff,
    Flag,
    Instrument,
    Item,
    Label,
    Missing,
    Part,
    ReliableChange,
    ScoreRange,
    Skip,
    TextLicence,
    Whose,
    YesNo,
)
from alongside.definitions.loader import load_all
from alongside.kernel.errors import Invalid

__all__ = [
    "UK",
    "Band",
    "Banding",
    "Code",
    "Cutoff",
    "Flag",
    "Instrument",
    "Item",
    "Label",
    "Missing",
    "Part",
    "ReliableChange",
    "ScoreRange",
    "Skip",
    "TextLicence",
    "Whose",
    "YesNo",
    "instrument",
    "instruments",
]


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every instrument we ship, in the order of their keys."""
    return tuple(sorted(load_all(__name__, Instrument), key=lambda found: found.key))


@cache
def _by_key() -> dict[str, Instrument]:
    return {found.key: found for found in instruments()}


def instrument(key: str) -> Instrument:
    """The instrument called `key`, such as `phq9`. Raises `Invalid("instrument", …)` with the known keys."""
    try:
        return _by_key()[key]
    except KeyError:
        raise Invalid(
            "instrument", "We do not know “{key}”. Known: {known}.", key=key, known=", ".join(_by_key())
        ) from None
