"""What counts as putting an answer right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.measures.rules import Context, Given, Noticed, Stood, check_changed, check_past
from tests.unit.measures.refusals import refused

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
NOTHING = ("", "Nothing to put right: the answers are as they were.")
FUTURE = ("date", "The date is in the future. Enter the day it was answered.")

ANSWERED = Stood(Given("phq9", [1, 1, 1, 1, 1, 1, 1, 1, 0]), NOW)
BY_TOTAL = Stood(Given("phq9", total=9, harm=False), NOW)
OF_ONE = Stood(Given("sds", [1, 1, 1, 1, 1], substance="alcohol"), NOW)
WITH_A_GAP = Stood(Given("bam", [1, *[None] * 22]), NOW)
EXACT = Stood(Given("mi", total="2.30"), NOW)


def given(one, **changes):
    return replace(one, given=replace(one.given, **changes))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ANSWERED, ANSWERED),
        (ANSWERED, given(ANSWERED, answers=["1", "1.0", 1, 1, 1, 1, 1, 1, "0"])),
        (ANSWERED, given(ANSWERED, answers={f"item{n}": 1 for n in range(1, 9)} | {"item9": "0"})),
        (WITH_A_GAP, given(WITH_A_GAP, answers=["1", *[""] * 22])),
        (BY_TOTAL, given(BY_TOTAL, total=" 9 ")),
        (EXACT, given(EXACT, total="2.3")),
        (OF_ONE, OF_ONE),
    ],
)
def test_what_is_as_it_was(before, after):
    assert refused(lambda: check_changed(before, after)) == [NOTHING]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ANSWERED, given(ANSWERED, answers=[1, 1, 1, 1, 1, 1, 1, 1, 1])),
        (ANSWERED, given(ANSWERED, answers=[1, 1, 1, 1, 1, 1, 1, 0, 1])),  # the same total
        (WITH_A_GAP, given(WITH_A_GAP, answers=[1, 0, *[None] * 21])),  # nought is an answer
        (BY_TOTAL, given(BY_TOTAL, total=10)),
        (BY_TOTAL, given(BY_TOTAL, harm=True)),
        (BY_TOTAL, ANSWERED),
        (OF_ONE, given(OF_ONE, substance="cannabis")),
        (ANSWERED, replace(ANSWERED, at=NOW - timedelta(days=1))),
        (ANSWERED, replace(ANSWERED, context=Context("cy"))),
        (ANSWERED, replace(ANSWERED, context=Context(noticed=Noticed(intoxicated=True)))),
    ],
)
def test_what_is_put_right(before, after):
    check_changed(before, after)


def test_an_answer_of_a_day_to_come():
    check_past(NOW, NOW)
    assert refused(lambda: check_past(NOW + timedelta(seconds=1), NOW)) == [FUTURE]
