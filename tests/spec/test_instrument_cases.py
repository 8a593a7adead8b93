"""Every worked case of every instrument."""

from decimal import Decimal

import pytest

from alongside.definitions.instruments import Whose, instrument
from alongside.measures.rules import Refused, Scored, check_total, is_reached, score, worth_of_total
from tests.spec import instrument_cases as cases

EVERY = cases.every()
EACH = {"ids": lambda case: f"{case.instrument}: {case.name}"}


def expected(case):
    """(score, band, flags, parts, out_of, status) as the case says them; parts that it does not name are not asked."""
    return case.score, case.band, case.flags, case.parts, case.out_of, case.status


def told(case, worth):
    """What the scorer said, in the same shape."""
    if isinstance(worth, Refused):
        return None, None, worth.flags, {}, None, worth.status
    parts = {key: value for key, value in worth.parts if key in case.parts}
    return worth.value, worth.band, worth.flags, parts, worth.out_of, worth.status


def worth_of(case) -> Scored | Refused:
    measure = instrument(case.instrument)
    if case.answers is None:
        return worth_of_total(measure, check_total(measure, case.total), case.jurisdiction)
    return score(measure, case.answers, case.jurisdiction)


def wanted(case):
    if case.answers is None:
        return Decimal(str(case.total)), *expected(case)[1:]
    return expected(case)


@pytest.mark.parametrize("case", EVERY, **EACH)
def test_a_case_is_worth_what_it_says(case):
    assert told(case, worth_of(case)) == wanted(case)


@pytest.mark.parametrize("case", [case for case in EVERY if case.reached], **EACH)
def test_a_case_reaches_the_cutoffs_it_says(case):
    worth, measure = worth_of(case), instrument(case.instrument)
    whose = Whose(**case.whose) if case.whose else None
    for name, reached in case.reached.items():
        cutoff, _, part = name.partition(" of ")
        value = dict(worth.parts)[part] if part else worth.value
        got = is_reached(measure, cutoff, value, whose, part or None)
        assert got is (None if reached == "unknown" else reached), name


def test_a_wrong_case_would_be_noticed():
    right = cases.Case("gad7", "all ones", answers=[1] * 7, score=7, band="mild")
    wrong = cases.Case("gad7", "all ones", answers=[1] * 7, score=8, band="mild")
    assert told(right, worth_of(right)) == wanted(right)
    assert told(wrong, worth_of(wrong)) != wanted(wrong)
