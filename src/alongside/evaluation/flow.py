"""What became of everybody who was referred: declined and why, accepted, started, ended, open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from alongside.definitions import substance_use
from alongside.evaluation.rows import TOTAL, reading_order
from alongside.evaluation.tables.catalogue import SUBSTANCE_SERVICE, UNKNOWN

STEPS = (
    "referred",
    "declined",
    "undecided",
    "accepted",
    "started",
    "ended",
    "completed",
    "finished",
    "open",
    "never_started",
)


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of episodes at each step, for one service or in `total`.

    `ended` are discharged after at least one treatment contact; `finished` is a finished course, Talking Therapies
    only; `completed` ended as complete in a substance use service, by its discharge reason; `open` have started and
    are not discharged; `never_started` were accepted and have had no treatment.
    """

    service: str
    steps: Mapping[str, int]
    declined_reasons: tuple[tuple[str, int], ...]

    def __getitem__(self, step: str) -> int:
        return self.steps[step]


def flows(derived: ir.Table) -> tuple[Flow, ...]:
    """The flow in total, then of each service in reading order."""
    rows = _with_steps(derived)
    sums = {step: rows[step].sum() for step in STEPS}
    counted = {TOTAL: rows.aggregate(**sums), "service": rows.group_by("service").aggregate(**sums)}
    lines = [{"service": TOTAL} | line for line in counted[TOTAL].to_pyarrow().to_pylist()]
    lines += sorted(counted["service"].to_pyarrow().to_pylist(), key=lambda line: reading_order(line["service"]))
    total, *services = lines
    reasons = _reasons(rows)
    # By its place, not by its name: a service may be called "total".
    of_each = [[one for one in reasons if one["service"] == line["service"]] for line in services]
    return tuple(_flow(line, mine) for line, mine in zip((total, *services), (reasons, *of_each), strict=True))


def _flow(line: Mapping[str, object], reasons: Sequence[Mapping[str, object]]) -> Flow:
    name = str(line["service"])
    mine: dict[str, int] = {}
    for reason in reasons:
        key = str(reason["declined_reason"])
        mine[key] = mine.get(key, 0) + int(str(reason["count"]))
    ordered = sorted(mine.items(), key=lambda pair: (-pair[1], pair[0]))
    return Flow(name, {step: int(str(line[step] or 0)) for step in STEPS}, tuple(ordered))


def _with_steps(rows: ir.Table) -> ir.Table:
    # Where nobody wrote a decision, a reason for declining is one, and so is treatment or a discharge.
    declined = (~rows.accepted).fill_null(False) | (rows.accepted.isnull() & rows.declined_reason.notnull())
    begun = rows.started | rows.discharged.notnull()
    accepted = ~declined & (rows.accepted.fill_null(False) | begun)
    ended = rows.discharged.notnull()
    return rows.mutate(
        declined=declined,
        accepted=accepted,
        undecided=~declined & ~accepted,
        started=accepted & rows.started,
        ended=accepted & rows.started & ended,
        completed=accepted & rows.started & ended & (rows.service_kind == SUBSTANCE_SERVICE) & _as_complete(rows),
        open=accepted & rows.started & ~ended,
        never_started=accepted & ~rows.started,
    )


def _as_complete(rows: ir.Table) -> ir.BooleanValue:
    complete = [one.key for one in substance_use.discharge_reasons() if one.ended == "planned"]
    return rows.end_code.isin(complete).fill_null(False)


def _reasons(rows: ir.Table) -> list[dict[str, object]]:
    declined = rows.filter(rows.declined)
    named = declined.mutate(declined_reason=ibis.coalesce(declined.declined_reason, UNKNOWN))
    counted = named.group_by("service", "declined_reason").aggregate(count=named.count())
    found: list[dict[str, object]] = counted.to_pyarrow().to_pylist()
    return found
