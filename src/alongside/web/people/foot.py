"""What happened, at the foot of the chart: marks in a row, and below it numbered ones that a list explains. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from alongside.web.people.axis import LEFT, Axis

NUMBERED = ("plus", "square")
HIGH = 34  # a row of numbered marks: as high as a number on a telephone
BESIDE = 52  # how wide a mark is with its number, which finds room beside the last day, too (`axis.RIGHT`)
LONG_BEFORE = timedelta(weeks=26)  # what happened so long before anything else would squeeze all the rest


@dataclass(frozen=True, slots=True)
class Happened:
    """Something at the foot of the chart: `shape` is one of triangle, diamond, circle, cross; or, with a number beside
    it, plus or square. `about` is what a list under the chart explains the number by."""

    on: date
    shape: str
    words: str
    own: bool = True
    about: Any = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A mark with its number to the right of it."""

    x: Decimal
    y: int
    label: str
    shape: str
    own: bool
    number: int
    about: Any


def in_time(events: Iterable[Happened], measured: date) -> tuple[list[Happened], list[Happened], int]:
    """Marks without a number, those with one that are not long before all else, and how many are left out."""
    happened = list(events)
    marks = [one for one in happened if one.shape not in NUMBERED]
    numbered = [one for one in reversed(happened) if one.shape in NUMBERED]  # of one day, what was told first
    begins = min([measured, *(one.on for one in marks)]) - LONG_BEFORE
    kept = [one for one in numbered if one.on >= begins]
    return marks, kept, len(numbered) - len(kept)


def rows(happened: Sequence[Happened], axis: Axis, top: int) -> tuple[tuple[Numbered, ...], int]:
    """Numbered marks, the oldest first, and where they end: each in the first row in which it covers no other."""
    found: list[Numbered] = []
    taken: list[Decimal] = []  # how far each row reaches
    for number, one in enumerate(sorted(happened, key=lambda one: one.on), 1):
        x = axis.x(one.on).quantize(Decimal("0.1"))
        row = next((at for at, ends in enumerate(taken) if ends <= x - LEFT), len(taken))
        taken[row : row + 1] = [x + BESIDE]
        found.append(Numbered(x, top + row * HIGH + HIGH // 2, one.words, one.shape, one.own, number, one.about))
    return tuple(found), top + len(taken) * HIGH
