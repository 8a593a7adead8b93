"""Reading a list through access with a written-out SELECT: for pages that show hundreds of rows.

Django takes longer to compose such a statement and to make its rows than the database takes to answer it. The
predicate is the very same, each row that leaves is noted like any other, and both databases read the same words.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from alongside.access import predicate
from alongside.access.context import Access

_PLACES = Decimal("0.000001")  # the most that a decimal of the record has: a mean kept to two would cross a cut-off


class Statement:
    """A SELECT over tables of records, and what its columns are called and hold, in their order.

    `{visible:t}` in the words stands for "the reader may see the row that is called t here"; `%(name)s` for the values
    that are given by that name (as many as there are, so `IN (%(name)s)`), or for what the reader brings, such as
    `now`, which nobody else can give. Columns hold str, int, bool, Decimal, date or datetime.
    """

    def __init__(self, words: str, /, **columns: type) -> None:
        if "{visible:" not in words:
            raise ValueError("A statement about records says which rows must be visible to the reader.")
        self.asked = words
        self.words = words.format(visible=_Visible())
        self._row = namedtuple("Row", columns)._make
        self._kinds = tuple(columns.values())

    def rows(self, access: Access, values: dict[str, Iterable[Any]]) -> list[Any]:
        """What it finds for this reader, as tuples with the columns' names."""
        brought = predicate.brought(access)
        if taken := brought.keys() & values.keys():
            raise ValueError(f"What the reader brings is not for others to give: {', '.join(sorted(taken))}.")
        # Nothing is among none: not even what is empty, as a holder is until there is one.
        given = {name: [_given(one) for one in some] or [None] for name, some in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(*predicate.positional(self.words, brought | given))
            found = cursor.fetchall()
        return list(map(self._row, self._read(found)))

    def _read(self, found: Sequence[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        if connection.vendor != "sqlite":
            return found
        columns: list[Iterable[Any]] = list(zip(*found, strict=True))
        for at, kind in enumerate(self._kinds if columns else ()):
            if read := _READERS.get(kind):
                columns[at] = [None if value is None else read(value) for value in columns[at]]
        return zip(*columns, strict=True)


class _Visible:
    """What `{visible:t}` becomes: the predicate over the columns of `t`, without rows that were put right."""

    def __format__(self, alias: str) -> str:
        if alias.lower() in predicate.ALIASES:
            raise ValueError(f"The predicate has its own {alias!r}: call the table of records something else.")
        columns = [f"{alias}.{name}" for name in ("id", "registration_id", "service", "needs", "occurred_at")]
        return f"({alias}.superseded_by = '' AND {predicate.sql(*columns)})"


def _given(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)  # scores and days are the same few numbers
def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)


# SQLite keeps these as text and numbers: an instant as the wall clock of UTC, which is how Django writes it. Its driver
# has read those that come straight from a column already.
_READERS: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    date: lambda value: date.fromisoformat(value) if isinstance(value, str) else value,
    datetime: lambda value: (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC),
    Decimal: _decimal,
}
