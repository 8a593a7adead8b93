"""Which scores count in which episode, and the first and last of each instrument that an outcome may need."""

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import instruments
from alongside.evaluation.accepted import OWN, accepted_records
from alongside.evaluation.answered import ANY, for_any, unwanted
from alongside.evaluation.rules.wanted import ALL, Wanted
from alongside.evaluation.tables import ROW, Tables
from alongside.measures.columns import is_valid_total
from alongside.measures.rules import BETWEEN, spellings
from alongside.outcomes.columns import measure_in_force
from alongside.outcomes.rules import DEPRESSION, FALLBACK

_ROWS = 10**14  # more rows than any table has, so that a later day always orders after an earlier one


def judged(tables: Tables, wanted: Wanted = ALL) -> ir.Table:
    """Every score, with what may keep it from counting in an accepted episode; held by the engine.

    `instrument` is the key of the one that was meant, where we know it. Adds `known` (we do), `valid` (a possible
    total), `early` (before the referral) and `counts`: belongs to an accepted episode, none of these stands in the
    way, and it was not taken at a follow-up contact. `left_out` are those that would have counted and that `wanted`
    leaves out, with a column for each reason (`Why`) that was asked for. `place` orders scores by day, then file.
    `language` is the version that was answered, empty for English; it is there only where any was not.
    """
    own = accepted_records(tables).select("episode_id", "referral_received", OWN)
    contacts = tables["contacts"]
    follow_ups = contacts.filter(contacts.kind == "follow_up").select("contact_id", at="kind")
    rows = tables["scores"].left_join(own, "episode_id").drop("episode_id_right")
    rows = rows.left_join(follow_ups, "contact_id").drop("contact_id_right")
    rows = rows.mutate(key=meant(rows.instrument))
    told = rows.select(
        "episode_id",
        "score",
        OWN,
        instrument=rows.key.fill_null(rows.instrument),
        known=rows.key.notnull(),
        valid=is_valid_total(rows.key, rows.score),
        early=(rows.date < rows.referral_received).fill_null(False),
        language=rows.language,
        **unwanted(rows, version_of(rows.language), wanted),
        stands=rows.referral_received.notnull() & rows["at"].isnull(),
        place=rows.date.epoch_seconds() // 86_400 * _ROWS + rows[ROW],
    )
    told = told.mutate(language=version_of(told.language)) if in_other_languages(tables) else told.drop("language")
    would = told.stands & told.valid & ~told.early
    reasons = {why: would & told[why] for why in wanted.reasons}
    left_out = for_any(reasons)
    return tables.held(told.mutate(counts=would & ~left_out, **{ANY: left_out}, **reasons))


def in_other_languages(tables: Tables) -> bool:
    """Whether any score was answered in another language version than English. Most tables have none, and are judged
    without looking for one in each row."""
    if "scores" not in tables or "scores.language" in tables.absent_columns:
        return False
    return bool((version_of(tables["scores"].language) != "").any().fill_null(False).to_pyarrow().as_py())


def version_of(language: ir.StringValue) -> ir.StringValue:
    """The language version as cut-offs name it, as `measures.rules.version_of` has it; empty for English."""
    primary = language.fill_null("").strip().lower().split("-")[0]
    return ibis.ifelse(primary == "en", "", primary)


def meant(written: ir.StringValue) -> ir.StringValue:
    """The key of the instrument that was meant, as `measures.rules.instrument_key` has it; null for none."""
    keys = [one.key for one in instruments()]
    plain = written.lower().re_replace(BETWEEN, "").cases(*spellings().items(), else_=ibis.null("string"))
    # Nearly every row is spelt as the key; only the others are worth a pattern.
    return ibis.ifelse(written.isin(keys), written, plain)


def first_and_last(scores: ir.Table) -> ir.Table:
    """One row an episode: `phq9_first`, `phq9_last`, `anxiety_instrument`, `anxiety_first`, `anxiety_last`.

    `scores` are those that count, with the episode's `own` measure. A last score is null unless there are two. With the
    language version of each score (`outcomes.columns.LANGUAGES`) where scores have one.
    """
    in_languages = "language" in scores.columns
    wanted = {"phq9": DEPRESSION, "gad7": FALLBACK, "own": scores[OWN]}
    ends: dict[str, ir.Value] = {}
    for name, key in wanted.items():
        chosen = scores.instrument == key
        ends[f"{name}_scores"] = chosen.sum().fill_null(0)
        ends[f"{name}_first"] = scores.score.argmin(scores.place, where=chosen)
        ends[f"{name}_end"] = scores.score.argmax(scores.place, where=chosen)
        if in_languages:
            ends[f"{name}_first_language"] = scores.language.argmin(scores.place, where=chosen)
            ends[f"{name}_last_language"] = scores.language.argmax(scores.place, where=chosen)
    found = scores.group_by("episode_id", OWN).aggregate(**ends)
    found = found.mutate(anxiety_instrument=measure_in_force(found[OWN], found.own_scores))
    own_counts = found.anxiety_instrument == found[OWN]
    pairs = {"phq9": _pair(found, "phq9"), "gad7": _pair(found, "gad7"), "own": _pair(found, "own")}
    return found.select(
        "episode_id",
        "anxiety_instrument",
        **(_languages(found, own_counts) if in_languages else {}),
        phq9_first=pairs["phq9"][0],
        phq9_last=pairs["phq9"][1],
        anxiety_first=ibis.ifelse(own_counts, pairs["own"][0], pairs["gad7"][0]),
        anxiety_last=ibis.ifelse(own_counts, pairs["own"][1], pairs["gad7"][1]),
    )


def _languages(found: ir.Table, own_counts: ir.BooleanValue) -> dict[str, ir.StringValue]:
    """The versions of PHQ-9 and of the anxiety measure in force; where nothing was answered, English."""
    told = {}
    for end in ("first", "last"):
        own, gad7 = found[f"own_{end}_language"], found[f"gad7_{end}_language"]
        told[f"phq9_{end}_language"] = found[f"phq9_{end}_language"].fill_null("")
        told[f"anxiety_{end}_language"] = ibis.ifelse(own_counts, own, gad7).fill_null("")
    return told


def _pair(found: ir.Table, name: str) -> tuple[ir.Value, ir.Value]:
    first, end = found[f"{name}_first"], found[f"{name}_end"]
    return first, ibis.ifelse(found[f"{name}_scores"] >= 2, end, ibis.null(end.type()))
