"""The national outcome definitions, as worked examples: the same tables for one person and for whole columns."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

import alongside.definitions.instruments as definitions
import alongside.measures.columns
import alongside.outcomes.columns
from alongside.definitions import talking_therapies
from alongside.definitions.instruments import Instrument
from alongside.outcomes.columns import OUTCOMES, with_outcomes
from alongside.outcomes.rules import (
    Access,
    Caseness,
    Change,
    Contact,
    DateFault,
    Ends,
    InForce,
    Outcomes,
    TimedScore,
    Unassessed,
    UseChange,
    caseness_at_start,
    change,
    chosen_descriptor,
    date_faults,
    days_change,
    ends,
    finished_course,
    in_time,
    is_abstinent,
    measure_in_force,
    outcomes,
    treatment_contacts,
    use_change,
)
from tests.rebuilding import rebuilt
from tests.spec.worked import care, courses
from tests.spec.worked_examples import EVERY_EXAMPLE, FLAGS, MISSING, PHQ9_WITH_GAD7, WITH_OWN_MEASURE, read

START = date(2025, 1, 6)


def by_id(table: str):
    return pytest.mark.parametrize("row", read(table), ids=lambda row: row["id"])


def taken(row: dict[str, str], key: str, first: str, last: str) -> list[TimedScore]:
    days = ((row[first], START), (row[last], START + timedelta(days=70)))
    return [TimedScore(key, Decimal(value), on) for value, on in days if value]


def measured(row: dict[str, str]) -> tuple[Ends, InForce]:
    scores = taken(row, "phq9", "phq_first", "phq_last") + taken(row, "gad7", "gad_first", "gad_last")
    if "adsm" in row:
        scores += taken(row, row["adsm"], "adsm_first", "adsm_last")
    return ends(scores, "phq9"), measure_in_force(row.get("descriptor") or None, scores)


def expected(row: dict[str, str]) -> dict[str, bool]:
    return {flag: row[short] == "Y" for short, flag in FLAGS.items() if short in row}


def wrong(rows: list[dict[str, str]]) -> list[str]:
    """The examples that the rules get wrong, by id."""
    results = [(row, outcomes(True, *measured(row))) for row in rows]
    return [row["id"] for row, got in results if any(getattr(got, f) != y for f, y in expected(row).items())]


def wrong_in_columns(rows: list[dict[str, str]]) -> list[str]:
    """The examples that the expressions get wrong, by id."""
    got = with_outcomes(episodes([(True, *measured(row)) for row in rows])).to_pyarrow().to_pylist()
    pairs = zip(rows, got, strict=True)
    return [row["id"] for row, flags in pairs if any(flags[f] != y for f, y in expected(row).items())]


def episodes(rows: list[tuple[bool, Ends, InForce]]) -> ibis.Table:
    exact = pa.decimal128(10, 2)
    columns = {
        "finished": pa.array([finished for finished, _, _ in rows], pa.bool_()),
        "phq9_first": pa.array([phq9.first for _, phq9, _ in rows], exact),
        "phq9_last": pa.array([phq9.last for _, phq9, _ in rows], exact),
        "anxiety_instrument": pa.array([anxiety.instrument for _, _, anxiety in rows], pa.string()),
        "anxiety_first": pa.array([anxiety.ends.first for _, _, anxiety in rows], exact),
        "anxiety_last": pa.array([anxiety.ends.last for _, _, anxiety in rows], exact),
    }
    return ibis.memtable(pa.table(columns))


@by_id(PHQ9_WITH_GAD7)
def test_phq9_with_gad7(row):
    got = outcomes(True, *measured(row))
    assert {flag: getattr(got, flag) for flag in expected(row)} == expected(row), row["why"]
    assert got.not_at_caseness is (row["caseness"] == "N")
    assert got.unassessed is None


@by_id(WITH_OWN_MEASURE)
def test_the_problems_own_measure(row):
    got = outcomes(True, *measured(row))
    assert {flag: getattr(got, flag) for flag in expected(row)} == expected(row), row["why"]


@by_id(MISSING)
def test_missing_scores_claim_nothing_about_change(row):
    got = outcomes(True, *measured(row))
    assert {flag: getattr(got, flag) for flag in expected(row)} == expected(row)
    assert got.unassessed is Unassessed(row["unassessed"])


def test_the_columns_agree_with_every_example():
    assert wrong_in_columns(EVERY_EXAMPLE) == []


# One wrong figure each, and the examples that must notice it.
PLANTED = [
    ("phq9", "caseness", {"value": 9}, {"X02"}),
    ("phq9", "caseness", {"value": 11}, {"X08"}),
    ("gad7", "caseness", {"value": 7}, {"X01"}),
    ("gad7", "caseness", {"value": 9}, {"X05"}),
    ("phq9", "caseness", {"operator": ">"}, {"X08"}),
    ("gad7", "caseness", {"operator": ">"}, {"X07"}),
    ("phq9", "reliable_change", {"value": 5}, {"X14"}),
    ("phq9", "reliable_change", {"value": 7}, {"X01"}),
    ("gad7", "reliable_change", {"value": 3}, {"X14"}),
    ("gad7", "reliable_change", {"value": 5}, {"X05"}),
    ("spin", "caseness", {"value": 18}, {"X34"}),
    ("spin", "caseness", {"value": 20}, {"X31"}),
    ("spin", "reliable_change", {"value": 11}, {"X34"}),
    ("pcl5", "caseness", {"value": 31}, {"X35"}),
    ("pcl5", "caseness", {"value": 33}, {"X35"}),
    ("oci", "caseness", {"value": 39}, {"X37"}),
    ("oci", "reliable_change", {"value": 33}, {"X37"}),
    ("mi", "caseness", {"operator": ">="}, {"X38", "X41"}),
    ("mi", "reliable_change", {"value": Decimal("0.74")}, {"X40"}),
    ("mi", "reliable_change", {"value": Decimal("0.70")}, {"X41"}),
]


@pytest.fixture
def plant(monkeypatch):
    """Puts a wrong figure into every rule's copy of one definition."""

    def put(key: str, figure: str, update: dict[str, object]) -> None:
        changed = {known.key: known for known in definitions.instruments()}
        changed[key] = _with(changed[key], figure, update)
        monkeypatch.setattr(definitions, "_by_key", lambda: changed)
        for columns in (alongside.measures.columns.totals, alongside.outcomes.columns):
            monkeypatch.setattr(columns, "instruments", lambda: tuple(changed.values()))

    return put


