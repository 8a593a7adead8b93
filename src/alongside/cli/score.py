"""`alongside score`: a file of answers in, the same file with score, band and status out."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from alongside.cli.answer_files import check_name, plain_errors, read, start_of, written_plainly
from alongside.cli.fhir_files import is_array, is_responses, write_answers
from alongside.definitions import value_sets
from alongside.definitions.instruments import UK, Instrument, instrument, instruments
from alongside.definitions.value_sets import ValueSet
from alongside.evaluation.tables.connecting import connect
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext
from alongside.measures.columns import score_table
from alongside.measures.rules import instrument_key

ENDINGS = (".csv", ".parquet")
JURISDICTIONS = (UK, "us")
LONG = 20_000_000  # bytes from which somebody may wonder whether anything is happening


def _epilog() -> str:
    keys = ", ".join(known.key for known in instruments() if known.by_items)
    return _(
        "\b\nInstruments: {keys}.\n\n\b\nExamples:\n"
        "  alongside score phq9 answers.csv --out scored.csv\n"
        "  alongside score audit_c answers.parquet --out scored.parquet\n"
        "  alongside score gad7 responses.ndjson --out scored.csv"
    ).format(keys=keys)


@click.command(
    help=_(
        "Score the answers in FILE: CSV or Parquet with the columns item1, item2, …, or FHIR QuestionnaireResponses as "
        "NDJSON, one a line.\n\n"
        "Every other column passes through unchanged; of a response its id, subject and authored are kept. Added are "
        "score, band, index (of a profile), flags, the parts of the instrument, and status, which is “scored” or says "
        "which items stand in the way. A gap is filled in or passed over only where the instrument's own published "
        "rule says so, and status names it; an impossible answer never counts."
    ),
    epilog=_epilog(),
)
@click.argument("key", metavar="INSTRUMENT")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help=_("Where to write: a name that ends in .csv or .parquet."),
)
@click.option(
    "--prefix",
    default="",
    help=_("What stands before the names of the columns, read and written: phq9_ for phq9_item1 and phq9_score."),
)
@click.option(
    "--jurisdiction",
    type=click.Choice(JURISDICTIONS),
    default=UK,
    show_default=True,
    help=_("Whose bands and value set; both are empty where this place has none."),
)
def score(key: str, file: Path, out: Path, prefix: str, jurisdiction: str) -> None:
    wanted = instrument(instrument_key(key) or key)
    _check_out(file, out)
    if own := os.environ.get(value_sets.SETTING):
        value_sets.use_sets_from(Path(own))
    with plain_errors(file), TemporaryDirectory() as beside:
        engine = connect()
        answers = _answers(engine, wanted, file, prefix, Path(beside) / "answers.parquet")
        scored = score_table(wanted, answers, prefix, jurisdiction)
        rows, done = _write(engine, scored, out, prefix, show_progress=file.stat().st_size >= LONG)
    click.echo(_summary(rows, done, out, f"{prefix}status"))
    if wanted.rule == "profile":
        click.echo(_whose(value_sets.value_set(wanted.key, jurisdiction)))


def _answers(engine: Backend, wanted: Instrument, file: Path, prefix: str, beside: Path) -> ir.Table:
    """The file as a table; responses are first written beside as one."""
    start = start_of(file)
    if is_array(start):
        raise Invalid(
            str(file),
            _("This is one JSON array. Write it as NDJSON: each QuestionnaireResponse whole on a line of its own."),
        )
    if not is_responses(start):
        return read(engine, file)
    size = file.stat().st_size
    if size < LONG:
        write_answers(wanted, file, beside, prefix, lambda read_now: None)
    else:
        with click.progressbar(length=size, label=_("Reading"), file=sys.stderr) as bar:
            write_answers(wanted, file, beside, prefix, bar.update)
    return engine.read_parquet(str(beside))


def _check_out(file: Path, out: Path) -> None:
    if out.suffix.lower() not in ENDINGS:
        raise Invalid("--out", _("End the name in .csv or .parquet."))
    if not out.parent.is_dir():
        raise Invalid("--out", _("There is no directory {name}. Make it first.").format(name=out.parent))
    check_name(out)
    if out.exists() and file.exists() and out.samefile(file):
        raise Invalid("--out", _("This is the file to be read. Choose another name."))


def _write(engine: Backend, scored: ir.Table, out: Path, prefix: str, show_progress: bool) -> tuple[int, int]:
    """Writes the table and returns how many rows it has and how many were scored."""
    parquet = out.suffix.lower() == ".parquet"
    write = engine.to_parquet if parquet else engine.to_csv
    # Beside its place, in a folder that nothing else is in, and then moved there: a failure leaves no half file.
    with TemporaryDirectory(dir=out.parent, prefix=".alongside-") as folder, written_plainly(folder):
        part = Path(folder) / f"scored{out.suffix.lower()}"
        if show_progress:
            _show_progress(engine, partial(write, scored, part))
        else:
            write(scored, part)
        counts = _count(read(engine, part), f"{prefix}status")
        part.replace(out)
    return counts


def _show_progress(engine: Backend, work: Callable[[], None]) -> None:
    engine.raw_sql("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    with ThreadPoolExecutor(1) as worker, click.progressbar(length=100, label=_("Scoring"), file=sys.stderr) as bar:
        job = worker.submit(work)
        while not job.done():
            wait([job], timeout=0.2)
            bar.update(max(0, int(engine.con.query_progress()) - bar.pos))
        job.result()


def _count(written: ir.Table, status: str) -> tuple[int, int]:
    # By their status: not every instrument has a score.
    scored = written[status].startswith("scored").sum().fill_null(0)
    counts = written.aggregate(rows=written.count(), done=scored).to_pyarrow().to_pylist()[0]
    return counts["rows"], counts["done"]


def _summary(rows: int, done: int, out: Path, status: str) -> str:
    scored = ngettext("{n:,} row scored", "{n:,} rows scored", done).format(n=done)
    refused = _("{n:,} not scored (the column {status} says why)").format(n=rows - done, status=status)
    return _("{scored}, {refused}. Written to {out}.").format(scored=scored, refused=refused, out=out)


def _whose(used: ValueSet | None) -> str:
    if used is None:
        return _("There is no value set for this place, so the index is empty.")
    if used.verified:
        return _("The index is by {name}.").format(name=used.name)
    return _("The index is by {name}, which nobody has checked yet.").format(name=used.name)
