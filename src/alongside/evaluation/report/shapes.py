"""What the page is made of: tables, steps, questions and pictures, all of them words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption, headings and rows whose first cell heads the row."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow: `depth` says under which it hangs."""

    words: str
    count: str
    depth: int


@dataclass(frozen=True, slots=True)
class Question:
    """One measure as a question with its figure, and what to know before quoting it."""

    id: str
    asks: str
    figure: str
    title: str
    definition: str
    why: str
    cannot_say: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as an image address, what it shows in words, and the same figures as a table."""

    title: str
    address: str
    alternative: str
    grid: Grid
