"""What a question is called where its own words are not ours to show, and which may be left open."""

from types import SimpleNamespace

import pytest

from alongside.definitions.instruments import instrument
from alongside.measures.rules import asked_by_week, may_stay_open, question_named, question_said


@pytest.mark.parametrize(
    ("key", "number", "said", "named"),
    [
        ("phq9", 3, "Question 3", "PHQ-9, question 3"),
        ("itq", 1, "Question P1", "ITQ, question P1"),  # as its form numbers it
        ("gas", 1, "Goal 1", "Goal attainment scaling: Goal 1"),
    ],
)
def test_a_question_is_called_as_its_form_numbers_it(key, number, said, named):
    measure = instrument(key)
    item = measure.items[number - 1]
    assert (question_said(item), question_named(measure, item)) == (said, named)


@pytest.mark.parametrize(
    ("key", "number", "open_"),
    [
        ("phq9", 1, False),  # every question is needed
        ("core10", 10, True),  # one gap is allowed
        ("pc_ptsd_5", 1, False),  # decides whether the rest are asked
        ("pc_ptsd_5", 2, True),
        ("pc_ptsd_5", 6, True),
    ],
)
def test_which_may_be_left_without_an_answer(key, number, open_):
    assert may_stay_open(instrument(key), number) is open_


@pytest.mark.parametrize(
    ("weeks", "asked"), [((1, 2, 3, 4), ("alcohol",)), ((2, 3, 4), ()), ((1, 2), ()), ((1, 2, 3), ()), ((), ())]
)
def test_by_week_means_every_one_of_the_four(weeks, asked):
    measure = SimpleNamespace(items=[SimpleNamespace(key=f"alcohol_week{number}") for number in weeks])
    assert asked_by_week(measure) == asked
