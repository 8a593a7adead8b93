"""When a last day is over."""

from datetime import UTC, date, datetime

import pytest

from alongside.kernel.periods import FOR_EVER, over


@pytest.mark.parametrize(
    ("last", "at"),
    [
        (None, FOR_EVER),
        (date(2026, 3, 28), datetime(2026, 3, 29, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),  # summer time began on it
        (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC)),  # and ended on it
        (date(9999, 12, 29), datetime(9999, 12, 30, tzinfo=UTC)),
        (date(9999, 12, 30), FOR_EVER),
        (date.max, FOR_EVER),
    ],
)
def test_a_last_day_still_counts(last, at):
    assert over(last) == at
