"""The shape of a value set, and what makes one whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Annotated, Self

from pydantic import Field, model_validator

from alongside.definitions.faults import Misplaced
from alongside.definitions.instruments import Instrument, Item, instrument
from alongside.definitions.provenance import Checked, Content, Jurisdiction, Text
from alongside.kernel.errors import Invalid

DECIMALS = 6  # digits after the point: no published set is finer, and tables keep as many
FULL_HEALTH = Decimal(1)  # the scale's own top; 0 is as bad as being dead, and below it is worse

Off = Annotated[Decimal, Field(ge=0, decimal_places=DECIMALS)]


def dimensions(measure: Instrument) -> tuple[Item, ...]:
    """The questions whose levels make the profile."""
    return tuple(item for item in measure.items if item.scored)


def profiles(measure: Instrument) -> tuple[str, ...]:
    """Every profile there can be, the last dimension changing quickest: 11111, 11112, … 55555."""
    levels = (map(str, item.counting) for item in dimensions(measure))
    return tuple(map("".join, product(*levels)))


class Decrements(Content):
    """What each level below the best takes off in one dimension, the mildest first."""

    item: Text
    levels: tuple[Off, ...]


class SetFile(Checked):
    """A value set as its file says it: either a `table` of every profile beside it, or `decrements` from full health.

    `any_problem` is taken off once where any dimension is below its best. `verified` is true only where the figures
    were compared with the owner's own publication.
    """

    instrument: Text
    name: Text
    country: Text
    year: int = Field(ge=1980, le=2100)
    jurisdiction: Jurisdiction
    licence: Text
    table: Text | None = None
    any_problem: Off = Decimal(0)
    decrements: tuple[Decrements, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        measure = self._measure()
        if bool(self.table) == bool(self.decrements):
            raise ValueError("give a table or decrements, and not both")
        if self.table and self.any_problem:
            raise Misplaced(("any_problem",), "any_problem belongs to decrements")
        if self.table and ("/" in self.table or "\\" in self.table):
            raise Misplaced(("table",), "the table lies beside the file: give its name alone")
        if self.decrements:
            self._check_decrements(measure)
        return self

    def _measure(self) -> Instrument:
        try:
            measure = instrument(self.instrument)
        except Invalid as unknown:
            raise Misplaced(("instrument",), unknown.message) from unknown
        if measure.rule != "profile":
            raise Misplaced(("instrument",), f"{measure.name} has no profile: a value set is no use to it")
        return measure

    def _check_decrements(self, measure: Instrument) -> None:
        levels = {item.key: len(item.counting) - 1 for item in dimensions(measure)}
        seen: set[str] = set()
        for place, one in enumerate(self.decrements):
            if one.item not in levels:
                raise Misplaced(("decrements", place, "item"), f"{measure.name} has no dimension {one.item}")
            if one.item in seen:
                raise Misplaced(("decrements", place, "item"), f"{one.item} is there twice")
            if len(one.levels) != levels[one.item]:
                found = f"{one.item} has {levels[one.item]} levels below the best, and here are {len(one.levels)}"
                raise Misplaced(("decrements", place, "levels"), found)
            seen.add(one.item)
        if left := [key for key in levels if key not in seen]:
            raise Misplaced(("decrements", len(self.decrements) - 1), f"there are no decrements of {left[0]}")

    def by_decrements(self) -> dict[str, Decimal]:
        """Every profile with its value: full health without what each level takes off."""
        measure = instrument(self.instrument)
        off = {one.item: (Decimal(0), *one.levels) for one in self.decrements}
        each = [off[item.key] for item in dimensions(measure)]
        sums = (FULL_HEALTH - sum(taken) for taken in product(*each))
        found = dict(zip(profiles(measure), sums, strict=True))
        best = next(iter(found))
        return {profile: value - (self.any_problem if profile != best else 0) for profile, value in found.items()}


@dataclass(frozen=True, slots=True, eq=False)
class ValueSet:
    """A value set ready for use: the value of every profile, with whose it is and whether anybody compared it."""

    instrument: str
    jurisdiction: str
    name: str
    source: str
    verified: bool
    values: Mapping[str, Decimal]


def valued(said: SetFile, values: Mapping[str, Decimal]) -> ValueSet:
    """The set that a file describes, with its values."""
    return ValueSet(said.instrument, said.jurisdiction, said.name, said.source, said.verified, values)
