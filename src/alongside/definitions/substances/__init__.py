"""What people are asked about drinking and using, and what an amount of each is counted in."""

from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Text


class Substance(Content):
    """One substance. `units` are what an average amount on a day of use may be counted in."""

    key: Text
    words: Text
    units: tuple[Text, ...]


class Substances(Definition):
    """The whole list, in the order people are asked."""

    substances: tuple[Substance, ...]


@cache
def definition() -> Substances:
    """The list with its source and whether it was checked."""
    return load_one(__name__, "substances.toml", Substances)


@cache
def substances() -> dict[str, Substance]:
    """Substances by key, in the order people are asked."""
    return {substance.key: substance for substance in definition().substances}
