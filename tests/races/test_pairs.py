"""Two changes of one registration's facts at once, at a size for every day (`python -m tests.races.proof`)."""

import pytest
from django.db import connection

from tests.races import made
from tests.races.pairs import pair
from tests.races.proof import SEED, UNLOCKED
from tests.races.racing import processes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("races")]


def test_grants_follow_from_facts_after_each_pair():
    everybody = made.people_of(4)
    with processes(2) as ready:
        found = pair(ready, everybody, 120, SEED)
        assert found.faults == []
        assert found.both > 10
        if connection.vendor == "postgresql":
            assert pair(ready, everybody, 400, SEED, fault=UNLOCKED).faults
