"""What people are asked about drinking and using, and what an amount of each is counted in."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from alongside.definitions.faults import Misplaced
from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Sourced, Text


class Substance(Content):
    """One substance. `units` are what an average amount on a day of use may be counted in, `profile_unit` the one of
    them in which the outcome profiles count it; none where they ask for days only, or do not ask."""

    key: Text
    words: Text
    units: tuple[Text, ...]
    profile_unit: Text | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if self.profile_unit not in (None, *self.units):
            raise ValueError(f"{self.profile_unit} is not one of the units of {self.key}")
        return self


class AskAgain(Sourced):
    """The greatest amount on one day that is taken without asking whether it is right, by substance and unit."""

    above: dict[Text, dict[Text, Annotated[Decimal, Field(gt=0)]]]


class Substances(Definition):
    """The whole list, in the order people are asked."""

    substances: tuple[Substance, ...]
    asks_again: AskAgain

    @model_validator(mode="after")
    def _asks_of_every_unit(self) -> Self:
        """A unit without its ceiling would take any slip of the pen."""
        above = self.asks_again.above
        for key in above.keys() | {one.key for one in self.substances}:
            units = {unit for one in self.substances if one.key == key for unit in one.units}
            if units != above.get(key, {}).keys():
                raise Misplaced(("asks_again", "above", key), f"give one amount for each of its units of {key}")
        return self


@cache
def definition() -> Substances:
    """The list with its source and whether it was checked."""
    return load_one(__name__, "substances.toml", Substances)


@cache
def substances() -> dict[str, Substance]:
    """Substances by key, in the order people are asked."""
    return {substance.key: substance for substance in definition().substances}
