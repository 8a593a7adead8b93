"""What the report's page needs, as plain words and tables; the template only lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.definitions.indicators import Indicator, indicators, journey_indicators
from alongside.evaluation.engine import Evaluation
from alongside.evaluation.publishing import published
from alongside.evaluation.report import grounds, sections, staying
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.report.shapes import Grid, Picture, Question, Step
from alongside.evaluation.report.words import stamp_words
from alongside.evaluation.rows import Row
from alongside.evaluation.rules.audience import Stamp
from alongside.kernel.language import gettext as _

__all__ = ["Page", "page"]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page, in reading order. Empty parts are left out by the template."""

    stamp: str
    stamp_css: str
    audience: str
    exact: bool
    summary: tuple[str, ...]
    flow: tuple[Step, ...]
    flow_grid: Grid | None
    declined: Grid | None
    questions: tuple[Question, ...]
    not_asked: str
    uses: Grid | None
    matrix: Grid | None
    consultations: Grid | None
    journeys: tuple[Question, ...]
    journey_grids: tuple[Grid, ...]
    retention: tuple[Picture, ...]
    breakdowns: tuple[Grid, ...]
    completeness: tuple[str, ...]
    findings: Grid | None
    left_out: tuple[str, ...]
    definitions: Grid
    files: Grid
    made: str


def page(evaluation: Evaluation, stamp: Stamp) -> Page:
    """The page for one audience; every number in it has passed through `Figures` or `published`."""
    figures = Figures(stamp.audience)
    words = stamp_words(stamp)
    return Page(
        stamp=words,
        stamp_css=css_string(words),
        audience=stamp.audience.value,
        exact=stamp.audience.exact,
        summary=sections.summary(evaluation, figures),
        flow=sections.flow_steps(evaluation.flows[0], figures),
        flow_grid=sections.flow_grid(evaluation.flows, figures),
        declined=sections.declined(evaluation.flows[0], figures),
        questions=_questions(indicators(), evaluation.rows, stamp),
        not_asked=sections.not_asked(_left_aside(evaluation.rows)),
        uses=sections.uses(evaluation.uses, figures),
        matrix=sections.matrix(evaluation.matrix, figures),
        consultations=sections.consultations(evaluation.responses, figures),
        journeys=_questions(journey_indicators(), evaluation.joint_rows, stamp),
        journey_grids=_grids(journey_indicators(), evaluation.joint_rows, stamp, _("Joint journeys")),
        retention=staying.retention(evaluation.curves, figures),
        breakdowns=_grids(indicators(), evaluation.rows, stamp, _("Every measure")),
        completeness=grounds.completeness(evaluation.completeness, figures),
        findings=grounds.findings(evaluation.findings, figures),
        left_out=grounds.left_out(evaluation, figures),
        definitions=grounds.definitions(evaluation.used),
        files=grounds.files(evaluation.sources, figures),
        made=grounds.made(evaluation),
    )


def css_string(words: str) -> str:
    """The words inside a CSS string: everything but letters, digits and spaces escaped, so nothing can end it."""
    plain = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):x} " for char in words)
    return "".join(plain)


def _questions(asked: Sequence[Indicator], rows: Sequence[Row], stamp: Stamp) -> tuple[Question, ...]:
    totals = {row.measure: row for row in published(rows, stamp.audience) if row.breakdown == "total"}
    return tuple(sections.question(one, totals[one.id]) for one in _applying(asked, rows))


def _applying(asked: Sequence[Indicator], rows: Sequence[Row]) -> list[Indicator]:
    """The measures that any episode could count in: the others would only say nought of nought."""
    ids = {row.measure for row in rows if row.breakdown == "total" and row.applies}
    return [one for one in asked if one.id in ids]


def _left_aside(rows: Sequence[Row]) -> list[Indicator]:
    applying = _applying(indicators(), rows)
    return [one for one in indicators() if one not in applying]


def _grids(asked: Sequence[Indicator], rows: Sequence[Row], stamp: Stamp, about: str) -> tuple[Grid, ...]:
    shown = published(rows, stamp.audience)
    names = dict.fromkeys(row.breakdown for row in shown if row.breakdown != "total")
    columns = _applying(asked, rows)
    return tuple(sections.breakdown(name, columns, shown, about) for name in names)
