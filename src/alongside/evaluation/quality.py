"""What was turned away, left out or odd in the tables, counted and listed: nothing is dropped in silence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import instruments
from alongside.evaluation.tables import Tables

EXAMPLES = 20


class Fault(StrEnum):
    """What was found. The first eight were left out of the figures; the rest were counted all the same."""

    DISCHARGE_BEFORE_REFERRAL = "discharge_before_referral"
    CONTACT_BEFORE_REFERRAL = "contact_before_referral"
    SCORE_BEFORE_REFERRAL = "score_before_referral"
    IMPOSSIBLE_SCORE = "impossible_score"
    UNKNOWN_INSTRUMENT = "unknown_instrument"
    SCORE_WITHOUT_VALUE = "score_without_value"
    SCORE_WITHOUT_EPISODE = "score_without_episode"
    USE_WITHOUT_DAYS = "use_without_days"
    DISCHARGE_WITHOUT_END_CODE = "discharge_without_end_code"
    END_CODE_WITHOUT_DISCHARGE = "end_code_without_discharge"
    CONTACT_WITHOUT_ATTENDANCE = "contact_without_attendance"
    SCORE_OF_SOMEBODY_ELSE = "score_of_somebody_else"
    SCORE_AT_ANOTHER_EPISODE = "score_at_another_episode"

    @property
    def leaves_out(self) -> bool:
        return self not in (
            Fault.DISCHARGE_WITHOUT_END_CODE,
            Fault.END_CODE_WITHOUT_DISCHARGE,
            Fault.CONTACT_WITHOUT_ATTENDANCE,
            Fault.SCORE_OF_SOMEBODY_ELSE,
            Fault.SCORE_AT_ANOTHER_EPISODE,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the column to look at, how many rows have it, and what names the first of them.

    `values` are what the cells say, the most frequent first, where that is the fault; `file` is where they stand.
    """

    fault: Fault
    column: str
    count: int
    examples: tuple[str, ...]
    values: tuple[tuple[str, int], ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of finished courses, how many have both ends of each measure.

    `unjudged` have both, and an anxiety measure whose reliable change nobody could source: no change is claimed. Nor is
    it of those in `two_versions`, whose first and last of either measure were answered in two language versions.
    """

    finished: int
    phq9: int
    anxiety: int
    both: int
    unjudged: int
    two_versions: int


@dataclass(frozen=True, slots=True)
class _Look:
    """Where a fault shows: the column to put right, which rows have it, and the column that names them."""

    column: str
    rows: ir.BooleanValue
    name: str


def findings(tables: Tables, scored: ir.Table) -> tuple[Finding, ...]:
    """Every fault that was found, in the order of `Fault`. `scored` is what `scores.judged` gives."""
    looked = (_episodes(tables), _contacts(tables), _scores(scored), _belonging(tables), _use(tables))
    files = {source.table: source.name for source in tables.sources}
    found = {
        one.fault: replace(one, file=files.get(one.column.partition(".")[0], ""))
        for table, looks in looked
        for one in _found(table, looks)
    }
    return tuple(found[fault] for fault in Fault if fault in found)


Looked = tuple[ir.Table, dict[Fault, _Look]]


def _episodes(tables: Tables) -> Looked:
    rows = tables["episodes"]
    backwards = rows.discharged < rows.referral_received
    no_code = rows.discharged.notnull() & rows.end_code.isnull()
    no_day = rows.discharged.isnull() & rows.end_code.notnull()
    looks = {
        Fault.DISCHARGE_BEFORE_REFERRAL: _Look("episodes.discharged", backwards, "episode_id"),
        Fault.END_CODE_WITHOUT_DISCHARGE: _Look("episodes.discharged", no_day, "episode_id"),
    }
    if "episodes.end_code" not in tables.absent_columns:
        looks[Fault.DISCHARGE_WITHOUT_END_CODE] = _Look("episodes.end_code", no_code, "episode_id")
    return rows, looks


def _contacts(tables: Tables) -> Looked:
    received = tables["episodes"].select("episode_id", "referral_received")
    rows = tables["contacts"].inner_join(received, "episode_id")
    unsaid = rows.attendance.isnull() & rows.planned.fill_null(True)
    return rows, {
        Fault.CONTACT_BEFORE_REFERRAL: _Look("contacts.date", rows.date < rows.referral_received, "contact_id"),
        Fault.CONTACT_WITHOUT_ATTENDANCE: _Look("contacts.attendance", unsaid, "contact_id"),
    }


def _scores(rows: ir.Table) -> Looked:
    given = rows.score.notnull()
    return rows, {
        Fault.SCORE_BEFORE_REFERRAL: _Look("scores.date", rows.early, "episode_id"),
        Fault.IMPOSSIBLE_SCORE: _Look("scores.score", given & rows.known & ~rows.valid, "episode_id"),
        Fault.UNKNOWN_INSTRUMENT: _Look("scores.instrument", given & ~rows.known, "instrument"),
        Fault.SCORE_WITHOUT_VALUE: _Look("scores.score", ~given, "episode_id"),
        Fault.SCORE_WITHOUT_EPISODE: _Look("scores.episode_id", rows.episode_id.isnull(), "instrument"),
    }


def _belonging(tables: Tables) -> Looked:
    """A score counts in the episode that it names, whatever person and contact stand beside it."""
    whose = tables["episodes"].select("episode_id", whose="person_id")
    at = tables["contacts"].select("contact_id", at_episode="episode_id")
    rows = tables["scores"].left_join(whose, "episode_id").drop("episode_id_right")
    rows = rows.left_join(at, "contact_id").drop("contact_id_right")
    return rows, {
        Fault.SCORE_OF_SOMEBODY_ELSE: _Look("scores.person_id", rows.person_id != rows.whose, "episode_id"),
        Fault.SCORE_AT_ANOTHER_EPISODE: _Look("scores.contact_id", rows.episode_id != rows.at_episode, "contact_id"),
    }


def _use(tables: Tables) -> Looked:
    rows = tables["substance_use"]
    empty = rows.days_used_of_28.isnull()
    return rows, {Fault.USE_WITHOUT_DAYS: _Look("substance_use.days_used_of_28", empty, "person_id")}


def _found(rows: ir.Table, looks: dict[Fault, _Look]) -> Iterator[Finding]:
    counts = rows.aggregate(**{fault.value: look.rows.sum() for fault, look in looks.items()})
    [line] = counts.to_pyarrow().to_pylist()
    for fault, look in looks.items():
        if count := int(line[fault.value] or 0):
            values = _values(rows, look) if fault is Fault.UNKNOWN_INSTRUMENT else ()
            yield Finding(fault, look.column, count, _examples(rows, look), values)


def _examples(rows: ir.Table, look: _Look) -> tuple[str, ...]:
    named = rows.filter(look.rows & rows[look.name].notnull()).select(name=look.name)
    first = named.distinct().order_by("name").limit(EXAMPLES)
    return tuple(first.to_pyarrow()["name"].to_pylist())


def _values(rows: ir.Table, look: _Look) -> tuple[tuple[str, int], ...]:
    said = rows.filter(look.rows).group_by(value=rows[look.name]).aggregate(times=lambda t: t.count())
    most = said.order_by(ibis.desc("times"), "value").limit(EXAMPLES).to_pyarrow().to_pylist()
    return tuple((line["value"], line["times"]) for line in most)


def completeness(derived: ir.Table) -> Completeness:
    """How complete the outcomes' measures are, among finished courses."""
    both = derived.paired_phq9 & derived.paired_anxiety
    without = [one.key for one in instruments() if one.reliable_change is None]
    sums = derived.aggregate(
        finished=derived.finished.sum(),
        phq9=derived.paired_phq9.sum(),
        anxiety=derived.paired_anxiety.sum(),
        both=both.sum(),
        unjudged=(both & derived.anxiety_instrument.isin(without)).sum(),
        two_versions=(both & _in_two_versions(derived)).sum(),
    )
    [line] = sums.to_pyarrow().to_pylist()
    return Completeness(**{name: int(value or 0) for name, value in line.items()})


def _in_two_versions(derived: ir.Table) -> ir.BooleanValue:
    if "phq9_first_language" not in derived.columns:
        return ibis.literal(False)
    mood = derived.phq9_first_language != derived.phq9_last_language
    return mood | (derived.anxiety_first_language != derived.anxiety_last_language)
