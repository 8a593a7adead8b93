"""What was turned away, left out or odd in the tables, counted and listed: nothing is dropped in silence."""

from dataclasses import dataclass
from enum import StrEnum

import ibis.expr.types as ir

from alongside.evaluation.episodes import accepted_records
from alongside.evaluation.scores import judged
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

    @property
    def leaves_out(self) -> bool:
        return self not in (
            Fault.DISCHARGE_WITHOUT_END_CODE,
            Fault.END_CODE_WITHOUT_DISCHARGE,
            Fault.CONTACT_WITHOUT_ATTENDANCE,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the column to look at, how many rows have it, and what names the first of them."""

    fault: Fault
    column: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of finished courses, how many have both ends of each measure."""

    finished: int
    phq9: int
    anxiety: int
    both: int


def findings(tables: Tables) -> tuple[Finding, ...]:
    """Every fault that was found, in the order of `Fault`."""
    faulty = _faulty_episodes(tables) | _faulty_contacts(tables) | _faulty_scores(tables) | _faulty_use(tables)
    looked = (_finding(fault, *faulty[fault]) for fault in Fault if fault in faulty)
    return tuple(found for found in looked if found.count)


def _faulty_episodes(tables: Tables) -> dict[Fault, tuple[str, ir.Table, str]]:
    rows = tables["episodes"]
    backwards = rows.discharged < rows.referral_received
    no_code = rows.discharged.notnull() & rows.end_code.isnull()
    no_day = rows.discharged.isnull() & rows.end_code.notnull()
    found = {
        Fault.DISCHARGE_BEFORE_REFERRAL: ("episodes.discharged", rows.filter(backwards), "episode_id"),
        Fault.END_CODE_WITHOUT_DISCHARGE: ("episodes.discharged", rows.filter(no_day), "episode_id"),
    }
    if "episodes.end_code" not in tables.absent_columns:
        found[Fault.DISCHARGE_WITHOUT_END_CODE] = ("episodes.end_code", rows.filter(no_code), "episode_id")
    return found


def _faulty_contacts(tables: Tables) -> dict[Fault, tuple[str, ir.Table, str]]:
    received = tables["episodes"].select("episode_id", "referral_received")
    rows = tables["contacts"].inner_join(received, "episode_id")
    unsaid = rows.attendance.isnull() & rows.planned.fill_null(True)
    return {
        Fault.CONTACT_BEFORE_REFERRAL: (
            "contacts.date",
            rows.filter(rows.date < rows.referral_received),
            "contact_id",
        ),
        Fault.CONTACT_WITHOUT_ATTENDANCE: ("contacts.attendance", rows.filter(unsaid), "contact_id"),
    }


def _faulty_scores(tables: Tables) -> dict[Fault, tuple[str, ir.Table, str]]:
    rows = judged(tables, accepted_records(tables))
    given = rows.filter(rows.score.notnull())
    everywhere = tables["scores"]
    return {
        Fault.SCORE_BEFORE_REFERRAL: ("scores.date", rows.filter(rows.early), "episode_id"),
        Fault.IMPOSSIBLE_SCORE: ("scores.score", given.filter(given.known & ~given.valid), "episode_id"),
        Fault.UNKNOWN_INSTRUMENT: ("scores.instrument", given.filter(~given.known), "instrument"),
        Fault.SCORE_WITHOUT_VALUE: ("scores.score", everywhere.filter(everywhere.score.isnull()), "episode_id"),
        Fault.SCORE_WITHOUT_EPISODE: (
            "scores.episode_id",
            everywhere.filter(everywhere.episode_id.isnull()),
            "instrument",
        ),
    }


def _faulty_use(tables: Tables) -> dict[Fault, tuple[str, ir.Table, str]]:
    rows = tables["substance_use"]
    empty = rows.filter(rows.days_used_of_28.isnull())
    return {Fault.USE_WITHOUT_DAYS: ("substance_use.days_used_of_28", empty, "person_id")}


def _finding(fault: Fault, column: str, rows: ir.Table, name: str) -> Finding:
    count = rows.count().to_pyarrow().as_py()
    named = rows.filter(rows[name].notnull()).select(name=name).distinct().order_by("name").limit(EXAMPLES)
    examples = named.to_pyarrow()["name"].to_pylist() if count else []
    return Finding(fault, column, count, tuple(examples))


def completeness(derived: ir.Table) -> Completeness:
    """How complete the outcomes' measures are, among finished courses."""
    sums = derived.aggregate(
        finished=derived.finished.sum(),
        phq9=derived.paired_phq9.sum(),
        anxiety=derived.paired_anxiety.sum(),
        both=(derived.paired_phq9 & derived.paired_anxiety).sum(),
    )
    [line] = sums.to_pyarrow().to_pylist()
    return Completeness(**{name: int(value or 0) for name, value in line.items()})
