"""The assumptions of the demonstration, from the one file that holds them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Self

from pydantic import model_validator

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Sourced, Text


class Assumption(Sourced):
    """One number, or several by name, with what it means and where it comes from."""

    key: Text
    words: Text
    value: Decimal | None = None
    values: dict[str, Decimal] | None = None

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        if (self.value is None) == (self.values is None):
            raise ValueError("give value or values, one of them")
        return self


class Part(Content):
    """Assumptions about one matter."""

    title: Text
    assumptions: tuple[Assumption, ...]


class Assumptions(Definition):
    """All of them, as the file holds them."""

    parts: tuple[Part, ...]

    def __getitem__(self, key: str) -> Assumption:
        return next(one for part in self.parts for one in part.assumptions if one.key == key)


@cache
def assumptions() -> Assumptions:
    """The file beside this module."""
    return load_one(__package__ or "", "assumptions.toml", Assumptions)


@cache
def number(key: str) -> float:
    """A single number. Chances and latent means are floats; scores drawn from them are whole numbers."""
    return float(assumptions()[key].value or 0)


@cache
def numbers(key: str) -> Mapping[str, float]:
    """Several numbers by name."""
    return MappingProxyType({name: float(value) for name, value in (assumptions()[key].values or {}).items()})
