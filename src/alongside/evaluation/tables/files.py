"""Finds the files of an evaluation and opens them where they lie, keeping the order of their rows.

Scores of one day are ordered by where they stand in the file, so every row gets a `row` number that grows through
the file, and through the files of a folder in the order of their names.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet
from ibis.backends.duckdb import Backend

from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.naming import check_alike, check_names, not_what_it_says
from alongside.evaluation.tables.text import read_csv
from alongside.kernel.errors import Invalid
from alongside.kernel.language import said

ROW = "row"
_FILE = "alongside_file_name"
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
        raise Invalid(
            "--tables",
            "There is no directory at {directory}. Give the folder that holds the tables.",
            directory=directory,
        )
    seen: dict[str, Found] = {}
    passed_over = []
    for entry in sorted(directory.iterdir()):
        name = entry.name if entry.is_dir() else entry.stem
        files = _files_of(entry)
        if name not in BY_NAME or not files:
            passed_over.append(entry.name)
        elif name in seen:
            raise Invalid(
                name,
                "There are two: {one} and {other}. Keep one of them.",
                one=seen[name].files[0].name,
                other=entry.name,
            )
        else:
            seen[name] = Found(name, files)
    if not seen:
        raise Invalid(
            "--tables",
            "{directory} holds none of our tables. We look for {wanted}.",
            directory=directory,
            wanted=_wanted(),
        )
    return tuple(seen[name] for name in BY_NAME if name in seen), tuple(passed_over)


def _wanted() -> str:
    return said("{files} and so on", files=", ".join(f"{name}.parquet, {name}.csv" for name in ("persons", "episodes")))


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
    read = {file.name: read_csv(found.table, file) for file in found.files}
    check_alike(found.table, {name: rows.schema for name, rows in read.items()})
    return in_memory(pa.concat_tables(read.values(), promote_options="default"))


def _open_parquet(connection: Backend, found: Found) -> ir.Table:
    noted = {str(file): _noted(found.table, file) for file in found.files}
    check_alike(found.table, {Path(name).name: one.schema.to_arrow_schema() for name, one in noted.items()})
    rows = connection.read_parquet(list(noted), file_row_number=True, filename=_FILE, union_by_name=True)
    place = rows["file_row_number"]
    if len(noted) > 1:
        place = place + _rows_before(rows[_FILE], {name: one.num_rows for name, one in noted.items()})
    return rows.mutate(**{ROW: place})


def _rows_before(name: ir.StringValue, rows: Mapping[str, int]) -> ir.IntegerValue:
    """How many rows the files before this one hold, so that rows are counted through all of them."""
    before = accumulate(rows.values(), initial=0)
    return name.cases(*((file, ibis.literal(count, "int64")) for file, count in zip(rows, before, strict=False)))


def _noted(table: str, file: Path) -> pa.parquet.FileMetaData:
    """What the file notes of itself: its columns and how many rows it has."""
    try:
        noted = pa.parquet.read_metadata(file)
    except (pa.ArrowInvalid, OSError) as error:
        raise Invalid(table, not_what_it_says(file)) from error
    columns = noted.schema.to_arrow_schema().names
    check_names(table, file.name, columns)
    if clash := {"file_row_number", _FILE} & set(columns):
        raise Invalid(
            table, "{name} has a column {column}, a name that we need. Rename it.", name=file.name, column=min(clash)
        )
    return noted


def digest(file: Path) -> str:
    """The SHA-256 of the file, so that a report says exactly what it was made from."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(files: Sequence[Path]) -> str:
    """One digest for several files: the SHA-256 of their digests one after the other."""
    return hashlib.sha256("".join(map(digest, files)).encode()).hexdigest()
