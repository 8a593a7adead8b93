"""What a course of scores is called."""

import pytest

from alongside.measures.rules import course_name, course_of


@pytest.mark.parametrize(("instrument", "substance", "name"), [("phq9", "", "phq9"), ("sds", "alcohol", "sds:alcohol")])
def test_a_course_is_called_by_both(instrument, substance, name):
    assert course_name(instrument, substance) == name
    assert course_of(name) == (instrument, substance)
