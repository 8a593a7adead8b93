"""Each hard case of access names a test that exists, or says why there is none."""

from tests.building.test_hazards import exists
from tests.law.named import CASES, OPEN


def missing(cases):
    return [(case, test) for case, test in cases.items() if not exists(test)]


def test_every_hard_case_names_a_test_that_exists():
    assert missing(CASES) == []


def test_a_case_without_its_test_is_found():
    planted = {"a case": "tests/law/test_law.py::test_that_nobody_wrote"}
    assert missing(planted) == list(planted.items())


def test_what_is_open_says_why():
    assert not set(OPEN) & set(CASES)
    assert all(OPEN.values())
