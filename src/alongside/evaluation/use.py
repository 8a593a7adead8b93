"""What people's use did while their mood was treated: less, the same, more.

The substance is the one used on the most days at its first record within the window (ties go by name), and the
change is between its first and its last record. No reliable-change figure by substance could be sourced, so the
plain difference is given, as `outcomes.rules.use_change` has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from alongside.evaluation.tables import ROW, Tables
from alongside.outcomes.rules import UseChange

NOT_KNOWN = "not_known"
CHANGES = (*(change.value for change in UseChange), NOT_KNOWN)
MOODS = ("recovery", "improved", "no_reliable_change", "deteriorated", "not_paired")
_ROWS = 10**14


@dataclass(frozen=True, slots=True)
class Use:
    """How the use of one group of episodes changed. `abstinent` had no day of use at the last record."""

    cohort: str
    counts: Mapping[str, int]
    abstinent: int

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    def __getitem__(self, change: str) -> int:
        return self.counts[change]


def with_use(tables: Tables, derived: ir.Table) -> ir.Table:
    """Each episode's `mood` outcome, `use` change and whether it ended `abstinent`.

    The window runs from the referral, or the journey's opening if earlier, to the discharge, or the journey's
    close if later; both days are in it. An open episode's window has no end.
    """
    windows = _windows(tables, derived)
    changes = _changes(_primary(_records(tables, windows)))
    rows = derived.left_join(changes, "episode_id").drop("episode_id_right")
    use = rows.change.fill_null(NOT_KNOWN)
    told = rows.mutate(mood=_mood(rows), use=use, abstinent=rows.abstinent.fill_null(False))
    return tables.held(told)


def _windows(tables: Tables, derived: ir.Table) -> ir.Table:
    journeys = tables["journeys"].select("journey_id", "opened", "closed")
    rows = derived.left_join(journeys, "journey_id")
    start = ibis.least(rows.referral_received, ibis.coalesce(rows.opened, rows.referral_received))
    end = ibis.greatest(rows.discharged, ibis.coalesce(rows.closed, rows.discharged))
    end = ibis.ifelse(rows.discharged.isnull(), ibis.null("date"), end)
    return rows.select("episode_id", "person_id", start=start, end=end)


def _records(tables: Tables, windows: ir.Table) -> ir.Table:
    records = tables["substance_use"]
    records = records.filter(records.days_used_of_28.notnull())
    both = windows.inner_join(records, "person_id")
    inside = (both.date >= both.start) & (both.end.isnull() | (both.date <= both.end))
    place = both.date.epoch_seconds() // 86_400 * _ROWS + both[ROW]
    return both.mutate(place=place).filter(inside)


def _primary(records: ir.Table) -> ir.Table:
    """One row for each episode and substance, most days first; the first of each episode is kept."""
    days = records.days_used_of_28
    by_substance = records.group_by("episode_id", "substance").aggregate(
        first=days.argmin(records.place), last=days.argmax(records.place), on=records.date.nunique()
    )
    order = [ibis.desc(by_substance["first"]), by_substance.substance]
    ranked = by_substance.mutate(rank=ibis.row_number().over(group_by=by_substance.episode_id, order_by=order))
    return ranked.filter(ranked["rank"] == 0)


def _changes(primary: ir.Table) -> ir.Table:
    first, last = primary["first"], primary["last"]
    change = ibis.cases(
        (primary.on < 2, ibis.null("string")),
        (last < first, UseChange.LESS.value),
        (last > first, UseChange.MORE.value),
        else_=UseChange.SAME.value,
    )
    return primary.select("episode_id", change=change, abstinent=(primary.on >= 2) & (last == 0))


def _mood(rows: ir.Table) -> ir.StringValue:
    return ibis.cases(
        (~rows.finished, ibis.null("string")),
        (rows.recovery, "recovery"),
        (rows.reliable_improvement, "improved"),
        (rows.reliable_deterioration, "deteriorated"),
        (rows.no_reliable_change, "no_reliable_change"),
        else_="not_paired",
    )


def matrix(rows: ir.Table) -> dict[tuple[str, str], int]:
    """Finished courses by mood outcome and change in use: `{(mood, change): count}`, every pair present."""
    finished = rows.filter(rows.finished)
    counted = finished.group_by("mood", "use").aggregate(count=finished.count()).to_pyarrow().to_pylist()
    found = {(line["mood"], line["use"]): line["count"] for line in counted}
    return {(mood, change): found.get((mood, change), 0) for mood in MOODS for change in CHANGES}


def uses(rows: ir.Table) -> tuple[Use, ...]:
    """Change in use among finished courses, among those below both cut-offs, and in substance use episodes."""
    chosen = {
        "finished": rows.finished,
        "recovery": rows.recovery,
        "substance_use": (rows.service_kind == "substance_use") & rows.started,
    }
    sums = {f"{name}.{change}": (of & (rows.use == change)).sum() for name, of in chosen.items() for change in CHANGES}
    sums |= {f"{name}.abstinent": (of & rows.abstinent).sum() for name, of in chosen.items()}
    [line] = rows.aggregate(**sums).to_pyarrow().to_pylist()
    counts = {name: int(value or 0) for name, value in line.items()}
    return tuple(
        Use(name, {change: counts[f"{name}.{change}"] for change in CHANGES}, counts[f"{name}.abstinent"])
        for name in chosen
    )
