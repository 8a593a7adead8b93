"""One question: what may be answered, and what an answer counts for."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from alongside.definitions.instruments.model.figures import Code, Skip
from alongside.definitions.provenance import Content, Sourced, Text


class ItemGroup(Content):
    """What a definition file says of the items `numbers`, where it differs from the rest.

    `answers` lists what may be given; `between` gives the least and greatest whole number instead, or with
    `decimals` a number of so many digits after the point. `not_applicable` is an answer that counts for nothing and
    lowers the greatest score. An item that is not `scored` is asked and kept; one that is `needed` has to be answered
    even where others may be missing.
    """

    numbers: tuple[int, ...] = Field(min_length=1)
    answers: tuple[int, ...] | None = None
    between: tuple[int, int] | None = None
    decimals: int = Field(default=0, ge=0, le=2)
    reverse: bool = False
    scored: bool = True
    needed: bool = False
    not_applicable: int | None = None
    skip: Skip | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.answers and self.between:
            raise ValueError("give answers or between, not both")
        if self.decimals and (self.scored or not self.between):
            raise ValueError("only an unscored number between two others may have decimals")
        return self


class ItemCodes(Sourced):
    """Codes of the questions in their order, from one source; empty where a question has none."""

    system: Literal["snomed", "loinc"]
    codes: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_digits(self) -> Self:
        for code in filter(None, self.codes):
            Code(system=self.system, code=code, source=self.source, verified=self.verified)
        return self


class Item(Content):
    """One question, numbered from 1. `key` is its column and its link id: `item1` unless it has its own.

    `printed` is its number on the form, and `label` what a page calls it where that number says too little: words of
    our own, because its own words are not ours to show.
    """

    number: int
    key: Text
    printed: Text
    label: str = ""
    values: tuple[int, ...]
    between: tuple[int, int] | None = None
    decimals: int = 0
    reverse: bool = False
    scored: bool = True
    needed: bool = False
    not_applicable: int | None = None
    skip: Skip | None = None
    yes_no: bool = False  # 1 is yes and 0 is no
    codes: tuple[Code, ...] = ()

    @property
    def has_numbers(self) -> bool:
        """Whether any number between two others is an answer, rather than one of a few."""
        return self.between is not None

    @cached_property
    def counting(self) -> tuple[int, ...]:
        """The answers that count: all but “not applicable”."""
        return tuple(value for value in self.values if value != self.not_applicable)

    @property
    def least(self) -> int:
        return min(self.counting)

    @property
    def most(self) -> int:
        return max(self.counting)

    def points(self, value: int) -> int:
        """What an allowed answer scores: itself, its mirror image where the item is reversed, nought where it does
        not apply."""
        if value == self.not_applicable:
            return 0
        return self.least + self.most - value if self.reverse else value
