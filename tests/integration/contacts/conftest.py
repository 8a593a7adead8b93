"""One therapist, one person with an open episode, and the clock held still."""

from datetime import timedelta

import pytest

from alongside.contacts import actions
from alongside.kernel import clock
from tests import factories
from tests.integration.contacts.world import NOW, RECEIVED, SESSION, open_episode


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(NOW):
        yield


@pytest.fixture
def northside():
    with clock.at(RECEIVED):
        made = factories.partnership().northside
        for role in ("therapist", "team_lead", "duty_worker"):
            made.sign_in(role)
        return made


@pytest.fixture
def therapist(northside):
    return northside.sign_in("therapist")


@pytest.fixture
def person(northside):
    with clock.at(RECEIVED):
        return factories.registered(northside)


@pytest.fixture
def episode(northside, therapist, person):
    return open_episode(northside, therapist, person)


@pytest.fixture
def recording(person, episode, therapist):
    """Record with everything that is the same in each test; `.later` an hour after now."""

    def record(**changes):
        usual = {"registration": person, "episode": episode, "meeting": SESSION, "attendance": "attended"}
        return actions.record(**usual | {"by": therapist} | changes)

    def later(**changes):
        with clock.at(NOW + timedelta(hours=1)):
            return record(**changes)

    record.later = later
    return record


@pytest.fixture
def planned(person, episode, therapist):
    with clock.at(NOW - timedelta(days=1)):
        return actions.plan_contact(registration=person, episode=episode, meeting=SESSION, by=therapist)
