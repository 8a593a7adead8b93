"""A questionnaire that somebody did not want to go on with: kept without a score where they say so, else refused."""

from decimal import Decimal

import pytest

from alongside.definitions.instruments import instrument
from alongside.kernel.errors import Several
from alongside.measures.rules import check_answers, is_unfinished

PHQ9, EQ5D5L = instrument("phq9"), instrument("eq5d5l")
SOME = {"item1": 2, "item9": 1}


def test_gaps_are_refused_unless_it_is_said():
    with pytest.raises(Several):
        check_answers(PHQ9, SOME)
    kept = check_answers(PHQ9, SOME, unfinished=True)
    assert (kept.value, kept.flags) == (None, ("self_harm_item",))


@pytest.mark.parametrize("answers", [[None] * 9, ["", " "] + [None] * 7, dict.fromkeys(("item1", "item2"), " "), {}])
def test_what_was_not_begun_is_refused_all_the_same(answers):
    with pytest.raises(Several):
        check_answers(PHQ9, answers, unfinished=True)


@pytest.mark.parametrize(
    ("measure", "value", "unfinished"),
    [(PHQ9, None, True), (PHQ9, Decimal(0), False), (EQ5D5L, None, False), (EQ5D5L, Decimal(1), False)],
)
def test_only_what_has_a_total_can_lack_it(measure, value, unfinished):
    assert is_unfinished(measure, value) is unfinished
