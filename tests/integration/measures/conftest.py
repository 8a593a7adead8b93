"""One therapist and one person, with the clock held still."""

from datetime import UTC, datetime

import pytest

from alongside.kernel import clock
from tests import factories

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(NOW):
        yield


@pytest.fixture
def northside():
    return factories.partnership().northside


@pytest.fixture
def therapist(northside):
    return northside.sign_in("therapist")


@pytest.fixture
def person(northside, therapist):
    return factories.registered(northside)
