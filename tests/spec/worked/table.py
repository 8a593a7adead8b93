"""One table of worked cases: what a test is parametrized by, and what the page of worked cases prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import pytest

NUMBER, WHY = "case", "why"


@dataclass(frozen=True)
class Table:
    """`head` names the columns: the first is the number of the case, the last may say why; those between are what a
    test is given, by these names. A row without a number of its own is a boundary that the numbered ones leave open."""

    title: str
    words: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        short = [row for row in self.rows if len(row) != len(self.head)]
        if short:
            raise ValueError(f"{self.title}: a row has another number of columns than the head: {short[0]}")

    @property
    def given(self) -> slice:
        return slice(1, -1 if self.head[-1] == WHY else None)

    @property
    def each(self) -> pytest.MarkDecorator:
        """Parametrizes a test by every row, named by its number."""
        return pytest.mark.parametrize(
            self.head[self.given], [pytest.param(*row[self.given], id=row[0]) for row in self.rows]
        )

    def column(self, name: str) -> list[Any]:
        return [row[self.head.index(name)] for row in self.rows]

    def cells(self) -> list[tuple[str, ...]]:
        """The rows as words, the number first; why is left empty where nobody said."""
        given = [row[:-1] if self.head[-1] == WHY else row for row in self.rows]
        return [(*map(said, known), *row[len(known) :]) for known, row in zip(given, self.rows, strict=True)]


def said(value: Any) -> str:
    """One value as a reader would write it; what is not known or not given is “–”."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return said(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return said([f"{name} {each}" for name, each in value.items()])
    if isinstance(value, str) or not isinstance(value, Iterable):
        return f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ")
    return "; ".join(_together(one) for one in (sorted(value) if isinstance(value, set) else value)) or "none"


def _together(one: Any) -> str:
    return " ".join(map(said, one)) if isinstance(one, tuple) else said(one)
