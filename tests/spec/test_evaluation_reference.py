"""The columnar engine against a slow, obvious reference: one episode at a time, by `outcomes.rules`, in Python.

Populations are random and untidy on purpose: scores of one day, impossible totals, follow-ups, contacts before the
referral, unplanned contacts without attendance, missing groups, three kinds of service.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import ibis.expr.types as ir
import pytest

from alongside.definitions import talking_therapies
from alongside.definitions.indicators import indicators
from alongside.evaluation import tables as evaluation_tables
from alongside.evaluation.episodes import BREAKDOWNS, derive
from alongside.evaluation.rows import measure_rows
from alongside.evaluation.scores import judged
from alongside.measures.rules import version_of
from alongside.outcomes.rules import (
    Access,
    Contact,
    Ends,
    Outcomes,
    TimedScore,
    depression_course,
    ends,
    finished_course,
    in_time,
    is_treatment_contact,
    measure_in_force,
    outcomes,
)
from tests.unit.evaluation.evaluating import QUIET, Tables

pytestmark = pytest.mark.filterwarnings(QUIET)

KINDS = [kind.key for kind in talking_therapies.appointment_kinds()]
ATTENDANCES = [attendance.key for attendance in talking_therapies.attendances()]
DESCRIPTORS = ["", "F401", "F40.0", "f42", "F431", "F411", "K58.9", "723916001", "nonsense"]
START = date(2025, 1, 6)
OF_CASELOAD = ("phq9_response", "phq9_remission", "phq9_five_points")


LANGUAGES = ["", "", "en-GB", "bfi", "BFI-GB", "cy"]


def population(seed: int, size: int, in_languages: bool = False) -> Tables:
    chance = Random(seed)
    tables = Tables()
    for number in range(size):
        _episode(tables, f"e{number}", chance)
    for row in tables.rows["scores"] if in_languages else ():
        row["language"] = chance.choice(LANGUAGES)
    for table in ("contacts", "scores"):
        chance.shuffle(tables.rows[table])  # the order of the file is nobody's order but its own
    return tables


def _episode(tables: Tables, name: str, chance: Random) -> None:
    tables.person(
        f"p-{name}",
        sex=chance.choice(["female", "male", ""]),
        ethnicity=chance.choice(["A", "M", " ", "Z"]),
        deprivation_decile=chance.choice(["", *range(1, 11)]),
    )
    received = START + timedelta(days=chance.randrange(40))
    tables.episode(
        name,
        f"p-{name}",
        service_id=chance.choice(["north", "south", ""]),
        service_kind=chance.choice(["talking_therapies"] * 6 + ["substance_use", "other"]),
        arm=chance.choice(["one-to-one", "group", ""]),
        referral_received=received,
        discharged=chance.choice(["", *[received + timedelta(days=chance.randrange(-3, 300)) for _ in range(8)]]),
        problem_descriptor=chance.choice(DESCRIPTORS),
    )
    own = talking_therapies.instrument_for(tables.rows["episodes"][-1]["problem_descriptor"] or None)
    for _ in range(chance.randrange(6)):
        _contact(tables, name, received, own, chance)


def _contact(tables: Tables, name: str, received: date, own: str | None, chance: Random) -> None:
    day = received + timedelta(days=chance.choice([-2, 0, 10, 20, 42, 43, 60, 126, 127, 150]))
    kind = chance.choice([*KINDS, "treatment", "treatment", "treatment"])
    planned = chance.choice(["true", "", "false"])
    attendance = chance.choice([*ATTENDANCES, "attended", "attended", ""])
    contact = tables.contact(name, day.isoformat(), kind, planned=planned, attendance=attendance)
    for instrument in ("phq9", "gad7", own):
        if instrument and chance.random() < 0.8:
            score = _score(instrument, chance)
            tables.score(name, instrument, day.isoformat(), score, chance.choice([contact, contact, ""]))


def _score(instrument: str, chance: Random) -> str:
    if instrument == "mi":
        return f"{chance.randrange(0, 520) / 100:.2f}"  # up to 5.19, and 5.01 is impossible
    low = chance.randrange(5)  # else a PHQ-9 in remission would be too rare
    return str(chance.choice([chance.randrange(31), chance.randrange(31), low, low, 7, 8, 9, 10, "9.5"]))


def _days(rows: list[dict[str, Any]]) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    found: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for place, row in enumerate(rows):
        found[row["episode_id"]].append((place, row))
    return found


Row = tuple[str, str, str, int, int | None]


def reference(tables: Tables) -> set[Row]:
    """Every row of measures.csv, counted one episode at a time."""
    persons = {row["person_id"]: row for row in tables.rows["persons"]}
    contacts, scores = _days(tables.rows["contacts"]), _days(tables.rows["scores"])
    follow_ups = {row["contact_id"] for row in tables.rows["contacts"] if row["kind"] == "follow_up"}
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    rates = set()
    for episode in tables.rows["episodes"]:
        if episode["discharged"] and episode["discharged"] < episode["referral_received"]:
            continue
        flags = _flags(episode, contacts[episode["episode_id"]], scores[episode["episode_id"]], follow_ups)
        for breakdown, group in _groups(episode, persons[episode["person_id"]]):
            for measure, (over, under) in flags.items():
                counts[measure, breakdown, group][0] += over
                counts[measure, breakdown, group][1] += bool(under)
                rates |= {measure} if under is not None else set()
    return {(*key, over, under if key[0] in rates else None) for key, (over, under) in counts.items()}


def _groups(episode: dict[str, Any], person: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "total", ""
    values = {"service": episode["service_id"], "arm": episode["arm"]}
    values |= {name: person[name] for name in ("sex", "ethnicity", "deprivation_decile")}
    for breakdown, value in values.items():
        yield breakdown, str(value).strip() or "unknown"


def _flags(
    episode: dict[str, Any],
    contacts: list[tuple[int, dict[str, Any]]],
    scores: list[tuple[int, dict[str, Any]]],
    follow_ups: set[str],
) -> dict[str, tuple[bool, bool | None]]:
    received = episode["referral_received"]
    kept = [row for _place, row in contacts if date.fromisoformat(row["date"]) >= received]
    meetings = {
        id(row): Contact(row["kind"], row["attendance"] or None, planned=row["planned"] != "false") for row in kept
    }
    first = min(
        (date.fromisoformat(row["date"]) for row in kept if is_treatment_contact(meetings[id(row)])), default=None
    )
    discharged = episode["discharged"] or None
    finished = episode["service_kind"] == "talking_therapies" and finished_course(discharged, meetings.values())
    timed = [
        TimedScore(
            row["instrument"],
            Decimal(row["score"]),
            date.fromisoformat(row["date"]),
            place,
            row["contact_id"] in follow_ups,
            version_of(row.get("language", "")),
        )
        for place, row in scores
        if date.fromisoformat(row["date"]) >= received
    ]
    found = outcomes(finished, ends(timed, "phq9"), measure_in_force(episode["problem_descriptor"] or None, timed))
    return _measures(found, finished, received, first) | _of_phq9(finished, ends(timed, "phq9"))


def _of_phq9(finished: bool, phq9: Ends) -> dict[str, tuple[bool, bool | None]]:
    if not finished or phq9.first is None or phq9.first < 10:
        return {"phq9_caseload": (False, None)} | dict.fromkeys(OF_CASELOAD, (False, False))
    course = depression_course(phq9.first, phq9.first if phq9.last is None else phq9.last)
    reached = (course.response, course.remission, course.meaningful)
    return {"phq9_caseload": (True, None)} | {
        name: (found, True) for name, found in zip(OF_CASELOAD, reached, strict=True)
    }


def _measures(
    found: Outcomes, finished: bool, received: date, first: date | None
) -> dict[str, tuple[bool, bool | None]]:
    could_recover = finished and not found.not_at_caseness
    return {
        "referrals": (True, None),
        "finished_course": (finished, None),
        "at_caseness": (found.at_caseness, None),
        "not_at_caseness": (found.not_at_caseness, None),
        "recovery": (found.recovery, could_recover),
        "reliable_improvement": (found.reliable_improvement, finished),
        "reliable_deterioration": (found.reliable_deterioration, finished),
        "no_reliable_change": (found.no_reliable_change, finished),
        "reliable_recovery": (found.reliable_recovery, could_recover),
        "access_6_weeks": (finished and in_time(Access.SIX_WEEKS, received, first), finished),
        "access_18_weeks": (finished and in_time(Access.EIGHTEEN_WEEKS, received, first), finished),
    }


def engine(tables: Tables, slip: Callable[[ir.Table], ir.Table] = lambda scored: scored) -> set[Row]:
    """The same rows by the columnar engine; `slip` may spoil the scores on the way."""
    read = evaluation_tables.Tables.from_arrow(tables.arrow())
    rows = measure_rows(derive(read, slip(judged(read))), indicators(), BREAKDOWNS)
    return {(row.measure, row.breakdown, row.group, row.numerator, row.denominator) for row in rows}


@pytest.mark.parametrize(("seed", "in_languages"), [(1, False), (2, False), (3, True), (5, True)])
def test_engine_equals_reference(seed: int, in_languages: bool) -> None:
    tables = population(seed, 400, in_languages)
    assert engine(tables) == reference(tables)


def test_the_language_of_a_score_decides_in_these_populations() -> None:
    tables = population(3, 400, in_languages=True)
    found = engine(tables)
    for row in tables.rows["scores"]:
        del row["language"]
    assert engine(tables) != found


def test_the_populations_reach_every_measure() -> None:
    """A measure that nobody in the population has would be compared nought with nought."""
    reached = {measure for measure, _breakdown, _group, over, _under in reference(population(1, 400)) if over > 1}
    assert len(reached) == 15


def test_a_slip_of_one_place_is_caught() -> None:
    """Breaking ties within a day the wrong way round must show in these populations."""
    tables = population(4, 200)
    assert engine(tables, lambda scored: scored.mutate(place=-scored.place)) != reference(tables)
