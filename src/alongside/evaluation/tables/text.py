"""Reads CSV as text: nothing is guessed, so that an id keeps its zeros and a date is what was written."""

import csv
import re
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.naming import check_names, not_what_it_says
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later, said

_UNEVEN = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")


def read_csv(table: str, file: Path) -> pa.Table:
    """The columns that the table declares, as text; the others are passed over. Raises `Invalid` naming the file."""
    names, delimiter, whole = _header(table, file)
    check_names(table, file.name, names)
    ours = [column.name for column in BY_NAME[table].columns if column.name in names]
    if whole or not ours:
        return pa.table({name: pa.array([], pa.string()) for name in ours})
    try:
        rows = _rows(file, names, ours, delimiter)
    except pa.ArrowInvalid:
        raise Invalid(table, _why(file, _complaint(file, names, ours, delimiter))) from None
    # The reader takes a mark that nobody closed as one long cell, and the rows in it would be gone without a word.
    if _quotation_marks(file) % 2:
        raise Invalid(table, _why(file, ""))
    return rows.rename_columns(ours)


def _rows(file: Path, names: list[str], ours: list[str], delimiter: str, use_threads: bool = True) -> pa.Table:
    # Read by place and then named, because columns that are nobody's business may share a name.
    places = [str(place) for place in range(len(names))]
    as_text = pa.csv.ConvertOptions(
        column_types=dict.fromkeys(places, pa.string()),
        include_columns=[str(names.index(name)) for name in ours],
        strings_can_be_null=True,
        null_values=[""],
    )
    return pa.csv.read_csv(
        file,
        read_options=pa.csv.ReadOptions(column_names=places, skip_rows_after_names=1, use_threads=use_threads),
        convert_options=as_text,
        parse_options=pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
    )


def _complaint(file: Path, names: list[str], ours: list[str], delimiter: str) -> str:
    """What the reader says when it reads one row after the other: only then does it know which one it was at."""
    try:
        _rows(file, names, ours, delimiter, use_threads=False)
    except pa.ArrowInvalid as error:
        return str(error)
    return ""  # pragma: no cover - it has just refused the same file


def _header(table: str, file: Path) -> tuple[list[str], str, bool]:
    """The names of the columns, the sign that stands between them, and whether they are the whole file."""
    with file.open("rb") as stream:
        start = stream.readline(1_000_000)
    try:
        if b"\0" in start or not start.strip() or start.startswith((b"PAR1", b"PK\x03\x04")):
            raise UnicodeError
        line = start.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeError as error:
        raise Invalid(table, not_what_it_says(file)) from error
    delimiter = max(",;\t", key=line.count)
    names = next(csv.reader(line.splitlines()[:1], delimiter=delimiter))
    return names, delimiter, len(start) == file.stat().st_size and line == line.splitlines()[0]


def _quotation_marks(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(part.count(b'"') for part in iter(partial(stream.read, 1 << 20), b""))


def _why(file: Path, complaint: str) -> str:
    """What the reader says of a broken file, without the row itself: it may hold somebody's answers."""
    if found := _UNEVEN.search(complaint):
        line, wanted, got = found.groups()
        uneven = later("{file} is not sound CSV: line {line} has {got} cells and the header {wanted}. Mend that line.")
        return said(uneven, file=file.name, line=line, got=got, wanted=wanted)
    if "UTF8" in complaint or "UTF-8" in complaint:
        return said("{file} is not in UTF-8. Save it again as CSV in UTF-8.", file=file.name)
    unclosed = later("{file} is not sound CSV: look for a quotation mark that is not closed. Save it again as CSV.")
    return said(unclosed, file=file.name)
