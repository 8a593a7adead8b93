"""A consent that ends when treatment ends (42 CFR 2.31(a)(7)) ends in the transaction of the discharge."""

from dataclasses import replace

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries as consents
from alongside.consent.rules import Ends, Given, Status
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.sharing import actions
from tests import factories
from tests.integration.web.visiting import browser, civil, words

pytestmark = pytest.mark.django_db
LEAVING = {"end_code": "completed_alcohol_free", "return_route": "Ring us on any weekday."}


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def agreed(joint):
    """To Northside until treatment ends; to be counted in the evaluation without an end."""
    to = Handle.service(joint.world.northside.id)
    care = factories.choice(recipient=to, given=Given.WRITTEN, ends=Ends.END_OF_TREATMENT)
    counted = replace(care, purpose="evaluation", ends=Ends.UNSAID)
    actions.agree_all(registration=joint.riverside, choices=[care, counted], by=joint.keyworker)
    return care


def discharge(joint, **changes):
    stay = journeys.open_episode(joint.riverside, access=joint.keyworker)
    said = LEAVING | {"ended_on": clock.today()} | changes
    actions.discharge(episode=stay.id, version=stay.version, by=joint.keyworker, **said)


def in_force(joint):
    return consents.in_force(joint.riverside, access=joint.keyworker)


def seen(joint):
    return bool(journeys.episodes([joint.riverside], access=joint.world.northside.sign_in("therapist")))


def test_it_ends_with_the_discharge_and_nothing_else_does(joint, agreed):
    to = Handle.practitioner(joint.therapist.actor)
    no = factories.choice(policy.categories_mask("plan"), recipient=to, effect=Effect.DENY, ends=Ends.END_OF_TREATMENT)
    actions.refuse(registration=joint.riverside, choice=no, by=joint.keyworker)
    assert seen(joint)
    discharge(joint)
    assert not seen(joint)
    assert {(one.purpose, one.refuses) for one in in_force(joint)} == {("evaluation", False), ("direct_care", True)}
    past = consents.history(joint.riverside, access=joint.keyworker)
    assert Status.ENDED in {one.status for one in past}


def test_a_discharge_that_is_refused_ends_nothing(joint, agreed):
    with pytest.raises(Invalid):
        discharge(joint, end_code="no such reason")
    assert seen(joint)


def test_the_page_says_so_before_and_after(joint, agreed):
    keyworker = browser(joint.world.riverside, "keyworker")
    at = f"/people/{joint.riverside}/discharge/"
    page = words(keyworker.get(at))
    assert "Ends with treatment" in page
    assert "Northside Talking Therapies" in page
    assert keyworker.send(at, **LEAVING, **civil("ended_on", clock.today())).status_code == 302
    assert not seen(joint)
    assert "ended with treatment" in keyworker.text(f"/people/{joint.riverside}/sharing/")


def test_the_page_says_nothing_of_it_where_nothing_ends(joint):
    page = words(browser(joint.world.riverside, "keyworker").get(f"/people/{joint.riverside}/discharge/"))
    assert "Ends with treatment" not in page


def test_the_sharing_page_says_when_it_ends(joint, agreed):
    assert "until treatment ends" in browser(joint.world.riverside, "keyworker").text(
        f"/people/{joint.riverside}/sharing/"
    )
