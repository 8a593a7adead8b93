"""How long people stayed in treatment: Kaplan-Meier curves from the opening of a journey."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd
from lifelines import KaplanMeierFitter

from alongside.evaluation.rows import TOTAL, reading_order
from alongside.evaluation.tables import Tables
from alongside.outcomes.columns import took_place

BREAKDOWNS = ("arm_in_pathway", "history_mood_anxiety", "arm_in_pathway_and_history")
GRACE_DAYS = 7  # treatment is weekly at its rarest, so the last week of a plan may hold no dose of its own


@dataclass(frozen=True, slots=True)
class Point:
    """The curve from `day` on: `at_risk` stood before it, `left` and `censored` went on it."""

    day: int
    at_risk: int
    left: int
    censored: int
    retained: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Retention of one group. `points` begin at day 0; limits are 95 %, by the log(-log) transformation."""

    breakdown: str
    group: str
    people: int
    left: int
    points: tuple[Point, ...]

    def at(self, day: int) -> Point:
        """The last point no later than `day`."""
        return [point for point in self.points if point.day <= day][-1]

    @property
    def median(self) -> int | None:
        """The first day on which half or fewer are retained; None where more than half always are."""
        return next((point.day for point in self.points if point.retained <= 0.5), None)


def stays(tables: Tables, journeys: ir.Table) -> ir.Table:
    """One row a journey: `days` from opening to the last day of treatment, and whether the person `left`.

    The last day of treatment is the last that a dose covers or, where the journey has no doses at all and none
    were given for any journey, the last contact that took place. Nobody with a dose missing is dropped: somebody
    who never had one left on day 0. Who was treated to within a week of the planned end, and whoever's journey is
    still open, has not left; they are counted for as long as they were seen.
    """
    rows = journeys.left_join(_last_contact(tables), "journey_id").drop("journey_id_right")
    last = rows.last_covered if "doses" in tables else rows.last_contact
    last = ibis.greatest(ibis.coalesce(last, rows.opened_on), rows.opened_on)
    planned = rows.planned_end
    to_the_end = (last >= planned - ibis.interval(days=GRACE_DAYS)).fill_null(False)
    until = ibis.ifelse(to_the_end, planned, last)
    return rows.mutate(
        days=until.cast("date").delta(rows.opened_on, unit="day"),
        left=~to_the_end & rows.closed.notnull(),
        arm_in_pathway_and_history=rows.arm_in_pathway + ", history " + rows.history_mood_anxiety,
    )


def _last_contact(tables: Tables) -> ir.Table:
    contacts = tables["contacts"]
    kept = contacts.filter(took_place(contacts)).select("episode_id", "date")
    episodes = tables["episodes"].select("episode_id", "journey_id")
    return kept.inner_join(episodes, "episode_id").group_by("journey_id").aggregate(last_contact=lambda t: t.date.max())


def retention(tables: Tables, journeys: ir.Table) -> tuple[Curve, ...]:
    """The curves in total and by group; none where journeys, or both doses and contacts, were not given."""
    if "journeys" not in tables or not ({"doses", "contacts"} & set(tables.by_name)):
        return ()
    rows = stays(tables, journeys).select("days", "left", *BREAKDOWNS).to_pandas()
    return tuple(curve for breakdown in (TOTAL, *BREAKDOWNS) for curve in _curves(rows, breakdown))


def _curves(rows: pd.DataFrame, breakdown: str) -> Iterator[Curve]:
    if breakdown == TOTAL:
        groups: Sequence[tuple[str, pd.DataFrame]] = [("", rows)] if len(rows) else []
    else:
        found = [(str(name), chosen) for name, chosen in rows.groupby(breakdown)]
        groups = sorted(found, key=lambda pair: reading_order(pair[0]))
    for group, chosen in groups:
        yield _curve(breakdown, group, chosen)


def _curve(breakdown: str, group: str, rows: pd.DataFrame) -> Curve:
    fitted = KaplanMeierFitter().fit(rows["days"], event_observed=rows["left"])
    table = fitted.event_table
    steps = zip(
        table.index.to_numpy(),
        table[["at_risk", "observed", "censored"]].to_numpy(),
        fitted.survival_function_.to_numpy()[:, 0],
        fitted.confidence_interval_.to_numpy(),
        strict=True,
    )
    points = tuple(
        Point(int(day), *(int(count) for count in counts), float(retained), float(limits[0]), float(limits[1]))
        for day, counts, retained, limits in steps
    )
    return Curve(breakdown, group, len(rows), int(rows["left"].sum()), points)
