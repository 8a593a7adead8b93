"""Withdrawals that race with looks, at a size for every day: `python -m tests.races.proof` is the whole of it.

A figure takes too long for it; it is held in tests/integration/access/test_closed_meanwhile.py."""

import pytest
from django.db import connection

from tests.races import faults, made
from tests.races.doors import DOORS
from tests.races.proof import SEED, SHARE
from tests.races.racing import processes, race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("races")]
RACES = 12  # at each door
PLANTED = 90  # until a fault has to show
PEOPLE = 6


@pytest.fixture
def everybody():
    people = made.people_of(PEOPLE)
    for one in people:
        one.agree_to_be_counted()
    return people


def test_nothing_is_shown_after_the_acknowledgement(everybody):
    with processes() as ready:
        for door in (one for one in DOORS if one not in SHARE):
            found = race(ready, door, everybody, RACES, SEED)
            assert found.faults == []
            assert found.inside + found.after > 0, f"{door}: nobody looked while somebody withdrew"
        for name, fault in faults.FAULTS.items():
            if (fault.everywhere or connection.vendor == "postgresql") and fault.door in set(DOORS) - set(SHARE):
                assert race(ready, fault.door, everybody, PLANTED, SEED, fault=name).faults, name
