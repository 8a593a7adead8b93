"""A therapist, a person with an open episode, another service, and the clock held still."""

from datetime import UTC, date, datetime

import pytest

from alongside.journey import actions as journey
from alongside.kernel import clock
from tests import factories

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
RECEIVED = datetime(2026, 2, 2, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(NOW):
        yield


@pytest.fixture
def places():
    with clock.at(RECEIVED):
        return factories.partnership()


@pytest.fixture
def northside(places):
    return places.northside


@pytest.fixture
def riverside(places):
    return places.riverside


@pytest.fixture
def therapist(northside):
    with clock.at(RECEIVED):
        return northside.sign_in("therapist")


@pytest.fixture
def person(northside, therapist):
    with clock.at(RECEIVED):
        return factories.registered(northside)


@pytest.fixture
def episode(northside, person, therapist):
    with clock.at(RECEIVED):
        return journey.open_episode(
            registration=person,
            team=northside.team,
            practitioner=therapist.actor,
            received_on=date(2026, 2, 2),
            by=therapist,
        )
