"""The evaluation tables, read in place, typed and checked."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.checking import (
    require_columns,
    require_keys,
    require_tables,
    require_values,
)
from alongside.evaluation.tables.connecting import connect
from alongside.evaluation.tables.declared import Column, Table
from alongside.evaluation.tables.files import ROW, Found, digest, digest_of, find, in_memory, open_table
from alongside.evaluation.tables.naming import check_names
from alongside.evaluation.tables.parsing import DTYPE, parsed
from alongside.kernel.errors import Invalid

__all__ = ["ROW", "Source", "Tables"]

Progress = Callable[[str], None]
# Rows of a typed file that are parsed once and held, as those of a text file are. More are parsed whenever they are
# asked for: slower, and they need no memory.
HELD = 5_000_000
_numbers = count()


def _silent(_: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the evaluation was made from; `sha256` is empty for tables handed over in memory."""

    table: str
    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Evaluation tables, typed and checked, on one connection.

    Every table has its declared columns (those that were absent are null) and `row`, its place in the file.
    `absent_columns` are optional columns that were not there, as `table.column`. `passed_over` are entries of the
    directory that no table is called by.
    """

    connection: Backend
    by_name: Mapping[str, ir.Table]
    sources: tuple[Source, ...]
    absent_columns: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def __getitem__(self, name: str) -> ir.Table:
        """The table, or one of its shape without rows where none was given."""
        if name in self.by_name:
            return self.by_name[name]
        shape = {column.name: DTYPE[column.holds] for column in BY_NAME[name].columns} | {ROW: "int64"}
        return ibis.memtable([], schema=ibis.schema(shape))

    def held(self, rows: ir.Table) -> ir.Table:
        """The rows computed now and held by the engine, for those that several questions are asked of."""
        return self.connection.create_table(f"held_{next(_numbers)}", rows)

    @property
    def absent(self) -> tuple[str, ...]:
        """The tables that were not given, in the order of the reference page."""
        return tuple(name for name in BY_NAME if name not in self.by_name)

    @classmethod
    def from_directory(cls, directory: Path, progress: Progress = _silent) -> "Tables":
        """Read the tables in `directory` where they lie, as Parquet or CSV, and check them.

        Raises `Invalid`, or `Several`, naming table and column, where something is missing, of the wrong kind,
        named twice or points at nothing. `progress` is told in a sentence what is being done.
        """
        found, passed_over = find(directory)
        connection = connect()
        raw = {one.table: _opened(connection, one, progress) for one in found}
        sources = tuple(source for one in found for source in _sources(one, raw[one.table]))
        rows = Counter({source.table: source.rows for source in sources})
        in_place = frozenset(one.table for one in found if one.suffix == ".parquet" and rows[one.table] > HELD)
        return cls._checked(connection, raw, sources, passed_over, in_place)

    @classmethod
    def from_arrow(cls, tables: Mapping[str, pa.Table]) -> "Tables":
        """The same from Arrow tables by name, checked by the same rules."""
        if unknown := set(tables) - set(BY_NAME):
            raise Invalid(min(unknown), "is not an evaluation table. Known: {known}.", known=", ".join(BY_NAME))
        for name, given in tables.items():
            check_names(name, name, given.column_names)
        connection = connect()
        raw = {name: in_memory(tables[name]) for name in BY_NAME if name in tables}
        sources = tuple(Source(name, name, tables[name].num_rows, "") for name in raw)
        return cls._checked(connection, raw, sources)

    @classmethod
    def _checked(
        cls,
        connection: Backend,
        raw: Mapping[str, ir.Table],
        sources: tuple[Source, ...],
        passed_over: tuple[str, ...] = (),
        in_place: frozenset[str] = frozenset(),
    ) -> "Tables":
        require_columns(raw)
        typed = {name: _typed(connection, BY_NAME[name], rows, name in in_place) for name, rows in raw.items()}
        require_values(raw, typed)
        require_tables(typed)
        require_keys(typed)
        absent = tuple(
            f"{name}.{column.name}"
            for name, rows in raw.items()
            for column in BY_NAME[name].columns
            if column.name not in rows.columns
        )
        return cls(connection, typed, sources, absent, passed_over)


def _opened(connection: Backend, found: Found, progress: Progress) -> ir.Table:
    progress(f"Reading {found.table} ({', '.join(file.name for file in found.files[:3])})")
    return open_table(connection, found)


def _sources(found: Found, raw: ir.Table) -> tuple[Source, ...]:
    rows = raw.count().to_pyarrow().as_py()
    if len(found.files) == 1:
        return (Source(found.table, found.files[0].name, rows, digest(found.files[0])),)
    name = f"{found.table}/ ({len(found.files)} files)"
    return (Source(found.table, name, rows, digest_of(found.files)),)


def _typed(connection: Backend, table: Table, raw: ir.Table, in_place: bool) -> ir.Table:
    rows = raw.select(**{column.name: _cell(raw, column) for column in table.columns}, **{ROW: raw[ROW]})
    return rows if in_place else connection.create_table(table.name, rows)


def _cell(raw: ir.Table, column: Column) -> ir.Value:
    if column.name not in raw.columns:
        return ibis.null(DTYPE[column.holds])
    return parsed(raw[column.name], column)
