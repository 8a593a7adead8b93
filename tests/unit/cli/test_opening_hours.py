"""Opening hours as they are typed, and shown again in the same words."""

import pytest

from alongside.cli.partnership.hours import parse, shown
from alongside.kernel.errors import Invalid

NINE = ["09:00", "17:00"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["mon 09:00-17:00"], {"mon": [NINE]}),
        (["mon-wed 09:00-17:00"], {"mon": [NINE], "tue": [NINE], "wed": [NINE]}),
        (["Fri 09:00-17:00", "sun-sun 09:00-17:00"], {"fri": [NINE], "sun": [NINE]}),  # capitals; a range of one
        (["sat 09:00-12:00, 13:00-15:00"], {"sat": [["09:00", "12:00"], ["13:00", "15:00"]]}),
        ([], {}),
    ],
)
def test_hours_are_read(typed, read):
    assert parse(typed) == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["nine to five"], "cannot be read"),
        (["fri-mon 09:00-17:00"], "cannot be read"),  # a week begins on Monday
        (["mon"], "cannot be read"),
        (["mon 09:00"], "cannot be read"),
        (["mon-tue 09:00-17:00", "tue 10:00-12:00"], "tue stands there twice"),
    ],
)
def test_what_cannot_be_read_is_named(typed, says):
    with pytest.raises(Invalid, match=says):
        parse(typed)


@pytest.mark.parametrize("text", ["mon-thu 09:00-20:00, sat 10:00-12:00,13:00-15:00", "wed 09:00-17:00", ""])
def test_what_is_shown_is_read_again(text):
    typed = [] if not text else text.replace(", sat", "|sat").split("|")
    assert shown(parse(typed)) == text
