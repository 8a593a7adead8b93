"""What TOP and AOR ask of four weeks comes from the calendar of those weeks."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from alongside.definitions.instruments import instrument
from alongside.measures.rules import (
    Days,
    Weekly,
    asked_by_week,
    asked_together,
    by_week,
    check_answers,
    from_calendar,
    serves_profiles,
)

LAST = date(2026, 3, 5)
# X115: 7, 7, 3 and 0 days, the oldest week first.
DRUNK = tuple(map(Decimal, [10] * 14 + [8] * 3 + [0] * 11))


def days(substance="alcohol", unit="units", amounts=DRUNK):
    return Days(substance, LAST, amounts, unit)


def test_the_newest_week_is_week_4_and_the_amount_is_of_a_day_of_use():
    weeks = {"alcohol_week1": "7", "alcohol_week2": "7", "alcohol_week3": "3", "alcohol_week4": "0"}
    for key in ("top", "aor"):
        assert from_calendar(instrument(key), days()) == weeks | {"alcohol_amount": "9.65"}


def test_aor_comes_to_the_days_of_the_calendar():
    aor = instrument("aor")
    assert check_answers(aor, from_calendar(aor, days())).parts == (("alcohol_days", Decimal(17)),)


def test_a_month_without_has_no_amount_to_give():
    found = from_calendar(instrument("aor"), days(amounts=(Decimal(0),) * 28))
    assert found == {f"alcohol_week{number}": "0" for number in range(1, 5)}


@pytest.mark.parametrize(
    ("substance", "unit", "amount"),
    [
        ("cannabis", "spliffs", "9.65"),
        ("cannabis", "grams", None),  # the form counts spliffs
        ("opiates", "grams", "9.65"),
        ("opiates", "milligrams", None),
        ("tobacco", "cigarettes", None),  # days only
    ],
)
def test_an_amount_counted_otherwise_is_left_open(substance, unit, amount):
    found = from_calendar(instrument("top"), days(substance, unit))
    assert found[f"{substance}_week1"] == "7"
    assert found.get(f"{substance}_amount") == amount


def test_what_a_profile_does_not_ask_about_is_not_put_into_it():
    assert from_calendar(instrument("top"), days("benzodiazepines", "tablets")) == {}
    assert from_calendar(instrument("aor"), days("cannabis", "grams")) == {}
    assert from_calendar(instrument("phq9"), days()) == {}


def test_who_asks_by_week():
    assert asked_by_week(instrument("aor")) == ("alcohol",)
    assert len(asked_by_week(instrument("top"))) == 8
    assert asked_by_week(instrument("phq9")) == ()


@pytest.mark.parametrize(("after", "serves"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_calendar_tells_of_the_four_weeks_for_a_week(after, serves):
    assert serves_profiles(days(), LAST + timedelta(days=after)) is serves


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([7, 7, 7, 7, "30"], Weekly(28, Decimal(30), whole=True)),
        (["0", "3", "7", "7", "9.65"], Weekly(17, Decimal("9.65"), whole=True)),
        ([0, 0, 0, 0, None], Weekly(0, None, whole=True)),
        ([7, 7, 7, 7, None], Weekly(28, None, whole=True)),
        ([7, None, 7, 7, 30], Weekly(21, Decimal(30), whole=False)),  # at least 21
        ([None, None, None, None, 30], None),  # no day of it was said
        ([None] * 5, None),
    ],
)
def test_four_weeks_of_a_profile_are_read_as_days_of_use(answers, told):
    assert by_week(instrument("aor"), answers, "alcohol") == told
    assert by_week(instrument("top"), [*answers, *[None] * 51], "alcohol") == told


def test_what_was_filled_in_from_a_calendar_is_read_back_as_the_same_days():
    aor = instrument("aor")
    given = from_calendar(aor, days())
    found = by_week(aor, [given.get(item.key) for item in aor.items], "alcohol")
    assert found == Weekly(17, Decimal("9.65"), whole=True)


@pytest.mark.parametrize(("key", "substance"), [("phq9", "alcohol"), ("aor", "cannabis"), ("top", "benzodiazepines")])
def test_nothing_is_read_where_nothing_was_asked_by_week(key, substance):
    measure = instrument(key)
    assert by_week(measure, [1] * len(measure.items), substance) is None


def test_tobacco_is_asked_in_days_alone():
    top = instrument("top")
    answers = [7 if item.key.startswith("tobacco_week") else None for item in top.items]
    assert by_week(top, answers, "tobacco") == Weekly(28, None, whole=True)


def test_the_weeks_of_one_substance_are_asked_together_as_the_form_has_them():
    alcohol, *_others, tobacco = asked_together(instrument("top"))
    assert (alcohol.substance, alcohol.unit) == ("alcohol", "units")
    assert {number: item.key for number, item in alcohol.weeks.items()} == {
        number: f"alcohol_week{number}" for number in (4, 3, 2, 1)
    }
    assert list(alcohol.weeks) == [4, 3, 2, 1]
    assert alcohol.amount.key == "alcohol_amount"
    assert (tobacco.substance, tobacco.amount, tobacco.unit) == ("tobacco", None, "")
    assert {one.substance: one.unit for one in asked_together(instrument("top"))}["cannabis"] == "spliffs"
    assert len(asked_together(instrument("aor"))) == 1
    assert asked_together(instrument("phq9")) == ()
