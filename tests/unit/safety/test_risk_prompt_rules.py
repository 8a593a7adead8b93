"""When an answer about self-harm opens a prompt, by when it is owed, and how it may be closed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from alongside.kernel.errors import Invalid
from alongside.kernel.periods import NeverOpen, OpeningHours
from alongside.safety.rules import Outcome, Talk, check_talk, due_at, is_rise

LONDON = ZoneInfo("Europe/London")
OFFICE = OpeningHours(
    spans={day: [(time(9), time(17))] for day in range(4)} | {4: [(time(9), time(11))]},
    zone=LONDON,
    closed={date(2026, 3, 10)},
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)  # March before the 29th: London is at UTC


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        (at(2, 10), at(2, 17)),  # Monday morning: the same working day
        (at(2, 16, 59), at(2, 17)),
        (at(2, 7), at(2, 17)),  # before opening, on a working day
        (at(2, 17), at(3, 12)),  # at closing time the day is over: the next morning
        (at(2, 23, 30), at(3, 12)),
        (at(6, 12), at(9, 12)),  # Friday after it closed: Monday morning
        (at(7, 12), at(9, 12)),  # Saturday
        (at(9, 18), at(11, 12)),  # Tuesday is closed
        (at(5, 18), at(6, 11)),  # the next morning ends when the service does
    ],
)
def test_the_same_working_day_else_the_next_morning(answered, due):
    assert due_at(answered, OFFICE) == due


def test_noon_is_noon_where_the_service_is():
    summer = datetime(2026, 6, 1, 22, tzinfo=UTC)
    assert due_at(summer, OFFICE) == datetime(2026, 6, 2, 11, tzinfo=UTC)


def test_a_service_that_never_opens_promises_nothing():
    with pytest.raises(NeverOpen):
        due_at(at(2, 10), OpeningHours({}, LONDON))


@pytest.mark.parametrize(
    ("answers", "open_ones", "opens"),
    [
        ({"item9": 1}, [], True),
        ({"item9": 1}, [{"item9": 1}], False),
        ({"item9": 2}, [{"item9": 1}], True),
        ({"item9": 1}, [{"item9": 2}], False),
        ({"item9": 2}, [{"item9": 1}, {"item9": 3}], False),
        ({"item1": 1, "item2": 1}, [{"item1": 1}], True),  # another question answered yes
        ({"item2": 1}, [{"item1": 1}], True),
        ({"item1": 1}, [{"item1": 1, "item2": 1}], False),
        ({}, [], True),  # a paper total
        ({}, [{"item9": 1}], False),
        ({"item9": 1}, [{}], True),  # after a paper total nobody knows whether it is worse
    ],
)
def test_only_a_rise_opens_another_prompt(answers, open_ones, opens):
    assert is_rise(answers, open_ones) is opens


@pytest.mark.parametrize(
    ("talk", "kept"),
    [
        (Talk("talked_about"), Talk("talked_about")),
        (Talk("safety_plan_made", "somebody"), Talk("safety_plan_made")),  # to whom belongs to escalating
        (Talk("escalated", "  crisis team "), Talk("escalated", "crisis team")),
    ],
)
def test_a_talk_as_it_is_kept(talk, kept):
    assert check_talk(talk) == kept


@pytest.mark.parametrize(
    ("talk", "field"),
    [
        (Talk(""), "risk_outcome"),
        (Talk("fine"), "risk_outcome"),
        (Talk("escalated"), "risk_escalated_to"),
        (Talk("escalated", "   "), "risk_escalated_to"),
        (Talk("escalated", "x" * 121), "risk_escalated_to"),
    ],
)
def test_a_talk_without_an_outcome_closes_nothing(talk, field):
    with pytest.raises(Invalid, match=f"^{field}: "):
        check_talk(talk)


def test_there_are_three_ways_to_close_a_prompt_and_no_level_of_risk():
    assert [one.value for one in Outcome] == ["talked_about", "safety_plan_made", "escalated"]
