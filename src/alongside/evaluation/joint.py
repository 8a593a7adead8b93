"""Joint journeys: how many, by pathway and arm, how many began the medicine and were in both services."""

import ibis
import ibis.expr.types as ir

from alongside.definitions.indicators import journey_indicators
from alongside.evaluation.rows import Row, measure_rows
from alongside.evaluation.tables import Tables
from alongside.evaluation.tables.catalogue import TALKING_THERAPIES, UNKNOWN

BREAKDOWNS = ("pathway", "arm", "arm_in_pathway", "history_mood_anxiety")
BETWEEN = " / "


def journeys(tables: Tables) -> ir.Table:
    """One row a journey with its groups as text and the flags `opened`, `inducted` and `both_services`."""
    rows = tables["journeys"]
    persons = tables["persons"].select("person_id", "history_mood_anxiety")
    rows = rows.left_join(persons, "person_id").drop("person_id_right")
    rows = rows.rename(opened_on="opened").left_join(_dosed(tables), "journey_id").drop("journey_id_right")
    rows = rows.left_join(_services(tables), "journey_id").drop("journey_id_right")
    history = rows.history_mood_anxiety
    pathway, arm = rows.pathway.fill_null(UNKNOWN), rows.arm.fill_null(UNKNOWN)
    told = rows.mutate(
        pathway=pathway,
        arm=arm,
        arm_in_pathway=pathway + BETWEEN + arm,
        history_mood_anxiety=ibis.cases((history, "yes"), (~history, "no"), else_=UNKNOWN),
        opened=ibis.literal(True),
        inducted=rows.last_covered.notnull(),
        both_services=(rows.talking & rows.using).fill_null(False),
        service_kind=ibis.literal(""),
    )
    return tables.held(told)


def _dosed(tables: Tables) -> ir.Table:
    doses = tables["doses"]
    last_day = doses.date + (doses.days_covered.fill_null(1) - 1).as_interval("D")
    return doses.group_by("journey_id").aggregate(last_covered=last_day.cast("date").max())


def _services(tables: Tables) -> ir.Table:
    episodes = tables["episodes"]
    return episodes.group_by("journey_id").aggregate(
        talking=(episodes.service_kind == TALKING_THERAPIES).any(),
        using=(episodes.service_kind == "substance_use").any(),
    )


def joint_rows(tables: Tables, rows: ir.Table) -> tuple[Row, ...]:
    """The measures of journeys in total and by pathway, arm and history; none where no journeys were given.

    Induction is left out where no doses were given: nobody's first dose was looked for.
    """
    if "journeys" not in tables:
        return ()
    shown = [one for one in journey_indicators() if one.id != "inducted" or "doses" in tables]
    return measure_rows(rows, shown, BREAKDOWNS)
