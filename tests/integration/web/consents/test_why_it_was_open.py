"""Why something was open to somebody of the person's own service: what is known of them, and no guess."""

import csv

import pytest

from alongside.access import reading
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places
from alongside.organisations.models import User
from alongside.people import queries as people
from tests import factories
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db
TREATS = "they treat the person"


@pytest.fixture
def joint():
    return factories.JointJourney()


def why(joint, role):
    """What the page and the file give as the reason for what somebody in a role was shown."""
    path = f"/people/{joint.riverside}/sharing/looked"
    lead = browser(joint.world.riverside, "privacy_lead")
    page = lead.text(f"{path}/")
    rows = list(csv.DictReader(lead.get(f"{path}.csv").content.decode("utf-8-sig").splitlines()))
    [found] = {one["Why it was open"] for one in rows if (one["Role"], one["What"]) == (role, "Looked")}
    assert found
    assert found in page
    return found


@pytest.mark.parametrize(
    ("key", "role"), [("privacy_lead", "Privacy lead"), ("administrator", "Administrator"), ("team_lead", "Team lead")]
)
def test_who_does_not_hold_the_person_works_in_the_service(joint, key, role):
    browser(joint.world.riverside, key).get(f"/people/{joint.riverside}/sharing/")
    browser(joint.world.riverside, key).get(f"/people/{joint.riverside}/")
    browser(joint.world.riverside, key).get(f"/people/{joint.riverside}/sharing/looked/")
    assert why(joint, role) == f"for their work in the service ({role})"


def test_who_holds_the_person_treats_them(joint):
    browser(joint.world.riverside, "keyworker").get(f"/people/{joint.riverside}/")
    assert why(joint, "Keyworker").startswith(TREATS)


def test_whoever_treats_them_and_oversees_privacy_oversees_in_that_role(joint):
    """One human with two jobs: as the privacy lead they treat nobody."""
    here, human = joint.world.riverside, joint.keyworker.actor
    organisations.assign_role(practitioner=human, service=here.id, role="privacy_lead", by=factories.SETTING_UP)
    hats = {role: hat for hat, role, _ in places.roles_of(human, access=factories.SETTING_UP)}
    access = places.access_for(User.objects.get(practitioner=human), hats["privacy_lead"])
    reading.read(access, "people.views.person", lambda: people.header(joint.riverside, access=access))
    assert why(joint, "Privacy lead") == "for their work in the service (Privacy lead)"
