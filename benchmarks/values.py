"""The distinct values of one caught life, and how each is made again for another person.

A row is a tuple of places in one list of values. Most are constants of the life; the rest are ids drawn for the person,
what is special to them (`Slot`), serial numbers, and what is made of these: text around ids, notes, ledger digests.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from alongside.access import sealing
from alongside.audit import rules


@dataclass(frozen=True, slots=True)
class Constant:
    kind: type  # so that 1, True and Decimal(1) stay three values
    value: Any


@dataclass(frozen=True, slots=True)
class Id:
    """The id drawn at this place."""

    place: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Something about the person or their staff, by its place in `seeder.slots`."""

    place: int


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """How the ledger calls the registration at this place, whose secret is made of the ids at those places."""

    secret: tuple[int, ...]
    registration: int


@dataclass(frozen=True, slots=True)
class Serial:
    """A number that the database counted: so many after the table's last."""

    table: int
    after: int


@dataclass(frozen=True, slots=True)
class Text:
    """Text with ids or slots in it."""

    parts: tuple["Constant | Id | Slot | Pseudonym", ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text, sealed for the row with this id; `column` is the table and the column where those are sealed in, too."""

    text: str
    row: Id
    column: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """The leaf hash of a ledger entry's words."""

    words: Text


Cell = Constant | Id | Slot | Pseudonym | Serial | Text | Sealed | Digest
ORDER = (Constant, Id, Slot, Pseudonym, Serial, Text, Sealed, Digest)  # later kinds are made of earlier ones


def constant(value: Any) -> Constant:
    return Constant(type(value), value)


def joined(parts: Sequence[Cell]) -> Cell:
    return parts[0] if len(parts) == 1 else Text(tuple(parts))


def getter(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """`itemgetter` that answers with a tuple for one place too."""
    if len(places) == 1:
        only = places[0]
        return lambda values: (values[only],)
    return itemgetter(*places)


class Values:
    """Gives every distinct cell a place, and fills the list of values for a person."""

    def __init__(self, cells: Sequence[Cell], ids: int, slots: int) -> None:
        found = dict.fromkeys([*(Id(place) for place in range(ids)), *(Slot(place) for place in range(slots))])
        for cell in cells:
            self._note(cell, found)
        ordered = [cell for kind in ORDER for cell in found if isinstance(cell, kind)]
        self.place = {cell: place for place, cell in enumerate(ordered)}
        self._constants = [cell.value for cell in ordered if isinstance(cell, Constant)]
        self._pseudonyms = [self._named(cell) for cell in ordered if isinstance(cell, Pseudonym)]
        self._serials = [(cell.table, cell.after) for cell in ordered if isinstance(cell, Serial)]
        self._texts = [self._parts(cell) for cell in ordered if isinstance(cell, Text)]
        self._sealed = [(cell.text, cell.column, self.place[cell.row]) for cell in ordered if isinstance(cell, Sealed)]
        self._digests = [self._parts(cell.words) for cell in ordered if isinstance(cell, Digest)]

    def _note(self, cell: Cell, found: dict[Cell, None]) -> None:
        if isinstance(cell, Digest):
            self._note(cell.words, found)
        if isinstance(cell, Text):
            found.update(dict.fromkeys(cell.parts))
        found[cell] = None

    def _parts(self, text: Text) -> Callable[[Sequence[Any]], tuple[str, ...]]:
        return getter([self.place[part] for part in text.parts])

    def _named(self, cell: Pseudonym) -> tuple[Callable[[Sequence[Any]], tuple[str, ...]], int]:
        return getter([self.place[Id(one)] for one in cell.secret]), self.place[Id(cell.registration)]

    def row(self, cells: Sequence[Cell]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
        """What takes a row of these cells out of a filled list."""
        return getter([self.place[cell] for cell in cells])

    def fill(self, ids: Sequence[str], slots: Sequence[Any], last: Sequence[int]) -> list[Any]:
        """The values of one person: their ids, their slots, and each table's last serial number before them."""
        values = [*self._constants, *ids, *slots]
        for secret, registration in self._pseudonyms:
            values.append(rules.pseudonym("".join(secret(values)), values[registration]))
        values += [last[table] + after for table, after in self._serials]
        for parts in self._texts:
            values.append("".join(parts(values)))
        for text, column, row in self._sealed:
            values.append(sealing.seal(text, f"{column} {values[row]}".lstrip()))
        for parts in self._digests:
            values.append(rules.leaf("".join(parts(values))).hex())
        return values
