"""What somebody sees follows their live roles at each request: nothing of a job that is over, nothing across jobs."""

from datetime import timedelta

import pytest

from alongside.access import queries as allowed
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.organisations import actions, queries
from alongside.organisations.models import RoleAssignment, User
from alongside.people import queries as people
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def held(world):
    """Somebody whom Riverside's keyworker holds, since yesterday."""
    with clock.at(clock.now() - 2 * DAY):
        keyworker = world.riverside.sign_in("keyworker")
        registration = factories.registered(world.riverside)
        journey.open_episode(
            registration=registration,
            team=world.riverside.team,
            received_on=clock.today(),
            practitioner=keyworker.actor,
            by=keyworker,
        )
    return keyworker, registration


def signed_in(practitioner, role=None):
    """The access that the next request of this practitioner is given, in a role that they hold now."""
    user = User.objects.get(practitioner=practitioner)
    held = RoleAssignment.objects.filter(practitioner=practitioner, pk=role).first()
    return queries.access_for(user, held and held.pk)


def role(practitioner):
    return RoleAssignment.objects.filter(practitioner=practitioner).latest("from_at").pk


def sees(access, registration):
    """Whether any door is open: the page, what they hold, the find box, and what an action would ask."""
    try:
        people.header(registration, access=access)
    except NotThere:
        assert not allowed.opens(access, registration, "identity")
        assert people.find("Reed", access=access) == []
        assert [one.registration for one in journeys.caseload(access=access)] == []
        return False
    return True


def end(practitioner, ago):
    with clock.at(clock.now() - ago):
        actions.end_role(assignment=role(practitioner), by=SETTING_UP)


def test_a_role_that_ended_yesterday_opens_nothing(held):
    keyworker, registration = held
    assert sees(signed_in(keyworker.actor), registration)
    end(keyworker.actor, DAY)
    with pytest.raises(NotAllowed):
        signed_in(keyworker.actor)


def test_whoever_moves_to_another_service_takes_nobody_along(world, held):
    keyworker, registration = held
    end(keyworker.actor, DAY)
    there = world.northside
    actions.assign_role(
        practitioner=keyworker.actor, service=there.id, team=there.team, role="therapist", by=SETTING_UP
    )
    assert not sees(signed_in(keyworker.actor), registration)


def test_in_one_job_nothing_of_the_other_is_seen(world, held):
    """Two jobs are two people to the record, unless the person agreed to something."""
    keyworker, registration = held
    there = world.northside
    second = actions.assign_role(
        practitioner=keyworker.actor, service=there.id, team=there.team, role="therapist", by=SETTING_UP
    )
    assert sees(signed_in(keyworker.actor), registration)
    assert not sees(signed_in(keyworker.actor, second), registration)


def test_whoever_left_the_team_sees_nobody_of_it_but_those_they_hold(world, held):
    keyworker, registration = held
    of_the_team = factories.registered(world.riverside, given_name="Sam")
    other_team = actions.add_team(service=world.riverside.id, name="Young adults", takes_referrals=False, by=SETTING_UP)
    end(keyworker.actor, HOUR)
    actions.assign_role(
        practitioner=keyworker.actor, service=world.riverside.id, team=other_team, role="keyworker", by=SETTING_UP
    )
    moved = signed_in(keyworker.actor)
    assert people.headers([registration, of_the_team], access=moved).keys() == {registration}


def test_cover_that_ended_an_hour_ago_opens_nothing(world, held):
    keyworker, registration = held
    other_team = actions.add_team(service=world.riverside.id, name="Young adults", takes_referrals=False, by=SETTING_UP)
    covering = actions.join(name="Cover", email="cover@example.org", by=SETTING_UP)
    with clock.at(clock.now() - DAY):
        actions.assign_role(
            practitioner=covering, service=world.riverside.id, team=other_team, role="keyworker", by=SETTING_UP
        )
        assert not sees(signed_in(covering), registration)
    until = clock.now() - HOUR
    actions.cover(absent=keyworker.actor, covered_by=covering, from_at=until - HOUR, until_at=until, by=SETTING_UP)
    with clock.at(until - HOUR / 2):
        assert sees(signed_in(covering), registration)
    assert not sees(signed_in(covering), registration)


def test_cover_in_one_service_does_not_reach_into_another(world, held):
    keyworker, registration = held
    covering = world.northside.sign_in("therapist").actor
    now = clock.now()
    actions.cover(absent=keyworker.actor, covered_by=covering, from_at=now - HOUR, until_at=now + HOUR, by=SETTING_UP)
    assert not sees(signed_in(covering), registration)
