"""Every cut-off of every instrument, of its parts too, at its edge: whom it holds for, one step below and one above."""

from decimal import Decimal

import pytest

from alongside.definitions.instruments import UK, Whose, instruments
from alongside.definitions.instruments.model.checks import cutoff_name
from alongside.measures.rules import is_reached

EVERY = [(known, one) for known in instruments() for one in known.cutoffs]
NAMES = [f"{known.key}: {cutoff_name(one)}" for known, one in EVERY]
STEP = Decimal("0.000001")  # what a mean is kept with
# Below the edge, at it, above it: written out, so that a sign that is turned round is seen.
EXPECTED = {
    ">=": (False, True, True),
    ">": (False, False, True),
    "<=": (True, True, False),
    "<": (True, False, False),
}


def somebody(one) -> Whose:
    """Somebody for whom the cut-off holds."""
    age = one.ages[0] if one.ages else None
    return Whose(one.sex, age, one.language, one.substance, one.jurisdiction or UK)


@pytest.mark.parametrize(("known", "one"), EVERY, ids=NAMES)
def test_a_cutoff_is_reached_at_its_edge_and_not_beside_it(known, one):
    values = (one.value - STEP, one.value, one.value + STEP)
    got = tuple(is_reached(known, one.key, value, somebody(one), one.part) for value in values)
    assert got == EXPECTED[one.operator]


@pytest.mark.parametrize(("known", "one"), [pair for pair in EVERY if pair[1].sex], ids=lambda part: part.key)
def test_a_cutoff_of_a_sex_is_nobody_elses(known, one):
    other = {"female": "male", "male": "female"}[one.sex]
    for sex in (other, None):
        assert known.cutoff(one.key, Whose(sex), one.part) != one


def test_there_are_cutoffs_of_every_kind():
    found = [one for _known, one in EVERY]
    assert {one.operator for one in found} >= {">=", ">"}
    for limit in ("part", "sex", "language", "substance", "jurisdiction"):
        assert any(getattr(one, limit) for one in found), limit
