"""How long ago, and when: the words beside every time on a page."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from markupsafe import Markup

from alongside.kernel import clock
from alongside.web import times

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)  # a Thursday, in winter time


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


def words(markup: Markup) -> str:
    return markup.striptags()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime(2026, 3, 5, 11, 59, 40, tzinfo=UTC), "just now, 11:59 Thu 5 March"),
        (datetime(2026, 3, 5, 11, 59, 0, tzinfo=UTC), "1 minute ago, 11:59 Thu 5 March"),
        (datetime(2026, 3, 5, 9, 30, tzinfo=UTC), "2 hours ago, 09:30 Thu 5 March"),
        # thirteen hours ago, and yesterday all the same: people count nights, not hours
        (datetime(2026, 3, 4, 23, 0, tzinfo=UTC), "yesterday, 23:00 Wed 4 March"),
        (datetime(2026, 3, 3, 9, 30, tzinfo=UTC), "2 days ago, 09:30 Tue 3 March"),
        (datetime(2025, 7, 1, 8, 0, tzinfo=UTC), "8 months ago, 09:00 Tue 1 July 2025"),  # summer time
        (date(2026, 3, 5), "today, Thu 5 March"),
        (date(2026, 2, 19), "2 weeks ago, Thu 19 February"),
        (date(2023, 3, 5), "3 years ago, Sun 5 March 2023"),
        (date(2026, 3, 6), "tomorrow, Fri 6 March"),
        (datetime(2026, 3, 8, 10, 0, tzinfo=UTC), "in 3 days, 10:00 Sun 8 March"),
    ],
)
def test_ago_says_how_long_and_when(value, said):
    assert words(times.ago(value)) == said


@pytest.mark.parametrize(
    ("value", "tone", "said"),
    [
        (datetime(2026, 3, 5, 14, 0, tzinfo=UTC), "soon", "in 2 hours 14:00 Thu 5 March"),
        (datetime(2026, 3, 5, 12, 20, tzinfo=UTC), "soon", "in 20 minutes 12:20 Thu 5 March"),
        (datetime(2026, 3, 6, 9, 0, tzinfo=UTC), "later", "tomorrow 09:00 Fri 6 March"),
        (datetime(2026, 3, 5, 11, 45, tzinfo=UTC), "late", "15 minutes late 11:45 Thu 5 March"),
        (datetime(2026, 3, 3, 9, 0, tzinfo=UTC), "late", "2 days late 09:00 Tue 3 March"),
        (date(2026, 3, 5), "later", "today Thu 5 March"),  # a day is in time until its midnight
        (date(2026, 3, 4), "late", "1 day late Wed 4 March"),
    ],
)
def test_due_says_it_in_words_and_not_only_in_colour(value, tone, said):
    shown = times.due(value)
    assert words(shown) == said
    assert f"al-due--{tone}" in shown


def test_a_time_can_be_read_by_a_machine():
    assert times.day(date(2026, 3, 3)) == '<time datetime="2026-03-03">3 March 2026</time>'


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (Decimal("51.25"), 1, "51.3"),  # an exact tie goes up, as in the published figures
        (Fraction(7, 9) * 100, 1, "77.8"),
        (1234567, 0, "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"),
        (None, 1, "\N{EN DASH}"),
    ],
)
def test_numbers_are_rounded_half_up(value, places, said):
    assert times.number(value, places) == said
