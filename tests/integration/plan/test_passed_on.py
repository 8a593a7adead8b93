"""An action that came from the other service and was passed to a colleague is still the other service's words."""

from datetime import timedelta

import pytest

from alongside.access import actions as access
from alongside.access.rules import Handle, NeedKind
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.organisations import actions as organisations
from alongside.people import actions as people
from alongside.plan import actions
from alongside.plan import queries as plans
from alongside.sharing import actions as sharing
from alongside.sharing import queries
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db
PLAN = policy.categories_mask("identity", "team", "plan")
SECRET = "Tell her sister about the relapse"


class Passed(factories.JointJourney):
    """Northside's therapist gave an action to Riverside's keyworker, who passed it to a colleague."""

    def __init__(self):
        both = factories.choice().categories
        super().__init__(factories.partnership(), categories=both, back=both)
        self.colleague = self.world.riverside.sign_in("prescriber")
        given = actions.add_action(
            registration=self.northside,
            text=SECRET,
            owner=self.keyworker.actor,
            due_on=clock.today() + timedelta(days=7),
            by=self.therapist,
        )
        self.action = self.pass_on(given, self.colleague, self.keyworker)

    def pass_on(self, action, to, by):
        return actions.hand_over_action(action=action, owner=to.actor, version=1, by=by)

    def standing(self, reader, *registrations):
        wanted = registrations or (self.riverside, self.northside)
        return {one.id: one for one in plans.plan(wanted, access=reader).others if one.state == "open"}


@pytest.fixture
def passed():
    return Passed()


def stop(passed, *, by="northside"):
    own, recipient = (passed.northside, "riverside") if by == "northside" else (passed.riverside, "northside")
    recipient = Handle.service(getattr(passed.world, recipient).id)
    sharing.stop(registration=own, recipient=recipient, by=passed.therapist if by == "northside" else passed.keyworker)


def nothing_is_nowhere():
    return list(queries.nowhere(access=SETTING_UP)) == []


def test_a_withdrawal_brings_it_back_to_whoever_gave_it(passed):
    stop(passed)
    [back] = passed.standing(passed.therapist, passed.northside).values()
    assert (back.text, back.owner) == (SECRET, passed.therapist.actor)
    assert passed.standing(passed.keyworker, passed.riverside) == {}
    assert nothing_is_nowhere()


def test_what_still_shares_the_plan_leaves_it_with_the_colleague(passed):
    """The colleague is not in the care team: it is theirs as long as somebody of their service may read the plan."""
    recipient = Handle.service(passed.world.riverside.id)
    sharing.agree(
        registration=passed.northside, choice=factories.choice(PLAN, recipient=recipient), by=passed.therapist
    )
    assert passed.standing(passed.keyworker)[passed.action].owner == passed.colleague.actor
    assert nothing_is_nowhere()


def test_somebody_else_reads_it_only_where_both_services_are_open(passed):
    """A third service that may read Riverside's plan does not read through it what Northside said."""
    third, reader = third_service(passed)
    assert passed.action not in passed.standing(reader, third, passed.riverside)
    shared_with(passed, passed.northside, reader, by=passed.therapist)
    assert passed.action in passed.standing(reader, third, passed.riverside)


def test_it_is_not_passed_to_a_third_service_that_may_not_read_the_first(passed):
    _, reader = third_service(passed)
    with pytest.raises(NotAllowed, match="cannot see this plan"):
        passed.pass_on(passed.action, reader, passed.keyworker)
    shared_with(passed, passed.northside, reader, by=passed.therapist)
    passed.pass_on(passed.action, reader, passed.keyworker)
    assert nothing_is_nowhere()


def third_service(passed):
    """A housing service linked to Riverside, whose worker may read Riverside's plan and knows nothing of Northside."""
    opened = passed.world.id
    service = organisations.add_service(
        partnership=opened, name="Millfield", kind="housing", organisation="A trust", by=SETTING_UP
    )
    team = organisations.add_team(service=service, name="Floating support", by=SETTING_UP)
    housing = factories.Service(service, "Millfield", team)
    third = factories.registered(housing)
    people.link(one=third, other=passed.riverside, because="ref_test", by=SETTING_UP)
    reader = housing.sign_in("keyworker")
    shared_with(passed, passed.riverside, reader, by=passed.keyworker)
    return third, reader


def shared_with(passed, registration, reader, *, by):
    agreed = factories.choice(PLAN, recipient=Handle.service(reader.service))
    sharing.agree(registration=registration, choice=agreed, by=by)
    access.add_need(
        registration=registration,
        handle=reader.caseload,
        service=reader.service,
        kind=NeedKind.CARE_TEAM,
        made_by=by.service,
        because="jou_test",
        by=SETTING_UP,
    )


def test_what_came_home_answers_to_nobody_else(passed):
    """Northside's own words, back in Northside's record: what Riverside shares or takes back no longer matters."""
    stop(passed)
    [back] = passed.standing(passed.therapist, passed.northside)
    third, reader = third_service(passed)
    shared_with(passed, passed.northside, reader, by=passed.therapist)
    stop(passed, by="riverside")
    assert back in passed.standing(reader, third, passed.northside)