def _with(known: Instrument, figure: str, update: dict[str, object]) -> Instrument:
    planted = getattr(known, figure).model_copy(update=update)
    if figure == "caseness":
        return rebuilt(known, cutoffs=tuple(planted if one == known.caseness else one for one in known.cutoffs))
    return rebuilt(known, **{figure: planted})


@pytest.mark.parametrize(("key", "figure", "update", "noticed_by"), PLANTED)
def test_a_wrong_figure_in_a_definition_is_noticed(plant, key, figure, update, noticed_by):
    plant(key, figure, update)
    noticed = wrong(EVERY_EXAMPLE)
    assert noticed_by <= set(noticed)
    assert wrong_in_columns(EVERY_EXAMPLE) == noticed


# BIQ and CFQ-11: a cut-off but no reliable change. Both are paired, so GAD-7 does not take their place, and whether the
# measure in force got reliably worse cannot be said: recovery stands, no change is claimed, however PHQ-9 moved.
# First and last of PHQ-9, the instrument, its first and last; at caseness, recovery.
WITHOUT_RELIABLE_CHANGE = [
    (20, 2, "biq", 60, 10, True, True),
    (20, 2, "biq", 60, 40, True, False),  # ends at the cut-off, which is caseness
    (20, 10, "biq", 60, 10, True, False),  # PHQ-9 does
    (9, 9, "biq", 40, 39, True, True),  # a case on BIQ alone, by one point
    (9, 2, "biq", 39, 10, False, False),  # never a case
    (2, 20, "biq", 10, 60, False, False),  # much worse on both, and still nothing is claimed
    (20, 2, "cfq11", 30, 18, True, True),
    (20, 2, "cfq11", 30, 19, True, False),
    (9, 2, "cfq11", 18, 3, False, False),
]


