"""Rows into tables, many at a time, on either database; and the numbers that the database counts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Model

Rows = list[tuple[object, ...]]


def tables() -> list[type[Model]]:
    """Every table of our own rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


def counted(model: type[Model]) -> bool:
    """Whether the database numbers the rows of this table."""
    return isinstance(model._meta.pk, AutoField)


def last_numbers(models: Sequence[type[Model]]) -> list[int]:
    """The last number that the database gave out in each of these tables; 0 where it numbers none."""
    return [_last(model) if counted(model) else 0 for model in models]


def _last(model: type[Model]) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            found = cursor.fetchone()
            return found[0] if found else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', model._meta.pk.column])
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608 - the catalogue's name
        value, called = cursor.fetchone()
        return value if called else 0


def set_last_numbers(models: Sequence[type[Model]], numbers: Sequence[int]) -> None:
    """The next row of each counted table gets the number after this one."""
    with connection.cursor() as cursor:
        for model, number in zip(models, numbers, strict=True):
            if not counted(model):
                continue
            table, column = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
            else:
                sequence = "pg_get_serial_sequence(%s, %s)"
                cursor.execute(
                    f"SELECT setval({sequence}, %s, %s)",
                    [f'"{table}"', column, max(number, 1), number > 0],
                )


def write(model: type[Model], rows: Rows) -> None:
    """Add these rows, whose values are in the order of the table's columns and in the database's own form."""
    columns = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)
    table = connection.ops.quote_name(model._meta.db_table)
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * len(model._meta.concrete_fields))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
        connection.connection.executemany(sql, rows)
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def bulk(models: Iterable[type[Model]]) -> Iterator[None]:
    """Many rows at once: nothing is checked row by row, and indexes that are not constraints are built afterwards."""
    names = [model._meta.db_table for model in models]
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        for relaxed in _RELAXED[connection.vendor]:
            cursor.execute(relaxed)
        cursor.execute(_INDEXES[connection.vendor].format(marks=marks), names)
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        for _, sql in found:
            cursor.execute(sql)
        cursor.execute("ANALYZE")
    connection.close()  # the next one checks and saves again as usual


_RELAXED = {
    "sqlite": (
        "PRAGMA foreign_keys=OFF",
        "PRAGMA synchronous=OFF",
        "PRAGMA cache_size=-2000000",
        "PRAGMA wal_autocheckpoint=100000",
    ),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off"),
}
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({marks}) AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)"
    ),
}
