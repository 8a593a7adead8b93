"""What a profile is worth: a number by the value set of a country, where an organisation has brought one.

1 is full health and 0 as bad as being dead. It is looked up and never kept: the profile is the record, and a set may
come, go or be put right.
"""

from decimal import Decimal
from typing import NamedTuple

from alongside.definitions.instruments import UK, Instrument
from alongside.definitions.value_sets import value_set


class Index(NamedTuple):
    """The value of a profile, the name of the set that gives it, and whether anybody compared the set's figures."""

    value: Decimal
    by: str
    verified: bool


def index(instrument: Instrument, profile: str | None, jurisdiction: str = UK) -> Index | None:
    """What `profile` is worth by the value set that is used in `jurisdiction`; None where there is no such set, and for
    a profile that is none."""
    found = value_set(instrument.key, jurisdiction)
    value = found.values.get(profile) if found and profile else None
    return Index(value, found.name, found.verified) if found and value is not None else None
