"""`alongside evaluate`: evaluation tables in, measures and a report out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
import duckdb

from alongside.cli.evaluate_record import Chosen, release
from alongside.evaluation.engine import Evaluation, evaluate
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.report.grounds import answers_left_out
from alongside.evaluation.report.sections import summary
from alongside.evaluation.report.words import FAULTS, unknown_instruments
from alongside.evaluation.rules.audience import Audience, Stamp, stamp
from alongside.evaluation.rules.wanted import wanted
from alongside.evaluation.tables import Tables
from alongside.evaluation.writing import files, write
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

MOST = 20  # names in one line
_EXAMPLES = """\b
Examples:
  alongside evaluate --tables data/ --out results/
  alongside evaluate --as evaluator@northside.example --out results/ --arm one_to_one --home var/demo
  alongside evaluate --tables data/ --out results/ --audience public
  alongside evaluate --tables data/ --out results/ --without-clouded --without-use-within 2
  alongside evaluate --tables data/ --out results/ --audience publication \\
      --approved-by "A. Name" --decision "Exact figures, partners agreed 3 March"

\b
The tables and their columns: docs/reference/evaluation-tables.md"""


@click.command("evaluate", epilog=_EXAMPLES)
@click.option(
    "--tables",
    type=click.Path(path_type=Path),
    help=_("Folder of evaluation tables, Parquet or CSV; they are read where they lie."),
)
@click.option(
    "--as",
    "reader",
    metavar="EMAIL",
    help=_("Evaluate the record itself, as far as this evaluator's sign-in may count it."),
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help=_("With --as: the demonstration kept here, instead of the record that the settings name."),
)
@click.option("--arm", default="", help=_("With --as: only people on this arm of the pathway."))
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help=_("With --as: referred on this day or later."))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=_("With --as: referred on this day or earlier."))
@click.option(
    "--without-clouded",
    is_flag=True,
    help=_("Leave out scores that were answered while intoxicated or in withdrawal."),
)
@click.option("--without-helped", is_flag=True, help=_("Leave out scores that were answered with somebody's help."))
@click.option(
    "--without-use-within",
    type=int,
    metavar="WEEKS",
    help=_("Leave out scores that were answered less than so many whole weeks after the last use."),
)
@click.option(
    "--only-language",
    default="",
    metavar="CODE",
    help=_("Leave out scores answered in any other language version: en for English, bfi for British Sign Language."),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help=_("Folder for measures.csv and report.html; made if it is not there."),
)
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.INTERNAL.value,
    show_default=True,
    help=_("Who may read it: internal and publication are exact, public is suppressed."),
)
@click.option("--approved-by", default="", help=_("For a publication: who approved it."))
@click.option("--decision", default="", help=_("For a publication: what was decided about disclosure, and why."))
def command(
    tables: Path | None,
    reader: str | None,
    home: Path | None,
    arm: str,
    since: datetime | None,
    until: datetime | None,
    without_clouded: bool,
    without_helped: bool,
    without_use_within: int | None,
    only_language: str,
    out: Path,
    audience: str,
    approved_by: str,
    decision: str,
) -> None:
    """Evaluate a service: flow, outcomes with intervals, use, retention and response times.

    Writes measures.csv and report.html into the --out folder and, where there are joint journeys, joint.csv and
    retention.csv. Nothing is written unless everything is.
    """
    stamped = stamp(Audience(audience), approved_by, decision)
    counted = wanted(
        without_clouded=without_clouded,
        without_helped=without_helped,
        without_use_within=without_use_within,
        only_language=only_language,
    )
    chosen = Chosen(reader or "", arm, since, until, home, counted)
    found, contents = _of_record(chosen, stamped, tables) if reader else _of_tables(chosen, stamped, tables)
    written = write(out, contents)
    _say(found, Figures(stamped.audience))
    click.echo(_("Wrote {names}.").format(names=", ".join(str(path) for path in written)))


Made = tuple[Evaluation, Mapping[str, str]]


def _of_tables(chosen: Chosen, stamped: Stamp, tables: Path | None) -> Made:
    chosen.refuse_without_reader()
    if tables is None:
        raise Invalid("--tables", _("Name the folder that holds the evaluation tables, or say --as whom to read."))
    with _plain_errors():
        found = evaluate(Tables.from_directory(tables, _tell), _tell, wanted=chosen.wanted)
    return found, files(found, stamped)


def _of_record(chosen: Chosen, stamped: Stamp, tables: Path | None) -> Made:
    if tables is not None:
        raise Invalid("--as", _("Tables are read as they are, by nobody's sign-in. Leave out --as or --tables."))
    chosen.check()
    _tell(_("Reading what {reader} may count").format(reader=chosen.reader))
    released = release(chosen, stamped)
    return released.found, released.files


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        # A file whose head and foot are sound may still be damaged in the middle: only reading it through tells.
        why = str(error).splitlines()[0]
        raise Invalid("--tables", _("A file cannot be read to its end: {why}").format(why=why)) from error


def _tell(sentence: str) -> None:
    click.echo(f"{sentence} …", err=True)


def _say(found: Evaluation, figures: Figures) -> None:
    for line in (*summary(found, figures), *_joint(found, figures), *answers_left_out(found, figures)):
        click.echo(line)
    if found.passed_over:
        names = ", ".join(found.passed_over[:MOST])
        click.echo(_("Passed over, because no table is called so: {names}.").format(names=names), err=True)
    if found.absent:
        click.echo(_("Not given, so left out: {names}.").format(names=", ".join(found.absent)), err=True)
    for one in found.findings:
        rows = ngettext("{count} row", "{count} rows", one.count).format(count=figures.count(one.count))
        click.echo(f"{one.column}: {rows}. {FAULTS[one.fault]}", err=True)
        # Whoever runs this holds the file, whoever the report is for: what it says is no secret from them.
        for line in unknown_instruments(one):
            click.echo(f"  {line}", err=True)


def _joint(found: Evaluation, figures: Figures) -> list[str]:
    total = {row.measure: row for row in found.joint_rows if row.breakdown == "total"}
    lines = []
    if "journeys" in total:
        lines.append(_("{count} joint journeys.").format(count=figures.count(total["journeys"].numerator)))
    if began := total.get("inducted"):
        rate = figures.rate(began.numerator, began.denominator or 0)
        lines.append(_("Began the medicine: {rate}.").format(rate=rate))
    return lines
