"""The outcome rules for tables say what the rules for one person say."""

from dataclasses import asdict, replace
from decimal import Decimal

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.definitions import talking_therapies
from alongside.definitions.instruments import instrument, instruments
from alongside.outcomes import columns
from alongside.outcomes.rules import (
    Contact,
    Ends,
    InForce,
    depression_course,
    is_treatment_contact,
    outcomes,
    took_place,
)

SLOW = settings(max_examples=6)
EXACT = pa.decimal128(12, 6)


@st.composite
def totals(draw, key):
    """A score of this instrument or none, drawn close to its cut-off as often as not."""
    known = instrument(key)
    step = Decimal("0.001") if known.divides else Decimal(1)  # finer than anybody types it
    most = int(known.range.maximum / step)
    edge = int((known.caseness.value if known.caseness else known.range.maximum) / step)
    near = st.integers(max(0, edge - 12), min(most, edge + 12))
    return draw(st.none() | near.map(lambda n: n * step) | st.integers(0, most).map(lambda n: n * step))


@st.composite
def courses(draw):
    key = draw(st.sampled_from([known.key for known in instruments() if known.caseness]))
    both = []
    for measure in ("phq9", key):
        first = draw(totals(measure))
        last = None if first is None else draw(totals(measure))
        both.append(Ends(first, last, draw(VERSIONS), draw(VERSIONS)))
    return draw(st.booleans()), both[0], InForce(key, both[1])


VERSIONS = st.sampled_from(["", "", "bfi", "cy"])


def of_english(course):
    """The same course, answered in English."""
    finished, phq9, anxiety = course
    return finished, replace(phq9, **IN_ENGLISH), InForce(anxiety.instrument, replace(anxiety.ends, **IN_ENGLISH))


IN_ENGLISH = {"first_language": "", "last_language": ""}


@SLOW
@given(st.lists(courses(), min_size=1, max_size=80), st.booleans())
def test_tables_and_people_have_the_same_outcomes(rows, in_languages):
    rows = rows if in_languages else [of_english(row) for row in rows]
    table = pa.table(
        {
            "finished": [finished for finished, _, _ in rows],
            "phq9_first": pa.array([phq9.first for _, phq9, _ in rows], EXACT),
            "phq9_last": pa.array([phq9.last for _, phq9, _ in rows], EXACT),
            "anxiety_instrument": [anxiety.instrument for _, _, anxiety in rows],
            "anxiety_first": pa.array([anxiety.ends.first for _, _, anxiety in rows], EXACT),
            "anxiety_last": pa.array([anxiety.ends.last for _, _, anxiety in rows], EXACT),
        }
    )
    for name in columns.LANGUAGES if in_languages else ():
        measure, end, _language = name.split("_")
        both = [row[1] if measure == "phq9" else row[2].ends for row in rows]
        table = table.append_column(name, pa.array([getattr(one, f"{end}_language") for one in both]))
    got = columns.with_outcomes(ibis.memtable(table)).to_pyarrow().to_pylist()
    for course, row in zip(rows, got, strict=True):
        alone = outcomes(*course)
        assert [row[flag] for flag in columns.OUTCOMES] == [getattr(alone, flag) for flag in columns.OUTCOMES]


def test_scores_read_as_floats_are_compared_exactly():
    table = pa.table(
        {"finished": [True, None], "phq9_first": [9.0, 20.0], "phq9_last": [8.0, 2.0]}
        | {"anxiety_instrument": ["mi", "mi"], "anxiety_first": [2.51, 2.51], "anxiety_last": [1.78, 1.78]}
    )
    exact, unknown = columns.with_outcomes(ibis.memtable(table)).to_pyarrow().to_pylist()
    assert exact["reliable_improvement"]  # 2.51 - 1.78 is 0.7299999999999998 in binary floating point
    assert not any(unknown[flag] for flag in columns.OUTCOMES)  # finished is not known


def test_an_unknown_instrument_claims_nothing():
    table = pa.table(
        {"finished": [True, True], "phq9_first": [9, 9], "phq9_last": [2, 2]}
        | {"anxiety_instrument": ["star_sign", None], "anxiety_first": [9, 9], "anxiety_last": [1, 1]}
    )
    for row in columns.with_outcomes(ibis.memtable(table)).to_pyarrow().to_pylist():
        assert not any(row[flag] for flag in columns.OUTCOMES)


def courses_of_phq9(first, last):
    table = ibis.memtable(pa.table({"first": pa.array(first, EXACT), "last": pa.array(last, EXACT)}))
    return table.select(**columns.depression_course(table["first"], table["last"])).to_pyarrow().to_pylist()


def test_every_course_of_phq9_is_read_alike():
    pairs = [(Decimal(first), Decimal(last)) for first in range(28) for last in range(28)]
    got = courses_of_phq9(*zip(*pairs, strict=True))
    assert got == [asdict(depression_course(*pair)) for pair in pairs]


def test_a_phq9_that_was_not_taken_again_claims_nothing():
    once, never = courses_of_phq9([Decimal(12), None], [None, None])
    assert once == dict.fromkeys(once, False) | {"from_caseload": True}
    assert not any(never.values())


kinds = st.sampled_from([kind.key for kind in talking_therapies.appointment_kinds()])
attendances = st.sampled_from([code.key for code in talking_therapies.attendances()]) | st.none()


@SLOW
@given(st.lists(st.tuples(kinds, attendances, st.booleans() | st.none()), min_size=1, max_size=80))
def test_contacts_count_alike(rows):
    table = ibis.memtable(
        pa.table(
            {
                "kind": [kind for kind, _, _ in rows],
                "attendance": pa.array([attendance for _, attendance, _ in rows], pa.string()),
                "planned": pa.array([planned for _, _, planned in rows], pa.bool_()),
            }
        )
    )
    got = table.select(met=columns.took_place(table), treats=columns.is_treatment_contact(table))
    for (kind, attendance, planned), row in zip(rows, got.to_pyarrow().to_pylist(), strict=True):
        contact = Contact(kind, attendance, planned is not False)
        assert (row["met"], row["treats"]) == (took_place(contact), is_treatment_contact(contact))


CODES = ["F400", "F40.1", "f410", "F42", "F428", "F431", " F452 ", "83482000", "834820001", "G93.3", "K580", "K5"]
CODES += ["723916001", "F402", "F32", "", None]


def test_problems_lead_to_the_same_measure():
    table = ibis.memtable(pa.table({"code": pa.array(CODES, pa.string())}))
    got = table.select(own=columns.own_measure(table.code)).to_pyarrow()["own"].to_pylist()
    assert got == [talking_therapies.instrument_for(code) for code in CODES]


def test_the_measure_in_force_is_the_own_one_only_when_paired():
    table = ibis.memtable(pa.table({"own": ["spin", "spin", None, "spin"], "times": [2, 1, 5, None]}))
    got = table.select(key=columns.measure_in_force(table.own, table.times)).to_pyarrow()["key"].to_pylist()
    assert got == ["spin", "gad7", "gad7", "gad7"]
