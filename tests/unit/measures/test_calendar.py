"""28 days, day by day: what they come to, and what cannot be."""

from datetime import date
from decimal import Decimal

import pytest

from alongside.definitions.substances import substances
from alongside.measures.rules import Calendar, check_calendar
from tests.unit.measures.refusals import refused

TODAY = date(2026, 3, 6)
WEEK = ["", "", "4", "", "", "6.5", "12"]


NOTHING = "Nothing is entered. Enter the days, or tick that there was none on the days left empty."
WEEKS = "Nothing is entered in these weeks: {}. Enter the days, or tick that there was none on the days left empty."


def checked(amounts, *, rest_without=True, **changes):
    return check_calendar(Calendar("alcohol", TODAY, amounts, rest_without=rest_without, **changes), TODAY)


def test_a_month_of_the_same_week():
    days = checked(WEEK * 4)
    assert (days.used, days.without, days.total) == (12, 16, Decimal(90))
    assert days.by_week == ((3, Decimal("22.5")),) * 4
    assert days.on_a_day_of_use == Decimal("7.5")
    assert days.first_day == date(2026, 2, 7)


def test_weeks_are_told_apart():
    # X115: 7, 7, 3 and 0 days are 17.
    days = checked(["1"] * 14 + ["1"] * 3 + [""] * 11)
    assert [used for used, _amount in days.by_week] == [7, 7, 3, 0]
    assert days.used == 17


def test_a_month_without_has_no_amount_on_a_day_of_use():
    days = checked([""] * 28)
    assert (days.used, days.without, days.on_a_day_of_use) == (0, 28, None)


def test_a_lapse_leaves_the_days_without_as_they_were():
    before, after = checked([""] * 28), checked([""] * 27 + ["9"])
    assert (before.without, after.without) == (28, 27)


def test_the_amount_on_a_day_is_rounded_half_up_once():
    assert checked(["1", "1", "0.5"] + [""] * 25).on_a_day_of_use == Decimal("0.83")


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        ([""] * 28, NOTHING),
        ([" "] * 28, NOTHING),
        (["4"] + [""] * 27, WEEKS.format("2, 3, 4")),
        ([""] * 27 + ["4"], WEEKS.format("1, 2, 3")),
        ((["4"] + [""] * 6) * 3 + [""] * 7, WEEKS.format("4")),  # somebody stopped before the newest week
        (["0"] * 21 + [""] * 7, WEEKS.format("4")),
    ],
)
def test_a_week_that_nobody_filled_in_is_not_a_week_without(amounts, message):
    assert refused(lambda: checked(amounts, rest_without=False)) == [("rest_without", message)]


@pytest.mark.parametrize("week", [WEEK, ["0"] + [""] * 6, [""] * 6 + ["0"], ["0"] * 7])
def test_in_a_week_with_something_in_it_an_empty_day_is_a_day_without(week):
    assert checked(week * 4, rest_without=False).amounts == checked(week * 4).amounts


def test_saying_it_of_the_rest_takes_nothing_from_the_days_that_are_filled_in():
    days = checked([""] * 26 + ["3", ""])
    assert (days.used, days.without, days.total) == (1, 27, 3)


@pytest.mark.parametrize(
    ("amounts", "fields"),
    [
        (["x", *[""] * 27], ["day1"]),
        (["-1", *[""] * 26, "1e3"], ["day1", "day28"]),
        (["10000", *[""] * 27], ["day1"]),
        (["2.345", *[""] * 27], ["day1"]),
        (["", "", "\uff11", *[""] * 25], ["day3"]),
    ],
)
def test_a_day_that_cannot_be_is_named(amounts, fields):
    said = "Give the amount as a number from 0 to 9999, such as 4 or 2.5."
    assert refused(lambda: checked(amounts)) == [(field, said) for field in fields]


def test_every_problem_is_told_at_once():
    found = refused(lambda: checked(["x", *[""] * 26, "300"], rest_without=False))
    assert [field for field, _message in found] == ["day1", "day28", "sure", "rest_without"]


class TestMoreThanUsual:
    said = "300 units on one day: is it right?"

    def test_the_day_is_named_and_a_tick_asked_for(self):
        found = refused(lambda: checked(["60", "300", "60.01", *[""] * 25]))
        assert found == [
            ("day2", self.said),
            ("day3", self.said.replace("300", "60.01")),
            ("sure", "More than usual on one day. Put it right, or tick that it is right."),
        ]

    def test_with_the_tick_it_is_taken(self):
        assert checked(["9999", *[""] * 27], sure=True).total == 9999

    def test_what_is_usual_asks_for_no_tick(self):
        assert checked(["60"] * 28).total == 1680


def test_what_is_checked_is_kept():
    days = checked([""] * 27 + ["2"])
    assert (days.substance, days.last_day, days.unit) == ("alcohol", TODAY, "units")
    assert days.amounts[-1] == 2


OLD = "These 28 days end on {}, more than a week ago. Open the calendar again, for the last 28 days."


@pytest.mark.parametrize("last", [TODAY, date(2026, 2, 27)])
def test_a_page_may_have_been_open_for_a_week(last):
    assert check_calendar(Calendar("alcohol", last, ["1"] * 28), TODAY).last_day == last


@pytest.mark.parametrize(
    ("calendar", "field", "message"),
    [
        (Calendar("tea", TODAY, [""] * 28), "substance", "We do not ask about “tea”. Choose from the list."),
        (
            Calendar("alcohol", date(2026, 3, 7), [""] * 28),
            "last_day",
            "The last day is in the future. Choose today or a day before.",
        ),
        (
            Calendar("alcohol", date(2026, 2, 26), [""] * 28),
            "last_day",
            OLD.format("26 February 2026"),
        ),
        (
            Calendar("alcohol", date.min, [""] * 28),
            "last_day",
            OLD.format("1 January 1"),
        ),
        (Calendar("alcohol", TODAY, [""] * 27), "last_day", "A calendar has 28 days."),
        (Calendar("alcohol", TODAY, [""] * 28, "pints"), "unit", "Say what the amount is counted in: units."),
        (
            Calendar("cannabis", TODAY, [""] * 28, "pints"),
            "unit",
            f"Say what the amount is counted in: {', '.join(substances()['cannabis'].units)}.",
        ),
    ],
)
def test_a_calendar_that_cannot_be_names_what_is_wrong(calendar, field, message):
    assert refused(lambda: check_calendar(calendar, TODAY)) == [(field, message)]