@pytest.mark.parametrize("row", WITHOUT_RELIABLE_CHANGE)
def test_an_unpublished_reliable_change_claims_no_change_but_keeps_recovery(row):
    key, at_caseness, recovery = row[2], row[5], row[6]
    phq9, own = (Ends(Decimal(first), Decimal(last)) for first, last in (row[:2], row[3:5]))
    measure = InForce(key, own)
    got = outcomes(True, phq9, measure)
    assert got == Outcomes(
        at_caseness=at_caseness,
        not_at_caseness=not at_caseness,
        recovery=recovery,
        unassessed=Unassessed.NO_RELIABLE_CHANGE_KNOWN,
    )
    assert change(key, own) is Change.NOT_KNOWN
    [flags] = with_outcomes(episodes([(True, phq9, measure)])).to_pyarrow().to_pylist()
    assert [flags[name] for name in OUTCOMES] == [getattr(got, name) for name in OUTCOMES]


# Versions in British Sign Language count from 8 (PHQ-9) and 6 (GAD-7): Belk and others 2016. PHQ-9 and GAD-7 first and
# last with the version of each; at caseness, recovery, improvement, and why no change is claimed.
BSL, EN, CY = "bfi", "", "cy"
IN_VERSIONS = [
    (((8, BSL), (7, BSL)), ((5, BSL), (5, BSL)), True, True, False, None),  # a case from 8
    (((7, BSL), (7, BSL)), ((5, BSL), (5, BSL)), False, False, False, None),
    (((7, BSL), (7, BSL)), ((6, BSL), (5, BSL)), True, True, False, None),  # GAD-7 from 6
    (((18, BSL), (8, BSL)), ((12, BSL), (5, BSL)), True, False, True, None),  # 8 is a case still
    (((18, BSL), (7, BSL)), ((12, BSL), (6, BSL)), True, False, True, None),
    (((18, BSL), (7, BSL)), ((12, BSL), (5, BSL)), True, True, True, None),
    (((18, EN), (9, EN)), ((12, EN), (7, EN)), True, True, True, None),
    (((18, CY), (9, CY)), ((12, CY), (7, CY)), True, True, True, None),  # the English ones: Welsh has none of its own
    (((18, EN), (7, BSL)), ((12, EN), (5, BSL)), True, True, False, "two_language_versions"),
    (((18, EN), (9, BSL)), ((12, EN), (5, BSL)), True, False, False, "two_language_versions"),
    (((9, EN), (9, BSL)), ((7, EN), (7, BSL)), False, False, False, "two_language_versions"),
    (((9, BSL), (9, EN)), ((7, BSL), (7, EN)), True, True, False, "two_language_versions"),
    (((18, BSL), (7, BSL)), ((12, EN), (5, BSL)), True, True, False, "two_language_versions"),  # of one is enough
    (((18, EN), (7, CY)), ((12, EN), (5, EN)), True, True, False, "two_language_versions"),
]


def between(first, last) -> Ends:
    return Ends(Decimal(first[0]), Decimal(last[0]), first[1], last[1])


@pytest.mark.parametrize(("phq9", "gad7", "at_caseness", "recovery", "improvement", "unassessed"), IN_VERSIONS)
def test_each_score_is_held_against_its_own_language_version(
    phq9, gad7, at_caseness, recovery, improvement, unassessed
):
    mood, worry = between(*phq9), InForce("gad7", between(*gad7))
    got = outcomes(True, mood, worry)
    assert (got.at_caseness, got.not_at_caseness) == (at_caseness, not at_caseness)
    assert (got.recovery, got.reliable_improvement) == (recovery, improvement)
    assert got.reliable_recovery is (recovery and improvement)
    assert got.unassessed == (unassessed and Unassessed(unassessed))
    assert got.no_reliable_change is (unassessed is None and not improvement)
    table = episodes([(True, mood, worry)])
    versions = [ends_of.first_language for ends_of in (mood, worry.ends)], [e.last_language for e in (mood, worry.ends)]
    table = table.mutate(
        phq9_first_language=ibis.literal(versions[0][0]),
        anxiety_first_language=ibis.literal(versions[0][1]),
        phq9_last_language=ibis.literal(versions[1][0]),
        anxiety_last_language=ibis.literal(versions[1][1]),
    )
    [flags] = with_outcomes(table).to_pyarrow().to_pylist()
    assert [flags[name] for name in OUTCOMES] == [getattr(got, name) for name in OUTCOMES]


