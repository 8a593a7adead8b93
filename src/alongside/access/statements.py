"""Reading a list through access with a written-out SELECT: for pages that show hundreds of rows.

Django takes longer to compose such a statement and to make its rows than the database takes to answer it. The
predicate is the very same, each row that leaves is noted like any other, and both databases read the same words.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import BooleanField, F
from django.db.models.expressions import Expression

from alongside.access import predicate
from alongside.access.context import Access
from alongside.kernel import clock

Made = TypeVar("Made")
LONG = 50  # values that still go one by one
_LISTED = re.compile(r"(NOT )?IN \(%\((\w+)\)s\)")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PLACES = Decimal("0.000001")  # the most that a decimal of the record has: a mean kept to two would cross a cut-off


class Statement:
    """A SELECT over tables of records, and what its columns are called and hold, in their order.

    `{visible:t}` in the words stands for "the reader may see the row that is called t here"; `%(name)s` for the values
    that are given by that name (as many as there are; several are asked for by `IN (%(name)s)` alone), or for
    what the reader brings, such as `now`, which nobody else can give. Columns hold str, int, bool, Decimal, date or
    datetime.
    """

    def __init__(self, words: str, /, **columns: type) -> None:
        if "{visible:" not in words:
            raise ValueError("A statement about records says which rows must be visible to the reader.")
        self.asked = words
        self.words = words.format(visible=_Visible(1))
        self.columns = tuple(columns)
        self._row = namedtuple("Row", columns)._make
        self._kinds = tuple(columns.values())

    def for_readers(self, count: int) -> str:
        """The SELECT for so many at one screen: each row that is called visible is so to every one of them."""
        return self.words if count == 1 else self.asked.format(visible=_Visible(count))

    def rows(self, access: Access, values: dict[str, Iterable[Any]]) -> list[Any]:
        """What it finds for this reader, as tuples with the columns' names."""
        return self.made(_fetched(self.for_readers(len(access.each)), access, values))

    def made(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """What the database answered, as tuples with the columns' names."""
        return list(map(self._row, self._read(found)))

    def padded(self, place: int, beside: Sequence["Statement"], readers: int) -> str:
        """Its words as one of several that are asked together: its place among them first, then everybody's columns,
        of which only its own hold anything."""
        columns = [
            f"p.{name}" if one is self else f"CAST(NULL AS {_KEPT_AS[kind]})"
            for one in beside
            for name, kind in zip(one.columns, one._kinds, strict=True)
        ]
        return f"SELECT {place} AS place, {', '.join(columns)} FROM ({self.for_readers(readers)}) p"  # noqa: S608 - rooms' own words

    def _read(self, found: Sequence[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        if connection.vendor != "sqlite":
            return found
        columns: list[Iterable[Any]] = list(zip(*found, strict=True))
        for at, kind in enumerate(self._kinds if columns else ()):
            if read := _READERS.get(kind):
                columns[at] = [None if value is None else read(value) for value in columns[at]]
        return zip(*columns, strict=True)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Made]):
    """A list that a room would read for somebody, and what it makes of the rows, which come in no order. Nothing of it
    was read yet: a page that shows several rooms' lists asks for them in one trip (`access.queries.read_together`)."""

    access: Access
    statement: Statement
    values: dict[str, Sequence[Any]]
    make: Callable[[list[Any]], Made]


def together(listings: Sequence[Listing[Any]]) -> list[list[Any]]:
    """The rows of each listing, in their order, by one statement. Each room's words are its own and stay as they are:
    they name its own tables alone, and each asks which of their rows the reader may see.

    Raises `ValueError` where the listings are not one reader's, or mean two things by one name.
    """
    [access, *others] = {id(one.access): one.access for one in listings}.values()
    if others:
        raise ValueError("What is read together is read for one reader.")
    asked = [one.statement for one in listings]
    if len(set(asked)) < len(asked):
        raise ValueError("A list is read once on a page.")
    readers = len(access.each)
    words = " UNION ALL ".join(one.padded(place, asked, readers) for place, one in enumerate(asked))
    found = _fetched(words, access, _shared(listings))
    rows, begins = [], 1
    for place, one in enumerate(asked):
        ends = begins + len(one.columns)
        rows.append(one.made([row[begins:ends] for row in found if row[0] == place]))
        begins = ends
    return rows


def _shared(listings: Iterable[Listing[Any]]) -> dict[str, Sequence[Any]]:
    values: dict[str, Sequence[Any]] = {}
    for one in listings:
        for name, some in one.values.items():
            if list(values.setdefault(name, some)) != list(some):
                raise ValueError(f"Two lists that are read together mean two things by {name!r}.")
    return values


def _fetched(words: str, access: Access, values: dict[str, Any]) -> list[Any]:
    now = clock.now()
    brought = predicate.brought(access, now)
    for place, one in enumerate(access.present[1:], 1):
        brought |= {_of(place, name): some for name, some in predicate.brought(one, now).items()}
    if taken := brought.keys() & values.keys():
        raise ValueError(f"What the reader brings is not for others to give: {', '.join(sorted(taken))}.")
    # Nothing is among none: not even what is empty, as a holder is until there is one.
    given = {name: [_given(one) for one in some] or [None] for name, some in values.items()}
    long = frozenset(name for name, some in given.items() if len(some) > LONG and connection.vendor == "postgresql")
    arrays = {name: [array(given[name]) if _are_texts(given[name]) else given[name]] for name in long}
    asked = predicate.positional(_with_arrays(words, long), brought | given | arrays)
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        return list(cursor.fetchall())


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


@lru_cache(maxsize=512)
def _with_arrays(words: str, names: frozenset[str]) -> str:
    """The words with each of these lists as one array: PostgreSQL's driver takes longer to set a thousand values into
    a statement than the database to look them up."""

    def array(found: re.Match[str]) -> str:
        none, name = found.groups()
        if name not in names:
            return found[0]
        return f"<> ALL (%({name})s)" if none else f"= ANY (%({name})s)"

    return _LISTED.sub(array, words)


def array(texts: Iterable[str]) -> str:
    """These texts as PostgreSQL spells an array of them. Its driver spells two thousand in as many steps, which takes
    as long as looking them up."""
    return "{" + ",".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in texts) + "}"


