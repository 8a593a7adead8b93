"""From the answers that somebody gave to the outcome of a course: what scoring makes of them, outcomes must take."""

from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from alongside.definitions import talking_therapies
from alongside.definitions.instruments import instrument
from alongside.measures import columns as measures_columns
from alongside.measures.rules import score
from alongside.outcomes.columns import OUTCOMES, with_outcomes
from alongside.outcomes.rules import (
    DEPRESSION,
    FALLBACK,
    Caseness,
    Change,
    Ends,
    InForce,
    TimedScore,
    Unassessed,
    caseness_at_start,
    change,
    ends,
    measure_in_force,
    outcomes,
)

AGORAPHOBIA = "F400"


def answered(key, month, answers):
    worth = score(instrument(key), answers)
    return TimedScore(key, worth.value, date(2025, month, 1), out_of=worth.out_of)


def mean_of(twos, threes):
    """Answers to the Mobility Inventory: 27 situations, each 2 or 3."""
    return [2] * twos + [3] * threes


@pytest.mark.parametrize(
    ("first", "last", "values", "recovered", "improved"),
    [
        # 74/27 is a case; 62/27 = 2.296… is below 2.3, but the fall of 0.44 is less than 0.73.
        (mean_of(7, 20), mean_of(19, 8), ("2.740741", "2.296296"), True, False),
        # 63/27 = 2.333… is a case still.
        (mean_of(7, 20), mean_of(18, 9), ("2.740741", "2.333333"), False, False),
        ([4] * 26 + [3], [2] * 26 + [1], ("3.962963", "1.962963"), True, True),
        # Five situations skipped: the mean of 22.
        ([3] * 21 + [4] + [None] * 5, [2] * 21 + [1] + [None] * 5, ("3.045455", "1.954545"), True, True),
    ],
)
def test_a_mobility_inventory_answered_by_question_counts(first, last, values, recovered, improved):
    taken = [answered("mi", 1, first), answered("mi", 4, last)]
    taken += [TimedScore("phq9", Decimal(value), date(2025, month, 1)) for value, month in ((12, 1), (5, 4))]
    own, phq9 = measure_in_force(AGORAPHOBIA, taken), ends(taken, "phq9")
    assert (own.instrument, own.ends.first, own.ends.last) == ("mi", *map(Decimal, values))
    found = outcomes(True, phq9, own)
    assert (found.at_caseness, found.recovery, found.unassessed) == (True, recovered, None)
    assert change("mi", own.ends) is (Change.BETTER if improved else Change.NOT_RELIABLE)
    assert in_a_table(phq9, own) == {flag: getattr(found, flag) for flag in OUTCOMES}


def in_a_table(phq9, own):
    """The same course as a row, its scores as fine as the record keeps them."""
    exact = pa.decimal128(12, 6)
    row = {"finished": [True], "anxiety_instrument": [own.instrument]}
    for name, found in (("phq9", phq9), ("anxiety", own.ends)):
        row |= {f"{name}_first": pa.array([found.first], exact), f"{name}_last": pa.array([found.last], exact)}
    got = with_outcomes(ibis.memtable(pa.table(row))).to_pyarrow().to_pylist()[0]
    return {flag: got[flag] for flag in OUTCOMES}


@pytest.mark.parametrize("value", ["2.300001", "2.304", "2.296296"])
def test_a_cutoff_is_compared_unrounded_in_tables(value):
    """A mean of 2.304 is above 2.3 for one person and for whole columns."""
    taken = [TimedScore("mi", Decimal(value), date(2025, month, 1)) for month in (1, 4)]
    taken += [TimedScore("phq9", Decimal(5), date(2025, month, 1)) for month in (1, 4)]
    phq9, own = ends(taken, "phq9"), measure_in_force(AGORAPHOBIA, taken)
    assert in_a_table(phq9, own)["at_caseness"] is outcomes(True, phq9, own).at_caseness is (value != "2.296296")


