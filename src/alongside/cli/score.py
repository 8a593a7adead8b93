"""`alongside score`: a file of answers in, the same file with score, band and status out."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

import click
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from alongside.cli.answer_files import check_name, plain_errors, read
from alongside.definitions.instruments import instrument, instruments
from alongside.evaluation.tables.connecting import connect
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext
from alongside.measures.columns import score_table
from alongside.measures.rules import instrument_key

ENDINGS = (".csv", ".parquet")
LONG = 20_000_000  # bytes from which somebody may wonder whether anything is happening


def _epilog() -> str:
    keys = ", ".join(known.key for known in instruments() if known.by_items)
    return _(
        "\b\nInstruments: {keys}.\n\n\b\nExamples:\n"
        "  alongside score phq9 answers.csv --out scored.csv\n"
        "  alongside score audit_c answers.parquet --out scored.parquet"
    ).format(keys=keys)


@click.command(
    help=_(
        "Score the answers in FILE, a CSV or Parquet file with the columns item1, item2, …\n\n"
        "Every other column passes through unchanged. Three are added: score, band, and status, which is “scored” "
        "or says which items stand in the way. A missing, refused or impossible answer is never counted as nought."
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
def score(key: str, file: Path, out: Path) -> None:
    wanted = instrument(instrument_key(key) or key)
    _check_out(file, out)
    with plain_errors(file):
        engine = connect()
        scored = score_table(wanted, read(engine, file))
        rows, done = _write(engine, scored, out, show_progress=file.stat().st_size >= LONG)
    click.echo(_summary(rows, done, out))


def _check_out(file: Path, out: Path) -> None:
    if out.suffix.lower() not in ENDINGS:
        raise Invalid("--out", _("End the name in .csv or .parquet."))
    if not out.parent.is_dir():
        raise Invalid("--out", _("There is no directory {name}. Make it first.").format(name=out.parent))
    check_name(out)
    if out.exists() and file.exists() and out.samefile(file):
        raise Invalid("--out", _("This is the file to be read. Choose another name."))


def _write(engine: Backend, scored: ir.Table, out: Path, show_progress: bool) -> tuple[int, int]:
    """Writes the table and returns how many rows it has and how many were scored."""
    parquet = out.suffix.lower() == ".parquet"
    write = engine.to_parquet if parquet else engine.to_csv
    # Beside its place and then moved there, so that a failure leaves no half file.
    part = out.with_name(f".{out.name}.part")
    try:
        if show_progress:
            _show_progress(engine, partial(write, scored, part))
        else:
            write(scored, part)
        counts = _count(read(engine, part))
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _show_progress(engine: Backend, work: Callable[[], None]) -> None:
    engine.raw_sql("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    with ThreadPoolExecutor(1) as worker, click.progressbar(length=100, label=_("Scoring"), file=sys.stderr) as bar:
        job = worker.submit(work)
        while not job.done():
            wait([job], timeout=0.2)
            bar.update(max(0, int(engine.con.query_progress()) - bar.pos))
        job.result()


def _count(written: ir.Table) -> tuple[int, int]:
    counts = written.aggregate(rows=written.count(), done=written.score.count()).to_pyarrow().to_pylist()[0]
    return counts["rows"], counts["done"]


def _summary(rows: int, done: int, out: Path) -> str:
    scored = ngettext("{n:,} row scored", "{n:,} rows scored", done).format(n=done)
    refused = _("{n:,} not scored (the column status says why)").format(n=rows - done)
    return _("{scored}, {refused}. Written to {out}.").format(scored=scored, refused=refused, out=out)
