"""The law of access, at a size for every day: `python -m tests.law.proof` is the whole of it."""

from collections import Counter

import pytest

from tests.law import planted, small
from tests.law.comparing import Found, by_cedar, by_compiler, by_small_world, drawn
from tests.law.decisive import decisive
from tests.law.worlds import BIASES

WORLDS = 60
EVERY = 40  # one in so many of the small worlds


def test_facts_compile_to_what_is_decided():
    found = sum(map(by_compiler, drawn(WORLDS * 4)), Found())
    assert found.differing == 0
    assert found.permits / found.decisions > 0.3


def test_cedar_says_the_same():
    assert sum(map(by_cedar, drawn(WORLDS)), Found()).differing == 0


def test_every_small_world():
    found = sum((by_small_world(one) for number, one in enumerate(small.worlds()) if number % EVERY == 0), Found())
    assert found.differing == 0
    assert found.permits > 1_000


@pytest.mark.parametrize("fault", planted.FAULTS, ids=lambda one: one.name)
def test_a_planted_fault_is_caught(fault):
    assert planted.is_caught(fault)


def test_every_kind_of_fact_makes_the_difference():
    """Else the worlds above would say little about it."""
    counted = sum(map(decisive, drawn(len(BIASES) * 6)), Counter())
    assert len(counted) == 20
    assert min(counted.values()) >= 10
