"""The shape of an instrument definition, and what makes one consistent."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from alongside.definitions.provenance import Content, Definition, Sourced, Text


class Answer(Content):
    """One allowed answer: the number it scores and, where the licence allows, its words."""

    value: int
    text: Text | None = None


class Item(Content):
    """One question. `answers` are all that may be given; `reverse` scores the other way round."""

    answers: tuple[Answer, ...] = Field(min_length=1)
    text: Text | None = None
    reverse: bool = False

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(answer.value for answer in self.answers)

    def points(self, value: int) -> int:
        """What an allowed answer scores: itself, or its mirror image where the item is reversed."""
        return min(self.values) + max(self.values) - value if self.reverse else value


class ScoreRange(Sourced):
    """The least and greatest score, and how a score is written: digits after the point, (fewest, most)."""

    minimum: Decimal
    maximum: Decimal
    decimals: tuple[int, int] = (0, 0)

    def __contains__(self, score: Decimal) -> bool:
        return self.minimum <= score <= self.maximum


class Band(Sourced):
    """A severity band, both ends included. `key` is for machines; screens choose their own words for it."""

    key: Text
    minimum: Decimal
    maximum: Decimal


class Cutoff(Sourced):
    """Where a score starts to count: at `value` (`>=`) or only above it (`>`)."""

    value: Decimal
    operator: Literal[">=", ">"]

    def reached(self, score: Decimal) -> bool:
        return score >= self.value if self.operator == ">=" else score > self.value


class ReliableChange(Sourced):
    """The least change that is more than measurement error. A change of exactly `value` is reliable."""

    value: Decimal


class Flag(Sourced):
    """An answer that opens a conversation whatever the total: item `item` scored `at_least` or more."""

    key: Text
    item: int
    at_least: int


class Code(Sourced):
    """The code of this score in a terminology such as `snomed` or `loinc`."""

    system: Text
    code: Text


class Instrument(Definition):
    """A questionnaire: items, range, bands and cut-offs, each with its source.

    `items` is empty where only totals are entered; `item_count` is then how many the paper form has.
    `caseness` and `reliable_change` are the national outcome rules' figures, None where nobody could source
    one: no outcome may then be claimed from it. `screen` is a screening cut-off that decides no outcome.
    """

    _DECIDES: ClassVar = ("range", "caseness", "screen", "reliable_change")

    domain: Text
    text_licence: Text
    higher_is_worse: bool
    rule: Literal["sum", "mean"]
    range: ScoreRange
    item_count: int | None = Field(default=None, gt=0)
    answer: tuple[Answer, ...] = ()
    items: tuple[Item, ...] = ()
    bands: tuple[Band, ...] = ()
    caseness: Cutoff | None = None
    screen: Cutoff | None = None
    reliable_change: ReliableChange | None = None
    flags: tuple[Flag, ...] = ()
    codes: tuple[Code, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _share_answers(cls, content: object) -> object:
        # `answer` at the top is what every item without answers of its own may be given.
        if isinstance(content, dict) and isinstance(content.get("items"), list):
            shared = content.get("answer", [])
            content = content | {"items": [{"answers": shared} | item for item in content["items"]]}
        return content

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.items:
            self._check_sum_reaches_range()
        if self.items and self.item_count != len(self.items):
            raise ValueError(f"item_count is {self.item_count} but there are {len(self.items)} items")
        self._check_bands()
        for cutoff in (self.caseness, self.screen):
            if cutoff and cutoff.value not in self.range:
                raise ValueError("a cut-off lies outside the range")
        if self.verified and any(name in self.unverified for name in self._DECIDES):
            raise ValueError("verified, though a figure that decides outcomes is not")
        if any(not 1 <= flag.item <= len(self.items) for flag in self.flags):
            raise ValueError("a flag names an item that is not there")
        return self

    def _check_sum_reaches_range(self) -> None:
        if self.rule != "sum":
            raise ValueError("rule: only sums are scored from items; a mean is entered as a total")
        least = sum(min(item.values) for item in self.items)
        most = sum(max(item.values) for item in self.items)
        if self.range.minimum != least or self.range.maximum != most:
            raise ValueError(f"range: the items sum to {least}-{most}")

    def _check_bands(self) -> None:
        expected = self.range.minimum
        for band in self.bands:
            if band.minimum != expected or band.maximum < band.minimum:
                raise ValueError(f"band {band.key} starts at {band.minimum}, not {expected}")
            expected = band.maximum + 1
        if self.bands and expected != self.range.maximum + 1:
            raise ValueError("the bands stop short of the range")

    @property
    def by_items(self) -> bool:
        """Whether it can be scored from its answers; otherwise its total is entered."""
        return bool(self.items)

    @property
    def item_columns(self) -> tuple[str, ...]:
        """What the answers are called in forms and tables: `item1`, `item2`, …"""
        return tuple(f"item{number}" for number in range(1, len(self.items) + 1))

    @property
    def item_text(self) -> tuple[str, ...] | None:
        """The questions' words, or None where their licence keeps them out or none were given."""
        texts = tuple(item.text for item in self.items if item.text)
        return texts if texts and len(texts) == len(self.items) else None

    @property
    def decimals(self) -> tuple[int, int]:
        """Fewest and most digits after the point in a total."""
        return self.range.decimals

    @property
    def unverified(self) -> tuple[str, ...]:
        """Which of its figures nobody has checked against a primary source, by name."""
        figures: list[tuple[str, Sourced | None]] = [
            ("range", self.range),
            ("caseness", self.caseness),
            ("screen", self.screen),
            ("reliable_change", self.reliable_change),
            *((f"band {band.key}", band) for band in self.bands),
            *((f"flag {flag.key}", flag) for flag in self.flags),
        ]
        return tuple(name for name, figure in figures if figure and not figure.verified)