class Among(Expression):
    """That a column holds one of these texts, of which there may be thousands, as a Django condition."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, name: str, texts: Iterable[str]):
        super().__init__()
        self.column, self.texts = F(name), list(texts)

    def get_source_expressions(self):
        return [self.column]

    def set_source_expressions(self, expressions):
        [self.column] = expressions

    def as_sql(self, compiler, connection):
        column, _ = compiler.compile(self.column)
        if connection.vendor == "postgresql":
            return f"{column} = ANY (%s)", [array(self.texts)]
        return f"{column} IN ({', '.join(['%s'] * len(self.texts))})", self.texts


def _of(place: int, name: str) -> str:
    """What the reader at this place brings by a name, among several at one screen; the first's has no number."""
    return f"{name}_{place}" if place else name


def _numbered(condition: str, place: int) -> str:
    """The predicate with placeholders for what the reader at this place brings."""
    return _PLACEHOLDER.sub(lambda found: f"%({_of(place, found[1])})s", condition)


class _Visible:
    """What `{visible:t}` becomes: the predicate over the columns of `t` for so many readers, without rows that were put
    right."""

    def __init__(self, readers: int) -> None:
        self.readers = readers

    def __format__(self, alias: str) -> str:
        if alias.lower() in predicate.ALIASES:
            raise ValueError(f"The predicate has its own {alias!r}: call the table of records something else.")
        columns = [f"{alias}.{name}" for name in ("id", "registration_id", "service", "needs", "occurred_at", "author")]
        condition = predicate.sql(*columns)
        each = (_numbered(condition, place) for place in range(self.readers))
        return f"({alias}.superseded_by = '' AND {' AND '.join(each)})"


def _given(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)  # scores and days are the same few numbers
def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)


# What a column is called where it holds nothing. PostgreSQL has to be told; SQLite takes any word for it.
_KEPT_AS = {str: "text", int: "bigint", bool: "boolean", Decimal: "numeric", date: "date", datetime: "timestamptz"}

# SQLite keeps these as text and numbers: an instant as the wall clock of UTC, which is how Django writes it. Its driver
# has read those that come straight from a column already.
_READERS: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    date: lambda value: date.fromisoformat(value) if isinstance(value, str) else value,
    datetime: lambda value: (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC),
    Decimal: _decimal,
}
