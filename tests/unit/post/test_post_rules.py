"""When a message is tried again, and by when one that failed is dealt with."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alongside.organisations.rules import opening_hours, usual_hours
from alongside.post import rules

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)  # a Friday
HOURS = opening_hours(usual_hours(), "Europe/London")


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(minutes=5)),
        (2, timedelta(minutes=30)),
        (3, timedelta(hours=2)),
        (4, timedelta(hours=8)),
        (5, None),  # the last try: now it is somebody's
        (0, None),  # nothing was tried
    ],
)
def test_a_message_is_tried_again_after(attempts, wait):
    assert rules.next_attempt(attempts, NOW) == (wait and NOW + wait)


def test_a_failure_is_dealt_with_by_the_end_of_the_next_working_day():
    assert rules.due_at(NOW, HOURS) == datetime(2026, 3, 9, 17, tzinfo=ZoneInfo("Europe/London"))
