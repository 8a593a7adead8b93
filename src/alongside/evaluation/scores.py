"""Which scores count in which episode, and the first and last of each instrument that an outcome may need."""

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import instruments
from alongside.evaluation.tables import ROW, Tables
from alongside.outcomes.columns import measure_in_force
from alongside.outcomes.rules import DEPRESSION, FALLBACK

OWN = "own"
_ROWS = 10**14  # more rows than any table has, so that a later day always orders after an earlier one


def judged(tables: Tables, episodes: ir.Table) -> ir.Table:
    """Every score, with what may keep it from counting in one of `episodes`.

    Adds `known` (we have the instrument), `valid` (a possible total), `early` (before the referral), `follow_up`
    (taken at a follow-up contact) and `counts`: belongs to one of the episodes, and none of these stands in the
    way. `place` orders scores by day, then file.
    """
    scores = tables["scores"].drop("person_id", "items")
    kinds = tables["contacts"].select(contact_id="contact_id", contact_kind="kind")
    own = episodes.select("episode_id", "referral_received", OWN)
    rows = scores.left_join(own, "episode_id").drop("episode_id_right")
    rows = rows.left_join(kinds, "contact_id").drop("contact_id_right")
    rows = rows.left_join(_limits(), "instrument").drop("instrument_right")
    rows = rows.mutate(
        known=rows.most.notnull(),
        valid=(rows.score.between(rows.least, rows.most) & _fine_enough(rows)).fill_null(False),
        early=(rows.date < rows.referral_received).fill_null(False),
        follow_up=(rows.contact_kind == "follow_up").fill_null(False),
        place=rows.date.epoch_seconds() // 86_400 * _ROWS + rows[ROW],
    )
    belongs = rows.referral_received.notnull()
    return rows.mutate(counts=belongs & rows.valid & ~rows.early & ~rows.follow_up)


def _limits() -> ir.Table:
    rows = [
        {
            "instrument": one.key,
            "least": one.range.minimum,
            "most": one.range.maximum,
            "unit": 10 ** one.decimals[1],
        }
        for one in instruments()
    ]
    shape = {"instrument": "string", "least": "decimal(18,6)", "most": "decimal(18,6)", "unit": "int64"}
    return ibis.memtable(rows, schema=ibis.schema(shape))


def _fine_enough(rows: ir.Table) -> ir.BooleanValue:
    """No more decimals than the instrument is written with: the national validation turns others away."""
    scaled = rows.score * rows.unit
    return scaled == scaled.floor()


def first_and_last(scores: ir.Table) -> ir.Table:
    """One row an episode: `phq9_first`, `phq9_last`, `anxiety_instrument`, `anxiety_first`, `anxiety_last`.

    `scores` are those that count, with the episode's `own` measure. A last score is null unless there are two.
    """
    wanted = {"phq9": DEPRESSION, "gad7": FALLBACK, "own": scores[OWN]}
    ends: dict[str, ir.Value] = {}
    for name, key in wanted.items():
        chosen = scores.instrument == key
        ends[f"{name}_scores"] = chosen.sum().fill_null(0)
        ends[f"{name}_first"] = scores.score.argmin(scores.place, where=chosen)
        ends[f"{name}_end"] = scores.score.argmax(scores.place, where=chosen)
    found = scores.group_by("episode_id", OWN).aggregate(**ends)
    found = found.mutate(anxiety_instrument=measure_in_force(found[OWN], found.own_scores))
    own_counts = found.anxiety_instrument == found[OWN]
    pairs = {"phq9": _pair(found, "phq9"), "gad7": _pair(found, "gad7"), "own": _pair(found, "own")}
    return found.select(
        "episode_id",
        "anxiety_instrument",
        phq9_first=pairs["phq9"][0],
        phq9_last=pairs["phq9"][1],
        anxiety_first=ibis.ifelse(own_counts, pairs["own"][0], pairs["gad7"][0]),
        anxiety_last=ibis.ifelse(own_counts, pairs["own"][1], pairs["gad7"][1]),
    )


def _pair(found: ir.Table, name: str) -> tuple[ir.Value, ir.Value]:
    first, end = found[f"{name}_first"], found[f"{name}_end"]
    return first, ibis.ifelse(found[f"{name}_scores"] >= 2, end, ibis.null(end.type()))
