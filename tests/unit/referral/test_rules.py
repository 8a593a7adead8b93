"""A referral's rules as tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from alongside.definitions.agreements import agreement
from alongside.kernel.errors import Invalid, Several
from alongside.organisations.rules import opening_hours, usual_hours
from alongside.referral import rules
from alongside.referral.rules import Declining, Urgency, Use
from tests.unit.measures.refusals import refused

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (Use("alcohol", 20, Decimal(12), "units"), True),  # 12 a drinking day: below 15
        (Use("alcohol", 20, Decimal(15), "units"), False),  # the threshold itself is not below it
        (Use("alcohol", 1, Decimal(16), "units"), False),
        (Use("alcohol", 20, None, "units"), None),  # nobody asked how much
        (Use("alcohol", 20, Decimal(4), "drinks"), None),  # drinks are not units
        (Use("cannabis", 20, Decimal(2), "grams"), None),  # the threshold is about alcohol
    ],
)
def test_below_the_threshold(use, expected):
    assert rules.below_threshold(use) is expected


def test_an_old_decision_is_compared_with_the_threshold_of_its_day():
    use = Use("alcohol", 20, Decimal(12), "units")
    assert [rules.below_threshold(use, Decimal(limit)) for limit in (12, 13)] == [False, True]


def declining(**changes):
    usual = {
        "reason": "alcohol_use",
        "words": "Drinks daily.",
        "offered": "Keyworker at Riverside, and look again in six weeks",
        "threshold": "15 units on a drinking day",
        "review_on": date(2026, 4, 13),
    }
    return Declining(**(usual | changes))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "because"}, "reason"),
        ({"words": " "}, "words"),
        ({"offered": ""}, "offered"),  # nobody is turned away with nothing
        ({"threshold": ""}, "threshold"),  # drinking as the reason must name the threshold used
        ({"review_on": TODAY}, "review_on"),
    ],
)
def test_declining_must_say(change, field):
    with pytest.raises(Several) as refusal:
        rules.check_declining(declining(**change), TODAY)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_complete_decision_stands():
    rules.check_declining(declining(), TODAY)
    rules.check_declining(declining(reason="out_of_area", threshold=""), TODAY)


@pytest.mark.parametrize("days", [-1, 29])
def test_days_outside_four_weeks_are_refused(days):
    with pytest.raises(Invalid, match="0 to 28"):
        rules.check_use(Use("alcohol", days))


@pytest.mark.parametrize(
    ("days", "amount", "message"),
    [
        (0, "6", "An amount on no day of use contradicts itself. Take it out, or put the days right."),
        (6, "0", "0 on a day of use contradicts itself. Leave it empty if nobody knows it."),
        (6, "-1", "The amount cannot be less than nought."),
    ],
)
def test_days_and_an_amount_that_contradict_each_other_are_refused(days, amount, message):
    use = Use("alcohol", days, Decimal(amount), "units")
    assert refused(lambda: rules.check_use(use)) == [("amount", message)]


@pytest.mark.parametrize(("days", "amount"), [(None, "6"), (6, None), (0, "0"), (0, None), (None, "0"), (28, "0.5")])
def test_what_fits_or_was_not_said_stands(days, amount):
    rules.check_use(Use("alcohol", days, None if amount is None else Decimal(amount), "units"))


@pytest.mark.parametrize(
    ("sent", "urgency", "due"),
    [
        # Monday 2 March 2026, ten in the morning; two working days: Wednesday at closing time.
        (datetime(2026, 3, 2, 10, tzinfo=UTC), Urgency.ROUTINE, datetime(2026, 3, 4, 17, tzinfo=UTC)),
        # Friday at four: four working hours are one on Friday and three on Monday.
        (datetime(2026, 3, 6, 16, tzinfo=UTC), Urgency.SAME_DAY, datetime(2026, 3, 9, 12, tzinfo=UTC)),
    ],
)
def test_triage_is_due_in_the_receivers_working_time(sent, urgency, due):
    hours = opening_hours(usual_hours(), "Europe/London")
    assert rules.triage_due(sent, urgency, agreement("northside_riverside"), hours) == due
