"""A day that cannot have been in somebody's life."""

from datetime import date

import pytest

from alongside.people.rules import check_born
from tests.unit.measures.refusals import refused

BORN = date(1988, 5, 17)


@pytest.mark.parametrize("day", [BORN, date(2026, 3, 6)])
def test_from_the_day_of_birth_on(day):
    check_born("start", day, BORN)


@pytest.mark.parametrize("day", [date(1988, 5, 16), date(1066, 10, 14), date.min])
def test_a_day_before_they_were_born_is_refused(day):
    assert refused(lambda: check_born("start", day, BORN)) == [
        ("start", "This is before they were born. Look at the year, and at their date of birth.")
    ]
