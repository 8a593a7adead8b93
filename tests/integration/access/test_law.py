"""The law of access, in the database: the predicate opens exactly what `decide` permits, on both databases."""

import pytest

from tests.law import planted
from tests.law.comparing import SEED, by_database
from tests.law.worlds import world

pytestmark = pytest.mark.django_db
WORLDS = 40


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_predicate_permits_what_is_decided(seed):
    assert by_database(world(SEED + seed)).differing == 0


@pytest.mark.parametrize("name", planted.PREDICATE)
def test_a_planted_fault_is_caught(name):
    with planted.in_the_predicate(name):
        assert any(by_database(world(SEED + seed)).differing for seed in range(WORLDS))
