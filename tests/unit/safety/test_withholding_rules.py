"""Why an entry may be withheld, who decides a second time, and by when."""

from datetime import UTC, date, datetime, time

import pytest

from alongside.definitions import policy
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.kernel.periods import OpeningHours
from alongside.safety.rules import HANDLING, Why, Withheld, check_reviewer, check_withholding, review_due_at


@pytest.mark.parametrize(
    ("why", "words", "field"),
    [
        ("serious_harm", "He would find out.", None),
        ("third_party", "Her mother told us.", None),
        ("", "Because", "withhold"),
        ("embarrassing", "For us", "withhold"),
        ("serious_harm", "  ", "withhold_words"),
        ("serious_harm", "x" * 2_001, "withhold_words"),
    ],
)
def test_the_reason_is_one_of_two_and_in_words(why, words, field):
    if field is None:
        assert check_withholding(Withheld(why, f" {words} ")) == Withheld(why, words)
        return
    with pytest.raises(Invalid) as refused:
        check_withholding(Withheld(why, words))
    assert refused.value.field == field


def test_what_is_withheld_is_not_in_the_persons_own_view():
    assert set(HANDLING) == set(Why)
    for mask in HANDLING.values():
        assert mask
        assert not mask & policy.open_to_self()


@pytest.mark.parametrize(
    ("reviewer", "may"), [("prc_other", True), ("prc_me", False), ("prc_author", False), ("", False)]
)
def test_nobody_reviews_their_own(reviewer, may):
    own = frozenset({"prc_me", "prc_author"})
    if may:
        check_reviewer(reviewer, own=own)
        return
    with pytest.raises(NotAllowed):
        check_reviewer(reviewer, own=own)


WEEKDAYS = OpeningHours({day: [(time(9), time(17))] for day in range(5)}, LONDON, closed={date(2026, 3, 10)})


@pytest.mark.parametrize(
    ("withheld", "due"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 4, 17, tzinfo=UTC)),
        (datetime(2026, 3, 6, 15, tzinfo=UTC), datetime(2026, 3, 11, 17, tzinfo=UTC)),  # a weekend, and a closed day
        (datetime(2026, 3, 7, 23, tzinfo=UTC), datetime(2026, 3, 11, 17, tzinfo=UTC)),
    ],
)
def test_somebody_else_decides_by_the_end_of_the_second_working_day(withheld, due):
    assert review_due_at(withheld, WEEKDAYS) == due
