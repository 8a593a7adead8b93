"""Files of FHIR QuestionnaireResponses, one a line, made into a table of answers.

They are read in batches and kept beside in Parquet until they are scored, so that a file of any length fits.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import pyarrow
import pyarrow.parquet

from alongside.definitions.instruments import Instrument
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _
from alongside.measures.questionnaires import answers_of

BATCH = 10_000
ABOUT = ("id", "subject", "authored")  # what is kept of a response besides its answers

Row = dict[str, str | None]


def is_responses(start: bytes) -> bool:
    """Whether a file that begins so holds JSON; no CSV of ours has a header that begins with a brace."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def is_array(start: bytes) -> bool:
    """Whether a file that begins so is one JSON array; a name in a header may stand in brackets, too."""
    return re.match(rb"\s*\[\s*[\[{\"\]0-9]", start.removeprefix(b"\xef\xbb\xbf")) is not None


def write_answers(measure: Instrument, file: Path, out: Path, prefix: str, read_on: Callable[[int], None]) -> None:
    """Write the answers of `file` to `out`, a row for each response; `read_on` is told how many bytes were read.

    Raises `Invalid` with the number of the first line that is no response to this instrument.
    """
    schema = pyarrow.schema((name, pyarrow.string()) for name in (*ABOUT, *_columns(measure, prefix)))
    with file.open("rb") as lines, pyarrow.parquet.ParquetWriter(out, schema) as parquet:
        rows = _rows(measure, file, lines, prefix, read_on)
        while batch := list(islice(rows, BATCH)):
            parquet.write_table(pyarrow.Table.from_pylist(batch, schema=schema))


def _columns(measure: Instrument, prefix: str) -> list[str]:
    return [prefix + name for name in measure.item_columns]


def _rows(
    measure: Instrument, file: Path, lines: Iterator[bytes], prefix: str, read_on: Callable[[int], None]
) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        read_on(len(line))
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            yield _row(measure, _response(text), prefix)
        except Invalid as problem:
            words = _("Line {line}: {why}").format(line=number, why=problem.message)
            raise Invalid(str(file), words) from None


def _response(line: bytes) -> Mapping[str, Any]:
    # The line itself is never repeated: it may hold somebody's answers.
    try:
        found = json.loads(line.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Invalid("line", _("It is not in UTF-8. Save the file in UTF-8.")) from None
    except (ValueError, RecursionError):
        raise Invalid("line", _("It is not one whole JSON object. Put each response on a line of its own.")) from None
    if not isinstance(found, dict):
        raise Invalid("line", _("It is not one whole JSON object. Put each response on a line of its own."))
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)  # NaN and Infinity are Python's, and no JSON


def _row(measure: Instrument, response: Mapping[str, Any], prefix: str) -> Row:
    subject = response.get("subject")
    reference = subject.get("reference") if isinstance(subject, Mapping) else None
    about = (response.get("id"), reference, response.get("authored"))
    row: Row = dict(zip(ABOUT, map(_spelt, about), strict=True))
    return row | {prefix + key: _spelt(value) for key, value in answers_of(measure, response).items()}


def _spelt(value: Any) -> str | None:
    if value is None:
        return None
    text = str(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("line", _("It holds half a character. Write the response again.")) from None
    return text