def test_a_core10_with_one_gap_counts():
    """One gap holds the mean of the nine others; the second and the third question are scored the other way round."""
    before, after = [3] + [2] * 8 + [None], [0, 4, 4] + [2] * 4 + [0] * 2 + [None]
    taken = [answered("core10", 1, before), answered("core10", 4, after)]
    found = ends(taken, "core10")
    assert (found.first, found.last) == (Decimal("21.111111"), Decimal("8.888889"))
    assert change("core10", found) is Change.BETTER
    table = ibis.memtable(
        pa.table({"key": ["core10"] * 2, "score": pa.array([found.first, found.last], pa.decimal128(12, 6))})
    )
    got = table.select(valid=measures_columns.is_valid_total(table.key, table.score)).to_pyarrow().to_pylist()
    assert got == [{"valid": True}] * 2


@pytest.mark.parametrize(
    ("first", "last", "out_of", "expected"),
    [
        # No shared question changed: work ceased to apply, and 20 of 40 became 12 of 32.
        ([8, 3, 3, 3, 3], [9, 3, 3, 3, 3], (None, 32), Change.OUT_OF_ANOTHER),
        ([9, 3, 3, 3, 3], [8, 3, 3, 3, 3], (32, None), Change.OUT_OF_ANOTHER),
        ([9, 5, 5, 5, 5], [9, 3, 3, 3, 3], (32, 32), Change.BETTER),
        ([9, 5, 5, 5, 5], [9, 5, 5, 5, 4], (32, 32), Change.NOT_RELIABLE),
        ([8, 3, 3, 3, 3], [0, 3, 3, 3, 3], (None, None), Change.BETTER),
    ],
)
def test_totals_out_of_different_maxima_are_not_compared(first, last, out_of, expected):
    found = ends([answered("wsas", 1, first), answered("wsas", 4, last)], "wsas")
    assert (found.first_out_of, found.last_out_of) == out_of
    assert change("wsas", found) is expected
    assert found.comparable is (expected is not Change.OUT_OF_ANOTHER)


def test_every_measure_that_decides_an_outcome_is_out_of_its_whole_scale():
    """So the tables of an evaluation, which look at these alone, need not say what a score is out of."""
    keys = {one.instrument for one in talking_therapies.descriptors() if one.instrument} | {DEPRESSION, FALLBACK}
    assert not [key for key in keys for item in instrument(key).items if item.not_applicable is not None]


def test_a_total_out_of_another_maximum_is_in_no_band_and_under_no_cutoff():
    """Bands and cut-offs are of the whole scale: nobody published any for a part of it."""
    assert score(instrument("wsas"), [9, 3, 3, 3, 3]).band is None
    assert score(instrument("wsas"), [0, 3, 3, 3, 3]).band == "from_10_to_20"
    low = Ends(Decimal(12), Decimal(3), first_out_of=Decimal(24), last_out_of=Decimal(24))
    whole = Ends(Decimal(12), Decimal(3))
    found = outcomes(True, low, InForce("gad7", whole))
    assert (found.at_caseness, found.recovery, found.reliable_improvement) == (True, False, True)
    mixed = Ends(Decimal(12), Decimal(3), last_out_of=Decimal(24))
    found = outcomes(True, mixed, InForce("gad7", whole))
    assert (found.recovery, found.reliable_improvement, found.no_reliable_change) == (False, False, False)
    assert found.unassessed is Unassessed.OUT_OF_ANOTHER
    found = outcomes(True, whole, InForce("gad7", mixed))
    assert found.unassessed is Unassessed.OUT_OF_ANOTHER


def test_one_total_brings_what_it_is_out_of():
    assert ends([answered("wsas", 1, [9, 3, 3, 3, 3])], "wsas").first_out_of == 32


def test_a_total_out_of_less_is_no_case_at_either_end():
    """Nothing is known of it: below the cut-off it is not, and at it neither."""
    high = Ends(Decimal(20), Decimal(20), first_out_of=Decimal(24), last_out_of=Decimal(24))
    calm = Ends(Decimal(2), Decimal(2))
    assert caseness_at_start(high, InForce("gad7", calm)) is not Caseness.AT
    low = Ends(Decimal(20), Decimal(3), first_out_of=None, last_out_of=Decimal(24))
    assert not outcomes(True, low, InForce("gad7", calm)).recovery
