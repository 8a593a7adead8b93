"""The evaluation: from tables to every figure that a report shows. One door for the command and for the pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import ibis.expr.types as ir

from alongside import __version__
from alongside.definitions import indicators, talking_therapies
from alongside.definitions.instruments import instrument
from alongside.evaluation import consulting, flow, joint, quality, retention, use
from alongside.evaluation.answered import counted
from alongside.evaluation.episodes import BREAKDOWNS, derive
from alongside.evaluation.rows import Row, measure_rows
from alongside.evaluation.rules.wanted import ALL, Wanted, Why
from alongside.evaluation.scores import judged
from alongside.evaluation.tables import Source, Tables
from alongside.kernel import clock
from alongside.outcomes.rules import DEPRESSION

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Used:
    """A definition that figures rest on. `unverified` names what in it nobody has checked."""

    name: str
    version: str
    checker: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every figure, exact, with what it was made from. `report.render` and `writing` decide what may be shown.

    `rows` are the measures of episodes and `joint_rows` those of journeys. Percentages are never stored: a value
    is an unrounded fraction. `left_out` is how many scores were left out for each reason that `wanted` gives, and
    `left_out_in_all` how many there are of them: one may be left out for more than one reason.
    """

    rows: tuple[Row, ...]
    joint_rows: tuple[Row, ...]
    flows: tuple[flow.Flow, ...]
    uses: tuple[use.Use, ...]
    matrix: Mapping[tuple[str, str], int]
    responses: tuple[consulting.Response, ...]
    curves: tuple[retention.Curve, ...]
    completeness: quality.Completeness
    findings: tuple[quality.Finding, ...]
    persons: int
    sources: tuple[Source, ...]
    absent: tuple[str, ...]
    absent_columns: tuple[str, ...]
    passed_over: tuple[str, ...]
    wanted: Wanted
    left_out: Mapping[Why, int]
    left_out_in_all: int
    used: tuple[Used, ...]
    made_at: datetime
    code_version: str

    def row(self, measure: str, breakdown: str = "total", group: str = "") -> Row:
        """One row by its names. Raises `KeyError` where there is none."""
        for row in (*self.rows, *self.joint_rows):
            if (row.measure, row.breakdown, row.group) == (measure, breakdown, group):
                return row
        raise KeyError((measure, breakdown, group))


def evaluate(tables: Tables, progress: Progress = lambda _: None, *, wanted: Wanted = ALL) -> Evaluation:
    """Compute every figure from checked tables. Exact; nothing is suppressed here.

    `wanted` may leave out scores by how they were answered; unless somebody asks, every score counts. Figures whose
    tables were not given are empty, and `absent` says which those are.
    """
    progress("Deriving a row for each episode")
    scored = judged(tables, wanted)
    left_out, left_out_in_all = counted(scored, wanted)
    derived = derive(tables, scored)
    progress("Counting the measures")
    rows = measure_rows(derived, indicators.indicators(), BREAKDOWNS)
    used_rows = use.with_use(tables, derived)
    journeys = joint.journeys(tables)
    progress("Drawing retention, use and response times")
    return Evaluation(
        rows=rows,
        joint_rows=joint.joint_rows(tables, journeys),
        flows=flow.flows(derived),
        uses=use.uses(used_rows) if "substance_use" in tables else (),
        matrix=use.matrix(used_rows) if "substance_use" in tables else {},
        responses=consulting.responses(tables),
        curves=retention.retention(tables, journeys),
        completeness=quality.completeness(derived),
        findings=quality.findings(tables, scored),
        persons=tables["persons"].count().to_pyarrow().as_py(),
        sources=tables.sources,
        absent=tables.absent,
        absent_columns=tables.absent_columns,
        passed_over=tables.passed_over,
        wanted=wanted,
        left_out=left_out,
        left_out_in_all=left_out_in_all,
        used=_used(derived),
        made_at=clock.now(),
        code_version=__version__,
    )


def _used(derived: ir.Table) -> tuple[Used, ...]:
    """The definitions behind the figures, with what nobody has checked in each."""
    sets = [
        Used(one.name, one.version, one.checker, tuple(each.title for each in one.indicators if not each.verified))
        for one in indicators.sets()
    ]
    codes = talking_therapies.codes()
    in_force = derived.select("anxiety_instrument").distinct().to_pyarrow()["anxiety_instrument"].to_pylist()
    instruments = [instrument(key) for key in (DEPRESSION, *sorted(in_force))]
    return (
        *sets,
        Used(codes.name, codes.version, codes.checker, () if codes.verified else (codes.name,)),
        *(Used(one.name, one.version, one.checker, one.unverified) for one in instruments),
    )
