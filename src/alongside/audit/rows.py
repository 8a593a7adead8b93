"""Adding rows as they stand, with one written-out INSERT for each table: the manager of nearly every table there is.

An act adds five to ten rows, and Django composes the same INSERT anew for each of them, which took longer than all else
that an act does. Nothing here listens to signals, and nothing sends any.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PLACES = 30_000  # a statement of SQLite's has no more than 32,766
Row = TypeVar("Row", bound=models.Model)
Taken = Callable[[models.Model, BaseDatabaseWrapper], Any]  # one column's value, as the database wants it


class Rows(models.Manager[Row]):
    """A table's manager whose `create` and `insert` add rows as they stand; all else is Django's."""

    def create(self, **values: Any) -> Row:
        row = self.model(**values)
        self.insert([row])
        return row

    def insert(self, rows: Iterable[Row]) -> None:
        """Add rows, as many in one statement as it has places for; a number that the database gives is set on each.

        Raises `ValueError` for a row that brings such a number.
        """
        rows = list(rows)
        if not rows:
            return
        written = _written(self.model)
        here = connections[connection.alias]  # asked for once: `connection` looks for it at every word
        with transaction.mark_for_rollback_on_error(here.alias):
            for first in range(0, len(rows), most := PLACES // len(written.values)):
                _insert(written, rows[first : first + most], here)


def _insert(written: "_Written", rows: Sequence[models.Model], here: BaseDatabaseWrapper) -> None:
    if written.numbered and any(row.pk is not None for row in rows):
        raise ValueError("The database gives these rows their numbers.")
    values = [take(row, here) for row in rows for take in written.values]
    with here.cursor() as cursor:
        cursor.execute(f"{written.insert} {', '.join([written.row] * len(rows))} {written.numbered}", values)
        if written.numbered:
            for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = number
    for row in rows:
        row._state.adding, row._state.db = False, here.alias


@dataclass(frozen=True, slots=True)
class _Written:
    """INSERT up to its rows, the places of one row, RETURNING where the database numbers rows, and how each value is
    taken from one."""

    insert: str
    row: str
    numbered: str
    values: Sequence[Taken]


@lru_cache(maxsize=256)
def _written(model: type[models.Model]) -> _Written:
    quote = connection.ops.quote_name
    every = model._meta.concrete_fields
    fields = [one for one in every if not isinstance(one, models.AutoField)]
    return _Written(
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(one.column) for one in fields)}) VALUES",
        f"({', '.join(['%s'] * len(fields))})",
        f"RETURNING {quote(model._meta.pk.column)}" if len(fields) < len(every) else "",
        [*map(_taken, fields)],
    )


def _taken(field: models.Field) -> Taken:
    return lambda row, here: field.get_db_prep_save(field.pre_save(row, add=True), here)