def test_between_two_versions_a_change_is_none():
    assert change("phq9", between((18, EN), (2, BSL))) is Change.NOT_COMPARABLE
    assert change("phq9", between((18, BSL), (2, BSL))) is Change.BETTER
    assert change("phq9", Ends(Decimal(18), None, BSL)) is Change.NOT_KNOWN


def test_ends_bring_their_versions():
    timed = [
        TimedScore("phq9", Decimal(18), START, language="bfi"),
        TimedScore("phq9", Decimal(12), START + timedelta(days=7)),
        TimedScore("phq9", Decimal(9), START + timedelta(days=14), language="cy"),
    ]
    assert ends(timed, "phq9") == Ends(Decimal(18), Decimal(9), "bfi", "cy")
    assert ends(timed[:1], "phq9") == Ends(Decimal(18), None, "bfi")
    assert ends([], "phq9") == Ends()


def test_the_instruments_without_a_reliable_change_are_these():
    decides = {one.instrument for one in talking_therapies.descriptors() if one.instrument} | {"phq9", "gad7"}
    without = {key for key in decides if definitions.instrument(key).reliable_change is None}
    assert without == {one[2] for one in WITHOUT_RELIABLE_CHANGE}


@courses.UNFINISHED.each
def test_an_open_or_short_course_has_no_outcome_whatever_its_scores(ended, contacts, phq9, gad7):
    met = [Contact("treatment", "attended")] * contacts
    finished = finished_course(START if ended else None, met)
    assert finished is False
    measured = Ends(*map(Decimal, phq9)), InForce("gad7", Ends(*map(Decimal, gad7)))
    assert outcomes(finished, *measured) == Outcomes(unassessed=Unassessed.NOT_FINISHED)
    row = with_outcomes(episodes([(finished, *measured)])).to_pyarrow().to_pylist()[0]
    assert not any(row[flag] for flag in OUTCOMES)


@pytest.mark.parametrize(
    ("first", "last", "expected_change"),
    [
        (14, 8, Change.BETTER),
        (14, 9, Change.NOT_RELIABLE),
        (9, 14, Change.NOT_RELIABLE),
        (8, 14, Change.WORSE),
        (8, None, Change.NOT_KNOWN),
        (None, None, Change.NOT_KNOWN),
    ],
)
def test_change_of_one_measure(first, last, expected_change):
    both = [None if value is None else Decimal(value) for value in (first, last)]
    assert change("phq9", Ends(*both)) is expected_change


def test_higher_can_be_better(plant):
    definition = rebuilt(definitions.instrument("wsas"), higher_is="better")
    definitions_now = {"wsas": definition}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definitions, "_by_key", lambda: definitions_now)
        assert change("wsas", Ends(Decimal(10), Decimal(18))) is Change.BETTER
        assert change("wsas", Ends(Decimal(18), Decimal(10))) is Change.WORSE


@pytest.mark.parametrize(
    ("phq9", "gad7", "start"),
    [
        (10, 0, Caseness.AT),
        (0, 8, Caseness.AT),
        (9, 7, Caseness.NOT_AT),
        (10, None, Caseness.AT),  # one measure is enough to be a case (our reading)
        (9, None, Caseness.NOT_KNOWN),  # and not enough to be none
        (None, None, Caseness.NOT_KNOWN),
    ],
)
def test_caseness_at_start(phq9, gad7, start):
    first, second = (Ends(None if value is None else Decimal(value)) for value in (phq9, gad7))
    assert caseness_at_start(first, InForce("gad7", second)) is start


