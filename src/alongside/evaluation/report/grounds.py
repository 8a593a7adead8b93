"""What the figures stand on: completeness, rows left out, definitions and files."""

from collections.abc import Iterable, Sequence

from alongside.evaluation.engine import Evaluation, Used
from alongside.evaluation.quality import Completeness, Finding
from alongside.evaluation.report import words
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.report.shapes import Grid
from alongside.evaluation.tables import Source
from alongside.kernel.language import gettext as _


def completeness(found: Completeness, figures: Figures) -> tuple[str, ...]:
    """How many finished courses have both ends of each measure: what every outcome rests on."""
    if not found.finished:
        return ()
    parts = (
        (_("PHQ-9 taken at least twice"), found.phq9),
        (_("The anxiety measure in force taken at least twice"), found.anxiety),
        (_("Both, so that an outcome can be known"), found.both),
    )
    if found.unjudged:
        parts += ((_("Of those, no reliable change is known for the measure, so none is claimed"), found.unjudged),)
    if found.two_versions:
        said = _("Of those, first and last answered in two language versions, so no change is claimed (our own rule)")
        parts += ((said, found.two_versions),)
    return tuple(f"{label}: {figures.rate(count, found.finished)}" for label, count in parts)


def findings(found: Sequence[Finding], figures: Figures) -> Grid | None:
    """What was turned away or odd; ids for the partnership only."""
    if not found:
        return None
    headings: tuple[str, ...] = (_("What"), _("Column"), _("Rows"))
    rows: list[tuple[str, ...]] = [(words.FAULTS[one.fault], one.column, figures.count(one.count)) for one in found]
    if figures.exact:
        headings += (_("The first of them"),)
        rows = [(*row, _first_of(one)) for row, one in zip(rows, found, strict=True)]
    return Grid(_("Rows that were left out, or are odd"), headings, tuple(rows))


def _first_of(found: Finding) -> str:
    return " ".join(words.unknown_instruments(found)) or ", ".join(found.examples)


def answers_left_out(evaluation: Evaluation, figures: Figures) -> tuple[str, ...]:
    """How many scores were left out by how they were answered, and why; nothing where nobody asked for that."""
    lines = [
        words.left_out(why, evaluation.wanted).format(count=figures.count(count))
        for why, count in evaluation.left_out.items()
    ]
    # To the public the parts are hidden or rounded: a sum beside them would help to work them out.
    if figures.exact and sum(evaluation.left_out.values()) > evaluation.left_out_in_all:
        said = _("Some scores are left out for more than one of these reasons. In all: {count}.")
        lines.append(said.format(count=figures.count(evaluation.left_out_in_all)))
    return tuple(lines)


def left_out(evaluation: Evaluation, figures: Figures) -> tuple[str, ...]:
    """Scores that were to be left out, and tables and columns that were not given, said plainly."""
    lines = [*answers_left_out(evaluation, figures)]
    if evaluation.absent:
        lines.append(
            _("Tables not given, so nothing is said from them: {names}.").format(names=", ".join(evaluation.absent))
        )
    if evaluation.absent_columns:
        names = ", ".join(evaluation.absent_columns)
        lines.append(_("Columns not given: {names}.").format(names=names))
    if evaluation.passed_over:
        names = ", ".join(evaluation.passed_over)
        lines.append(_("Passed over, because no table is called so: {names}.").format(names=names))
    return tuple(lines)


def definitions(used: Iterable[Used]) -> Grid:
    """The definitions behind the figures, and what in them nobody has checked."""
    rows = tuple(
        (
            one.name,
            one.version,
            one.checker,
            _("unverified: {names}").format(names="; ".join(one.unverified)) if one.unverified else _("verified"),
        )
        for one in used
    )
    return Grid(_("Definitions"), (_("Name"), _("Version"), _("Checked by"), _("Standing")), rows)


def files(sources: Iterable[Source], figures: Figures) -> Grid:
    """What the figures were made from."""
    rows = tuple((one.table, one.name, figures.count(one.rows), one.sha256 or _("in memory")) for one in sources)
    return Grid(_("Tables read"), (_("Table"), _("File"), _("Rows"), _("SHA-256")), rows)


def made(evaluation: Evaluation) -> str:
    """When, and by which version of the code."""
    return _("Made at {instant} by Alongside {version}.").format(
        instant=evaluation.made_at.isoformat(timespec="seconds"), version=evaluation.code_version
    )
