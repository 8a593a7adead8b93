"""Files of answers: read by what is in them, and their faults put plainly."""

import csv
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis.expr.types as ir
import pyarrow
import pyarrow.parquet
from ibis.backends.duckdb import Backend

from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _


def check_name(file: Path) -> None:
    # The engine reads these as patterns, and would quietly take several files for one.
    if any(sign in str(file) for sign in "*?["):
        raise Invalid(str(file), _("Choose a name without *, ? and [."))


def read(engine: Backend, file: Path) -> ir.Table:
    """The file as a table, by what is in it rather than what it is called. CSV stays text, so an id keeps its zeros."""
    start = start_of(file)
    check_name(file)
    if start.startswith(b"PAR1"):
        _check_parquet(file)
        return engine.read_parquet(str(file))
    if not start.strip():
        raise Invalid(str(file), _("There is nothing in this file."))
    if b"\0" in start:
        raise Invalid(str(file), _("This is none of Parquet, CSV and NDJSON. Save it as one of them."))
    return _read_csv(engine, file, start)


def _read_csv(engine: Backend, file: Path, start: bytes) -> ir.Table:
    # Nothing is guessed: an engine that guesses takes a row that is too long for the true header, and starts there.
    header = start.decode("utf-8-sig", "replace").splitlines()[0]
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter))
    if not names:
        raise Invalid(str(file), _("The first line is blank. Put the names of the columns there."))
    _check_names(file, names)
    if file.suffix.lower() == ".parquet" and not any(re.fullmatch(r"item\d+", name, re.I) for name in names):
        raise Invalid(
            str(file),
            _("This is not Parquet. Rename it to {stem}.csv if it is CSV, or write it again."),
            stem=file.stem,
        )
    return engine.read_csv(
        str(file),
        columns=dict.fromkeys(names, "string"),
        auto_detect=False,
        header=True,
        delim=delimiter,
        quote='"',
        escape='"',
    )


def _check_parquet(file: Path) -> None:
    try:
        _check_names(file, pyarrow.parquet.read_schema(file).names)
    except pyarrow.ArrowInvalid:
        return  # the engine says better what is wrong with it


def _check_names(file: Path, names: Sequence[str]) -> None:
    # Names that differ in capitals alone are one name to the engine, which would quietly call the second another.
    plain = [name.casefold() for name in names]
    twice = sorted({name for name in names if plain.count(name.casefold()) > 1 or not name})
    if not twice:
        return
    alike = " and ".join(f"“{name}”" for name in twice if name.casefold() == twice[0].casefold())
    raise Invalid(str(file), _("Each column needs a name of its own; look at {names}.").format(names=alike))


def start_of(file: Path) -> bytes:
    try:
        _check_regular(file)
        with file.open("rb") as opened:
            return opened.read(65536)
    except FileNotFoundError:
        raise Invalid(str(file), _("There is no such file. Check the name.")) from None
    except IsADirectoryError:
        raise Invalid(str(file), _("This is a directory. Name one file.")) from None
    except OSError as error:
        raise Invalid(str(file), _("It cannot be opened: {why}.").format(why=error.strerror)) from None


def _check_regular(file: Path) -> None:
    # A pipe is read once, and this reads twice; one that nobody writes to is waited for without end.
    kind = file.stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        words = _("This is not a file, and may never end. Save what comes out of it, and name that.")
        raise Invalid(str(file), words)


@contextmanager
def written_plainly(folder: str) -> Iterator[None]:
    """What cannot be written into `folder` is no fault of the file that is read."""
    try:
        yield
    except duckdb.IOException as error:
        if folder not in str(error):
            raise
        why = str(error).splitlines()[0].rpartition(": ")[2]
        raise Invalid("--out", _("It cannot be written: {why}.").format(why=why)) from error


@contextmanager
def plain_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise Invalid(str(file), _plain_words(str(error))) from error
    except OSError as error:
        raise Invalid("--out", _("It cannot be written: {why}.").format(why=error.strerror)) from error


def _plain_words(complaint: str) -> str:
    """What the engine says of a broken file, without the row itself: it may hold somebody's answers."""
    if not (place := re.match(r".*CSV Error on Line: (\d+)", complaint)):
        return _("It cannot be read to its end: {why}.").format(why=complaint.splitlines()[0].split(": ", 1)[-1])
    line = place[1]
    if columns := re.search(r"^Expected Number of Columns: (\d+)", complaint, re.MULTILINE):
        words = _("Line {line} does not have the {count} columns of the header. Mend that line.")
        return words.format(line=line, count=columns[1])
    if re.search("^Invalid unicode", complaint, re.MULTILINE):
        return _("Line {line} is not in UTF-8. Save the file in UTF-8.").format(line=line)
    return _("Line {line} cannot be read: look for a quotation mark that is not closed.").format(line=line)
