"""When a review is due: at the end of a day on which somebody is there to do it."""

from datetime import date, datetime, time

import pytest

from alongside.journey.rules import review_due
from alongside.kernel.clock import LONDON
from alongside.kernel.periods import OpeningHours

WEEKDAYS = OpeningHours({day: [(time(9), time(12)), (time(13), time(17))] for day in range(5)}, LONDON)
LATE_THURSDAYS = OpeningHours({3: [(time(9), time(20))]}, LONDON)
GOOD_FRIDAY = OpeningHours(WEEKDAYS.spans, LONDON, frozenset({date(2026, 4, 3)}))
NEVER = OpeningHours({}, LONDON)


@pytest.mark.parametrize(
    ("since", "weeks", "hours", "day", "closing"),
    [
        (date(2026, 1, 7), 12, WEEKDAYS, date(2026, 4, 1), time(17)),  # a Wednesday, and in summer time by then
        (date(2026, 1, 11), 12, WEEKDAYS, date(2026, 4, 3), time(17)),  # a Sunday: the Friday before
        (date(2026, 1, 11), 12, GOOD_FRIDAY, date(2026, 4, 2), time(17)),  # which is a holiday: the Thursday
        (date(2026, 1, 7), 12, LATE_THURSDAYS, date(2026, 3, 26), time(20)),  # open once a week, until eight
        (date(2026, 1, 11), 12, NEVER, date(2026, 4, 5), time(17)),  # no hours are written down: the day itself
    ],
)
def test_a_review_is_due_at_the_end_of_an_open_day(since, weeks, hours, day, closing):
    assert review_due(since, weeks, hours) == datetime.combine(day, closing, tzinfo=LONDON)
