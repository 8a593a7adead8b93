"""Which scores count in which episode, and the first and last of each instrument that an outcome may need."""

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import instruments
from alongside.evaluation.accepted import OWN, accepted_records
from alongside.evaluation.tables import ROW, Tables
from alongside.measures.columns import is_valid_total
from alongside.outcomes.columns import measure_in_force
from alongside.outcomes.rules import DEPRESSION, FALLBACK

_ROWS = 10**14  # more rows than any table has, so that a later day always orders after an earlier one


def judged(tables: Tables) -> ir.Table:
    """Every score, with what may keep it from counting in an accepted episode; held by the engine.

    Adds `known` (we have the instrument), `valid` (a possible total), `early` (before the referral) and `counts`:
    belongs to an accepted episode, none of these stands in the way, and it was not taken at a follow-up contact.
    `place` orders scores by day, then file.
    """
    own = accepted_records(tables).select("episode_id", "referral_received", OWN)
    contacts = tables["contacts"]
    follow_ups = contacts.filter(contacts.kind == "follow_up").select("contact_id", at="kind")
    rows = tables["scores"].left_join(own, "episode_id").drop("episode_id_right")
    rows = rows.left_join(follow_ups, "contact_id").drop("contact_id_right")
    told = rows.select(
        "episode_id",
        "instrument",
        "score",
        OWN,
        known=rows.instrument.isin([one.key for one in instruments()]),
        valid=is_valid_total(rows.instrument, rows.score),
        early=(rows.date < rows.referral_received).fill_null(False),
        stands=rows.referral_received.notnull() & rows["at"].isnull(),
        place=rows.date.epoch_seconds() // 86_400 * _ROWS + rows[ROW],
    )
    return tables.held(told.mutate(counts=told.stands & told.valid & ~told.early))


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
