"""Rows that are added and never changed, with one written-out INSERT for each table.

Nearly every row of the record is one: an act adds five to ten, and Django composes the same INSERT anew for each of
them, which took longer than all else that an act does. Nothing here listens to signals, and nothing sends any.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Row = TypeVar("Row", bound=models.Model)
Taken = Callable[[models.Model, BaseDatabaseWrapper], Any]  # one column's value, as the database wants it


class Rows(models.Manager[Row]):
    """A table's manager whose `create` and `insert` add rows as they stand; all else is Django's."""

    def create(self, **values: Any) -> Row:
        row = self.model(**values)
        self.insert([row])
        return row

    def insert(self, rows: Iterable[Row]) -> None:
        """Add rows in one statement, few enough for one; a number that the database gives is set on each."""
        rows = list(rows)
        if not rows:
            return
        insert, one, returning, fields = _written(self.model)
        here = connections[connection.alias]  # asked for once: `connection` looks for it at every word
        values = [take(row, here) for row in rows for take in fields]
        with here.cursor() as cursor:
            cursor.execute(f"{insert} {', '.join([one] * len(rows))} {returning}", values)
            numbers = cursor.fetchall() if returning else ()
        for row, (number,) in zip(rows, numbers, strict=False):
            row.pk = number
        for row in rows:
            row._state.adding, row._state.db = False, here.alias


@lru_cache(maxsize=256)
def _written(model: type[models.Model]) -> tuple[str, str, str, list[Taken]]:
    """INSERT up to its values, the places of one row, what it returns, and how each value is taken from a row."""
    quote = connection.ops.quote_name
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    columns = ", ".join(quote(one.column) for one in fields)
    returning = f"RETURNING {quote(model._meta.pk.column)}" if len(fields) < len(model._meta.concrete_fields) else ""
    places = f"({', '.join(['%s'] * len(fields))})"
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES", places, returning, [*map(_taken, fields)]


def _taken(field: models.Field) -> Taken:
    return lambda row, here: field.get_db_prep_save(field.pre_save(row, add=True), here)
