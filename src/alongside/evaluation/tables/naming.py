"""What a file says that it is: the names of its columns, and its own ending."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import later, said

_PARQUET = b"PAR1"
_PACKED = b"PK\x03\x04"  # a spreadsheet, or another packed file
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def check_names(table: str, file: str, names: Sequence[str]) -> None:
    """Raises where a column of the file is one of ours but for capitals and blanks, or is there more than once.

    The engine takes `Score` for `score`: of two, only one would be read, and nobody would know which.
    """
    problems = [problem for column in BY_NAME[table].columns for problem in _unclear(table, file, names, column.name)]
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Several(problems)


def _unclear(table: str, file: str, names: Sequence[str], wanted: str) -> Iterator[Invalid]:
    alike = [name for name in names if plain(name) == wanted]
    if len(alike) > 1:
        given = said(" and ").join(f"“{name}”" for name in alike)
        many = later("{file} has {count} columns of this name: {given}. Keep one of them, or rename the others.")
        yield Invalid(f"{table}.{wanted}", many, file=file, count=len(alike), given=given)
    elif alike and alike != [wanted]:
        yield Invalid(
            f"{table}.{wanted}",
            "{file} spells this column “{column}”. Rename it to {wanted}.",
            file=file,
            column=alike[0],
            wanted=wanted,
        )


def check_alike(table: str, files: Mapping[str, pa.Schema]) -> None:
    """Raises where a file of the table lacks a required column that others have, or holds another kind of cell in it.

    Read together, the cells it lacks would be empty ones, and nobody would know which file they came from.
    """
    for column in BY_NAME[table].columns:
        having = {name: schema.field(column.name).type for name, schema in files.items() if column.name in schema.names}
        without = [name for name in files if name not in having]
        if column.required and having and without:
            lacks = later("{file} has no column {column}, and {other} has one. Add it.")
            other = next(iter(having))
            raise Invalid(f"{table}.{column.name}", lacks, file=without[0], column=column.name, other=other)
        kinds = {kind: name for name, kind in having.items() if not pa.types.is_null(kind)}
        if len({_sort(kind) for kind in kinds}) > 1:
            held = said(" and ").join(said("{file} holds {kind}", file=name, kind=kind) for kind, name in kinds.items())
            raise Invalid(f"{table}.{column.name}", "{held}. Write the same kind in every file.", held=held)


def _sort(kind: pa.DataType) -> str:
    """Kinds that read as one another without loss."""
    if pa.types.is_dictionary(kind):
        return _sort(kind.value_type)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    return "text" if pa.types.is_string(kind) or pa.types.is_large_string(kind) else str(kind)


def plain(name: str) -> str:
    """The name of a column without the capitals and blanks that people do not see."""
    return name.strip().casefold()


def not_what_it_says(file: Path) -> str:
    """Why the file cannot be read as what its ending says, by how it begins, and what to do."""
    start = _start(file)
    return said(_amiss(file, start), file=file.name, stem=file.stem, text=_text(start))


def _amiss(file: Path, start: bytes) -> str:
    parquet = file.suffix.lower() == ".parquet"
    if not start.strip():
        return later("{file} is empty. Write it again, with the names of its columns at least.")
    if start.startswith(_PACKED):
        return later("{file} is a spreadsheet or another packed file. Open it and save the table as CSV in UTF-8.")
    if parquet and start.startswith(_PARQUET):
        return later("{file} begins as Parquet but cannot be read: it may be cut short. Write it again.")
    if start.startswith(_PARQUET):
        return later("{file} is Parquet. Rename it to {stem}.parquet.")
    if parquet:
        return later("{file} is not Parquet{text}. Rename it to {stem}.csv if it is CSV, or write it again.")
    return later("{file} is not in UTF-8. Save it again as CSV in UTF-8.")


def _text(start: bytes) -> str:
    return "" if b"\0" in start or start.startswith(_UTF_16) else said(": it holds text")


def _start(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(4096)
