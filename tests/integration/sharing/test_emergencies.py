"""Looking in an emergency: what it opens and what it does not, that nobody found reads alike, and who is told."""

from datetime import date, timedelta

import pytest

from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.people.rules import Typed
from alongside.safety import queries as looks
from alongside.safety.models import BrokenGlass
from alongside.safety.rules import LASTS, Why
from alongside.sharing import actions
from tests import factories

pytestmark = pytest.mark.django_db
JORDAN = Typed("Jordan", "Reed", date(1988, 5, 17))
NOBODY = Typed("Jordan", "Reade", date(1988, 5, 17))
WHY = Why("Found unconscious at the bus station; which medicines?")
SYSTEM = Access.system("test")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def both():
    made = factories.partnership()
    made.northside.sign_in("privacy_lead")
    made.riverside.sign_in("privacy_lead")
    return made


@pytest.fixture
def jordan(both):
    """Known to Riverside; Northside knows nothing of them."""
    return factories.registered(both.riverside)


def look(by, typed=JORDAN, why=WHY, **more):
    return actions.look_in_emergency(typed=typed, why=why, by=by, **more)


def therapist(both):
    """As the next request finds them."""
    return both.northside.sign_in("therapist")


def sees(both, registration, role="therapist"):
    return registration in people.headers([registration], access=both.northside.sign_in(role))


def test_it_opens_for_an_hour_to_whoever_looked_and_to_nobody_else(both, jordan):
    assert not sees(both, jordan)
    with clock.at(clock.now()) as _:
        now = clock.now()
        look(therapist(both))
        assert sees(both, jordan)
        assert not sees(both, jordan, "step2_practitioner")
        assert not sees(both, jordan, "team_lead")
    for after, still in ((LASTS - timedelta(seconds=1), True), (LASTS, False), (LASTS + timedelta(seconds=1), False)):
        with clock.at(now + after):
            assert sees(both, jordan) is still


def test_it_can_be_ended_at_once(both, jordan):
    attempt = look(therapist(both))
    actions.end_look(attempt=attempt, by=therapist(both))
    assert not sees(both, jordan)
    assert looks.mine(access=therapist(both)) == []
    actions.end_look(attempt=attempt, by=therapist(both))


@pytest.mark.parametrize("who", ["step2_practitioner", "privacy_lead"])
def test_nobody_ends_anothers_look(both, jordan, who):
    attempt = look(therapist(both))
    with pytest.raises(NotThere):
        actions.end_look(attempt=attempt, by=both.northside.sign_in(who))
    [side] = BrokenGlass.objects.exclude(pk=attempt)
    with pytest.raises(NotThere):
        actions.end_look(attempt=side.pk, by=therapist(both))
    assert sees(both, jordan)
