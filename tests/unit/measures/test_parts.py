"""Subscales, clusters and counts where some questions were not answered: open, unless the rest decides it."""

import secrets
from decimal import Decimal

import pytest

from alongside.definitions.instruments import instrument, instruments
from alongside.measures.rules import check_answers, score
from alongside.measures.rules.goals import goal_attainment
from tests.rebuilding import rebuilt
from tests.spec import instrument_cases as cases
from tests.spec.test_instrument_cases import told, wanted
from tests.unit.measures.refusals import refused

# PCL-5 with a rule for gaps, which it has not: its clusters need one or two symptoms, and the pattern all of them.
WITH_GAPS = rebuilt(instrument("pcl5"), version="with gaps", missing=instrument("ldq").missing)
B, C, D, E = range(1, 6), range(6, 8), range(8, 15), range(15, 21)


def parts(**answers: int | str) -> dict[str, Decimal | None]:
    """What the parts come to where every other question is answered with nought."""
    given = {f"item{number}": 0 for number in range(1, 21)} | answers
    return dict(score(WITH_GAPS, given).parts)


@pytest.mark.parametrize(
    ("answers", "b_met"),
    [
        ({}, 0),
        ({"item1": 2}, 1),
        ({"item1": 2, "item2": ""}, 1),  # one symptom is enough, whatever the gap hides
        ({"item2": ""}, None),  # it might be the one
        ({"item5": 1}, 0),
    ],
)
def test_one_symptom_is_enough(answers, b_met):
    assert parts(**answers)["b_met"] == b_met


@pytest.mark.parametrize(
    ("answers", "d_met"),
    [
        ({"item8": 2}, 0),
        ({"item8": 2, "item14": 3}, 1),
        ({"item8": 2, "item9": ""}, None),  # with it there might be two
        ({"item9": ""}, 0),  # with it there would be one at most
        ({"item9": "", "item10": ""}, None),
        ({"item8": 2, "item14": 3, "item9": ""}, 1),
    ],
)
def test_two_symptoms_are_needed(answers, d_met):
    assert parts(**answers)["d_met"] == d_met


@pytest.mark.parametrize(
    ("answers", "pattern"),
    [
        ({}, 0),
        ({"item1": 2, "item6": 2, "item8": 2, "item9": 2, "item15": 2, "item16": 2}, 1),
        ({"item1": "", "item6": 2, "item8": 2, "item9": 2, "item15": 2, "item16": 2}, None),
        ({"item1": "", "item8": 2, "item9": 2, "item15": 2, "item16": 2}, 0),  # one cluster is surely not met
        ({"item1": 2, "item6": "", "item8": 2, "item9": 2, "item15": 2}, 0),
    ],
)
def test_the_pattern_needs_every_cluster(answers, pattern):
    assert parts(**answers)["symptom_pattern"] == pattern


def test_a_gap_leaves_its_count_open_and_no_other():
    found = parts(item1="", item6=2)
    assert (found["b_symptoms"], found["c_symptoms"], found["d_symptoms"]) == (None, 1, 0)


@pytest.mark.parametrize("known", instruments(), ids=lambda known: known.key)
def test_a_definition_that_was_never_used_scores_every_case_alike(known):
    """An instrument is made ready once in a process: one that nobody has seen before is made ready here."""
    unseen = rebuilt(known, version=secrets.token_hex(4))
    for case in cases.of(known.key):
        if case.answers is not None:
            assert score(unseen, case.answers, case.jurisdiction) == score(known, case.answers, case.jurisdiction)
            assert told(case, score(unseen, case.answers, case.jurisdiction)) == wanted(case)


class TestContradictions:
    def test_every_earlier_question_is_named(self):
        audit = instrument("audit")
        strict = [item.skip for item in audit.items if item.skip]
        assert not any(one.strict for one in strict)  # whoever answers them all the same is scored as answered
        assert refused(lambda: check_answers(instrument("pc_ptsd_5"), [0, 1, "", "", "", ""])) == [
            ("item2", "This does not fit the answer to “Question 1”. Put one of them right.")
        ]

    def test_answers_that_are_checked_are_banded_where_they_were_given(self):
        audit = instrument("audit")
        assert check_answers(audit, [1] * 8 + [0, 0]).band == "increasing_risk"
        assert check_answers(audit, [1] * 8 + [0, 0], "us").band is None


class TestGoals:
    def test_there_has_to_be_one(self):
        with pytest.raises(ValueError, match=r"^there is no goal to rate$"):
            goal_attainment([])

    @pytest.mark.parametrize(("ratings", "score"), [([0], "50.00"), ([2], "70.00"), ([-2], "30.00"), ([1, 0], "56.20")])
    def test_a_score(self, ratings, score):
        assert str(goal_attainment(ratings)) == score