@dataclass
class Problem:
    code: str
    primary: bool
    at: datetime


@courses.DESCRIPTORS.each
def test_one_descriptor_among_several(recorded, chosen, measure):
    rows = [Problem(code, rank == courses.PRIMARY, datetime.combine(on, time(9))) for code, rank, on in recorded]
    found = chosen_descriptor(rows)
    assert (found.code if found else None) == chosen
    assert talking_therapies.instrument_for(chosen or "") == measure


@pytest.mark.parametrize(
    ("scores", "expected_ends"),
    [
        ([], (None, None)),
        ([(14, 1, 0)], (14, None)),  # once fills the first score only
        ([(14, 1, 0), (8, 2, 0)], (14, 8)),
        ([(8, 2, 0), (14, 1, 1)], (14, 8)),  # by date, not by place in the file
        ([(14, 1, 0), (3, 1, 1)], (14, 3)),  # one day: by place
        ([(3, 1, 1), (14, 1, 0)], (14, 3)),
        ([(14, 1, 0), (10, 2, 0), (12, 3, 0)], (14, 12)),
        ([(28, 1, 0), (14, 2, 0), (8, 3, 0)], (14, 8)),  # 28 is no PHQ-9 score
        ([(14, 1, 0), (8, 2, 0), (7, 3, 0, True)], (14, 8)),  # never from a follow-up
        ([(14, 1, 0, True), (12, 2, 0), (8, 3, 0)], (12, 8)),
        ([(14, 1, 0), (8, 2, 0, True)], (14, None)),
    ],
)
def test_first_and_last_valid_score(scores, expected_ends):
    timed = [
        TimedScore("phq9", Decimal(value), date(2025, 1, day), place, *follow_up)
        for value, day, place, *follow_up in scores
    ]
    timed.append(TimedScore("gad7", Decimal(1), date(2025, 1, 31)))
    got = ends(timed, "phq9")
    assert (got.first, got.last) == expected_ends
    assert got.paired is (expected_ends[1] is not None)


@courses.CONTACTS.each
def test_treatment_contacts_and_finishing(contacts, count, finished):
    met = [Contact(kind, attendance, planned=not unplanned) for kind, attendance, *unplanned in contacts]
    assert treatment_contacts(met) == count
    assert finished_course(date(2025, 6, 1), met) is finished
    assert finished_course(None, met) is False


@courses.WAITS.each
def test_waits_include_their_last_day(first_treatment, days, six_weeks, eighteen_weeks):
    assert (first_treatment - courses.RECEIVED).days == days if first_treatment else days is None
    assert in_time(Access.SIX_WEEKS, courses.RECEIVED, first_treatment) is six_weeks
    assert in_time(Access.EIGHTEEN_WEEKS, courses.RECEIVED, first_treatment) is eighteen_weeks


@courses.DATES.each
def test_dates_in_the_wrong_order(discharged, end_code, contacts, faults, rejected):
    found = date_faults(courses.RECEIVED, discharged, end_code, contacts)
    assert found == faults
    assert any(fault.rejects for fault in found) is rejected


def test_a_missing_code_warns_and_an_impossible_date_rejects():
    assert {fault for fault in DateFault if fault.rejects} == {
        DateFault.CONTACT_BEFORE_REFERRAL,
        DateFault.DISCHARGE_BEFORE_REFERRAL,
    }


@pytest.mark.parametrize(
    ("first", "last", "expected_change"),
    [(28, 0, UseChange.LESS), (5, 4, UseChange.LESS), (4, 4, UseChange.SAME), (0, 1, UseChange.MORE)],
)
def test_change_in_days_used_is_the_plain_difference(first, last, expected_change):
    assert use_change(first, last) is expected_change
    assert is_abstinent(last) is (last == 0)


@care.DAYS.each
def test_change_in_days_of_use_is_told_as_it_is(first, last, difference, abstinent):
    got = days_change(first, last)
    assert (got.difference, got.abstinent) == (difference, abstinent)
    assert got.change is use_change(first, last)
