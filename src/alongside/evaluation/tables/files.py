"""Finds the files of an evaluation and opens them where they lie, keeping the order of their rows.

Scores of one day are ordered by where they stand in the file, so every row gets a `row` number that grows through
the file, and through the files of a folder in the order of their names.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet
from ibis.backends.duckdb import Backend

from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.naming import check_names, not_what_it_says
from alongside.evaluation.tables.text import read_csv
from alongside.kernel.errors import Invalid

ROW = "row"
_FILE = "alongside_file_name"
_ROWS_OF_A_FILE = 10**9  # more than any one file holds, so that files keep their order
_SUFFIXES = (".parquet", ".csv")


@dataclass(frozen=True, slots=True)
class Found:
    """The files of one table, in the order they are read."""

    table: str
    files: tuple[Path, ...]

    @property
    def suffix(self) -> str:
        return self.files[0].suffix.lower()


def find(directory: Path) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """The tables in `directory`, and the names of what was passed over because no table is called so.

    A table is `episodes.parquet`, `episodes.csv`, or a folder `episodes` of such files (of one kind), read in the
    order of their names. Raises `Invalid` where the directory is missing or holds none of our tables.
    """
    if not directory.is_dir():
        raise Invalid("--tables", f"There is no directory at {directory}. Give the folder that holds the tables.")
    seen: dict[str, Found] = {}
    passed_over = []
    for entry in sorted(directory.iterdir()):
        name = entry.name if entry.is_dir() else entry.stem
        files = _files_of(entry)
        if name not in BY_NAME or not files:
            passed_over.append(entry.name)
        elif name in seen:
            raise Invalid(name, f"There are two: {seen[name].files[0].name} and {entry.name}. Keep one of them.")
        else:
            seen[name] = Found(name, files)
    if not seen:
        raise Invalid("--tables", f"{directory} holds none of our tables. We look for {_wanted()}.")
    return tuple(seen[name] for name in BY_NAME if name in seen), tuple(passed_over)


def _wanted() -> str:
    return ", ".join(f"{name}.parquet or {name}.csv" for name in ("persons", "episodes")) + " and so on"


def _files_of(entry: Path) -> tuple[Path, ...]:
    if entry.is_file():
        return (entry,) if entry.suffix.lower() in _SUFFIXES else ()
    files = tuple(sorted(file for file in entry.rglob("*") if file.suffix.lower() in _SUFFIXES))
    if len({file.suffix.lower() for file in files}) > 1:
        raise Invalid(entry.name, "The folder holds both CSV and Parquet files. Keep one kind.")
    return files


def open_table(connection: Backend, found: Found) -> ir.Table:
    """The rows of a table, untyped, with their `row` number. Parquet stays on disk; CSV is read as text."""
    if found.suffix == ".parquet":
        return _open_parquet(connection, found)
    return _open_csv(found)


def in_memory(table: pa.Table) -> ir.Table:
    """An Arrow table's rows with their `row` number."""
    if ROW in table.column_names:
        table = table.drop_columns([ROW])
    return ibis.memtable(table.append_column(ROW, pa.array(range(table.num_rows), pa.int64())))


def _open_csv(found: Found) -> ir.Table:
    read = [read_csv(found.table, file) for file in found.files]
    return in_memory(pa.concat_tables(read, promote_options="default"))


def _open_parquet(connection: Backend, found: Found) -> ir.Table:
    for file in found.files:
        _check_parquet(found.table, file)
    names = [str(file) for file in found.files]
    rows = connection.read_parquet(names, file_row_number=True, filename=_FILE, union_by_name=True)
    place = rows["file_row_number"]
    if len(names) > 1:
        place = place + _rows_before(rows[_FILE], names)
    return rows.mutate(**{ROW: place})


def _rows_before(name: ir.StringValue, names: Sequence[str]) -> ir.IntegerValue:
    # Spelt out, because a position times a thousand million overflows the engine's own kind of position.
    return ibis.cases(
        *((name == file, ibis.literal(place * _ROWS_OF_A_FILE, "int64")) for place, file in enumerate(names))
    )


def _check_parquet(table: str, file: Path) -> None:
    try:
        columns = pa.parquet.read_schema(file).names
    except (pa.ArrowInvalid, OSError) as error:
        raise Invalid(table, not_what_it_says(file)) from error
    check_names(table, file.name, columns)
    if clash := {"file_row_number", _FILE} & set(columns):
        raise Invalid(table, f"{file.name} has a column {min(clash)}, a name that we need. Rename it.")


def digest(file: Path) -> str:
    """The SHA-256 of the file, so that a report says exactly what it was made from."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(files: Sequence[Path]) -> str:
    """One digest for several files: the SHA-256 of their digests one after the other."""
    return hashlib.sha256("".join(map(digest, files)).encode()).hexdigest()
