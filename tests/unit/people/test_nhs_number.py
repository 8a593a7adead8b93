"""An NHS number belongs to one person: what cannot be a number of anybody is refused, and the refusal names it."""

import pytest

from alongside.kernel.errors import Invalid
from alongside.people.rules import check_nhs_number


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("", ""),  # not known
        ("943 476 5919", "9434765919"),  # X101, as people read it
        ("943 476 5870", "9434765870"),  # X101
        ("9990000018", "9990000018"),  # X104
        ("9990000050", "9990000050"),  # X104: its check value is 11, which is written as nought
        ("943-476-5919", "9434765919"),
        ("4010232137", "4010232137"),
    ],
)
def test_a_number_is_kept_as_ten_digits(written, digits):
    assert check_nhs_number(written) == digits


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("943 476 5918", "check digit"),  # the last digit wrong
        ("934 476 5919", "check digit"),  # two digits changed about
        ("012 345 6789", "check digit"),  # its check digit would be 10, which none can be
        ("000 000 0000", "filler"),
        ("999 999 9999", "filler"),
        *((f"123 456 789{last}", "check digit") for last in range(10)),  # X103: its check value is 10
        ("943 476 591", "10 digits"),  # X106, as the next three
        ("943 476 59190", "10 digits"),
        ("943 476 591O", "10 digits"),  # the letter O
        ("٩٤٣٤٧٦٥٩١٩", "10 digits"),  # digits, and not ones that a system we write to would read
    ],
)
def test_what_is_nobodys_number_is_refused_by_name(written, said):
    with pytest.raises(Invalid, match=said) as caught:
        check_nhs_number(written)
    assert caught.value.field == "nhs_number"
