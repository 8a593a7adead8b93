"""What a unit is, where drinking starts to matter, what may be said then, and typical drinks: data with sources."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Jurisdiction, Sourced, Text

Some = Annotated[Decimal, Field(gt=0)]
NotBelowNought = Annotated[Decimal, Field(ge=0)]


class Unit(Sourced):
    """One unit of alcohol: so much pure ethanol."""

    millilitres: Some
    grams: Some


class StandardDrink(Sourced):
    """The United States' drink, in grams of pure ethanol."""

    grams: Some


class Level(Sourced):
    """How many units a week are a level of drinking, for a sex or for everybody, in a jurisdiction."""

    key: Text
    words: Text
    jurisdiction: Jurisdiction
    sex: Literal["female", "male"] | None = None
    more_than_a_week: NotBelowNought


class Sign(Sourced):
    """One sign that somebody may be dependent: a figure reached, or something that happened before."""

    key: Text
    about: Literal["units_a_day", "units_on_most_days", "audit", "sadq", "seizures", "delirium"]
    words: Text
    more_than: NotBelowNought | None = None
    at_least: NotBelowNought | None = None

    def shown_by(self, value: Decimal | Fraction) -> bool:
        if self.more_than is not None:
            return value > self.more_than
        return value >= (self.at_least or 1)


class Kept(Sourced):
    """For how many days a sign is kept although less was said since."""

    days: int = Field(gt=0)


class Caution(Sourced):
    """What staff and the person read where somebody may be dependent. The signs of an emergency end with whom to ring,
    and so there are two of them."""

    title: Text
    words: Text
    signs: Text
    signs_us: Text

    def signs_in(self, jurisdiction: str) -> str:
        return self.signs_us if jurisdiction == "us" else self.signs


class Advice(Sourced):
    """A suggestion for scores of one instrument in a jurisdiction, both ends included."""

    key: Text
    jurisdiction: Jurisdiction
    instrument: Text
    from_: Decimal = Field(alias="from")
    to: Decimal
    words: Text

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if self.to < self.from_:
            raise ValueError(f"it begins at {self.from_} and ends at {self.to}")
        return self


class Drink(Content):
    """A usual drink: its volume, and its strength in per cent where nobody reads the label."""

    key: Text
    words: Text
    picture: Text
    millilitres: Some
    strength: Decimal = Field(gt=0, le=100)


class Alcohol(Definition):
    """Everything of one file."""

    unit: Unit
    standard_drink: StandardDrink
    levels: tuple[Level, ...]
    dependence: tuple[Sign, ...]
    kept: Kept
    warning: Caution
    advice: tuple[Advice, ...]
    drinks: tuple[Drink, ...]


@cache
def alcohol() -> Alcohol:
    """The figures and words, each with its source and whether anybody has checked it."""
    return load_one(__name__, "alcohol.toml", Alcohol)
