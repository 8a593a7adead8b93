"""Jacobson and Truax, from the example of their own paper and by arithmetic."""

from decimal import Decimal

import pytest

from alongside.definitions.instruments import instrument, instruments
from alongside.definitions.instruments.model import figures as definitions
from alongside.kernel.numbers import half_up
from alongside.outcomes.rules import Norms, Significance, significance, stated_norms
from tests.rebuilding import rebuilt


def norms(**changes) -> Norms:
    figures = {"mean": 40, "sd": "7.5", "reliability": "0.80", "functional_mean": 60, "functional_sd": "7.5"} | changes
    exact = {name: None if value is None else Decimal(value) for name, value in figures.items()}
    return Norms(population="the paper's example", source="Jacobson and Truax 1991", **exact)


def test_the_papers_own_example():
    # A score that rises from 32.5 to 47.5 where higher is better: an index of 3.16, the cut-off at 50.
    example = norms()
    assert half_up(example.standard_error_of_difference, 2) == Decimal("4.74")
    assert half_up(15 / example.standard_error_of_difference, 2) == Decimal("3.16")
    assert example.cutoff() == 50
    assert significance(Decimal("32.5"), Decimal("47.5"), example, higher_is_worse=False) is Significance.IMPROVED


@pytest.mark.parametrize(
    ("first", "last", "higher_is_worse", "found"),
    [
        ("32.5", "50.5", False, Significance.RECOVERED),
        ("32.5", "50", False, Significance.IMPROVED),  # at the cut-off is not beyond it
        ("32.5", "41.79", False, Significance.UNCHANGED),  # 9.297 has to be exceeded
        ("32.5", "41.80", False, Significance.IMPROVED),
        ("50.5", "40", False, Significance.DETERIORATED),
        ("51", "61", False, Significance.IMPROVED),  # never was beyond the cut-off
        ("60", "45", True, Significance.RECOVERED),
        ("60", "50", True, Significance.IMPROVED),
        ("45", "60", True, Significance.DETERIORATED),
        ("60", "60", True, Significance.UNCHANGED),
    ],
)
def test_the_four_results(first, last, higher_is_worse, found):
    assert significance(Decimal(first), Decimal(last), norms(), higher_is_worse) is found


@pytest.mark.parametrize(("higher_is_worse", "cutoff"), [(True, 25), (False, 55)])
def test_without_the_other_population_the_cutoff_is_two_deviations_away(higher_is_worse, cutoff):
    assert norms(functional_mean=None, functional_sd=None).cutoff(higher_is_worse) == cutoff


def test_the_cutoff_lies_nearer_to_the_narrower_population():
    assert norms(functional_sd="2.5").cutoff() == 55


def test_a_change_of_exactly_the_least_is_not_reliable():
    # An exact least change: 1.96 times the square root of 2 times (1 - 0.875), which is 0.5, times an SD of 10 is 9.8.
    exact = norms(sd=10, reliability="0.875")
    assert exact.least_reliable_change == Decimal("9.8")
    assert significance(Decimal("39.8"), Decimal(30), exact) is Significance.UNCHANGED
    assert significance(Decimal("39.81"), Decimal(30), exact) is Significance.IMPROVED
    assert significance(Decimal(30), Decimal("39.8"), exact) is Significance.UNCHANGED
    assert significance(Decimal(30), Decimal("39.81"), exact) is Significance.DETERIORATED


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sd": 0}, "sd: a standard deviation is more than nought"),
        ({"sd": -1}, "sd: a standard deviation is more than nought"),
        ({"reliability": 1}, "reliability: from 0 to below 1"),
        ({"reliability": "-0.1"}, "reliability: from 0 to below 1"),
        ({"functional_sd": None}, "functional_sd: give both functional figures or neither"),
        ({"functional_mean": None}, "functional_sd: give both functional figures or neither"),
    ],
)
def test_norms_that_cannot_be_are_refused(changes, complaint):
    with pytest.raises(ValueError, match=f"^{complaint}$"):
        norms(**changes)


def test_the_edges_of_what_norms_may_be():
    assert norms(sd="0.1", functional_sd=1).standard_error_of_difference > 0
    assert half_up(norms(reliability=0).standard_error_of_difference, 2) == Decimal("10.61")  # 7.5 times root 2


def test_where_nothing_else_is_said_higher_is_worse():
    alone = norms(functional_mean=None, functional_sd=None)
    assert alone.cutoff() == alone.cutoff(True) == 25
    assert significance(Decimal(50), Decimal("24.9"), alone) is Significance.RECOVERED
    assert significance(Decimal(30), Decimal("55.1"), alone, False) is Significance.RECOVERED
    assert significance(Decimal(20), Decimal("50"), alone, False) is Significance.IMPROVED


@pytest.mark.parametrize(("first", "last", "higher_is_worse"), [(50, 30, True), (50, 70, False)])
def test_who_begins_exactly_at_the_cutoff_may_cross_it(first, last, higher_is_worse):
    assert significance(Decimal(first), Decimal(last), norms(), higher_is_worse) is Significance.RECOVERED


def test_a_small_change_that_is_reliable_counts():
    fine = norms(mean=4, sd="0.1", functional_mean=2, functional_sd="0.1")
    assert significance(Decimal("3.5"), Decimal("2.9"), fine) is Significance.RECOVERED
    assert significance(Decimal("2.9"), Decimal("3.5"), fine) is Significance.DETERIORATED


def stated(**changes):
    figures = {"population": "of this test", "mean": 14, "sd": 6, "reliability": Decimal("0.8")} | changes
    return definitions.Norms(source="made for this test", verified=False, **figures)


def test_norms_come_from_the_definition_with_their_population_and_source():
    known = rebuilt(instrument("phq9"), norms=stated(functional_mean=3, functional_sd=3))
    expected = Norms("of this test", "made for this test", *map(Decimal, (14, 6, "0.8", 3, 3)))
    assert stated_norms(known) == expected
    assert stated_norms(rebuilt(instrument("phq9"), norms=stated())).functional_mean is None


def test_no_norms_are_stated_where_none_were_sourced():
    assert [one.key for one in instruments() if stated_norms(one)] == []  # none of the sources had a reliability


def test_a_score_without_a_better_and_a_worse_has_none():
    assert stated_norms(rebuilt(instrument("phq9"), norms=stated(), higher_is="neither")) is None
