"""What a treatment may be for: a code that the national return knows how to read."""

import pytest

from alongside.journey.rules import check_problem
from alongside.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("F401", "F401"),
        (" f40.1 ", "F401"),
        ("F32", "F32"),
        ("F3210", "F3210"),
        ("723916001", "723916001"),  # SNOMED CT: its last digit is a check digit
    ],
)
def test_it_is_kept_as_the_data_set_writes_it(written, kept):
    assert check_problem(written) == kept


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "Choose what the treatment is for."),
        ("  ", "Choose what the treatment is for."),
        ("anxiety", "no code of ICD-10"),
        ("F4", "no code of ICD-10"),
        ("F40123", "no code of ICD-10"),
        ("723916002", "no code of ICD-10"),  # the check digit does not fit
        ("12345", "no code of ICD-10"),
        ("Ｆ401", "no code of ICD-10"),  # a letter that only looks like one
    ],
)
def test_what_is_no_code_is_refused_by_name(written, says):
    with pytest.raises(Invalid, match=says) as refused:
        check_problem(written)
    assert refused.value.field == "code"
