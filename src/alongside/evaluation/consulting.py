"""How long questions between the teams waited for their answers."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from alongside.evaluation.rows import reading_order
from alongside.evaluation.tables import Tables
from alongside.evaluation.tables.catalogue import UNKNOWN
from alongside.kernel import clock


@dataclass(frozen=True, slots=True)
class Response:
    """Questions of one service to another. `judged` had a due time that was met or has passed.

    Hours are elapsed hours from asking to answering, nights and weekends included; None where none was answered.
    """

    asked_by: str
    asked_to: str
    asked: int
    answered: int
    judged: int
    in_time: int
    median_hours: float | None
    longest_hours: float | None


def responses(tables: Tables) -> tuple[Response, ...]:
    """One row for each direction in which questions were asked, in reading order."""
    rows = tables["consultations"]
    now = ibis.literal(clock.now().replace(tzinfo=None), type="timestamp")
    hours = (rows.answered_at.epoch_seconds() - rows.asked_at.epoch_seconds()) / 3600
    in_time = (rows.answered_at <= rows.due_at).fill_null(False)
    judged = rows.due_at.notnull() & (rows.answered_at.notnull() | (rows.due_at < now))
    named = rows.mutate(
        asked_by=rows.asked_by.fill_null(UNKNOWN),
        asked_to=rows.asked_to.fill_null(UNKNOWN),
        hours=hours,
        judged=judged,
        in_time=in_time,
    )
    return _sorted(named.group_by("asked_by", "asked_to").aggregate(**_columns(named)))


def _columns(rows: ir.Table) -> dict[str, ir.Value]:
    return {
        "asked": rows.count(),
        "answered": rows.answered_at.notnull().sum(),
        "judged": rows.judged.sum(),
        "in_time": rows.in_time.sum(),
        "median_hours": rows.hours.median(),
        "longest_hours": rows.hours.max(),
    }


def _sorted(table: ir.Table) -> tuple[Response, ...]:
    found = [Response(**line) for line in table.to_pyarrow().to_pylist()]
    return tuple(sorted(found, key=lambda one: (reading_order(one.asked_by), reading_order(one.asked_to))))
