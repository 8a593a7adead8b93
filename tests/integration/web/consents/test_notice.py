"""42 CFR 2.32: with what a programme discloses by consent go the notice and the scope (worked cases P-01, P-17)."""

import pytest

from alongside.organisations import actions as organisations
from tests import factories
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@pytest.fixture
def joint():
    return factories.JointJourney(factories.partnership("us"))


@pytest.fixture
def programme(joint):
    organisations.set_part2(service=joint.world.riverside.id, part2=True, by=factories.SETTING_UP)


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.mark.usefixtures("programme")
def test_the_recipient_reads_the_notice_and_the_scope_on_each_page_that_shows_their_records(joint, therapist):
    said = therapist.text(f"/people/{joint.northside}/")
    assert NOTICE in said
    assert "Disclosed by Riverside Substance Use Service by consent, which covers: Name, date of birth" in said
    assert "What I agreed to share" not in said.partition("by consent, which covers:")[2].partition("Until")[0]


@pytest.mark.usefixtures("programme")
def test_the_programme_itself_does_not(joint):
    assert NOTICE not in browser(joint.world.riverside, "keyworker").text(f"/people/{joint.riverside}/")


@pytest.mark.usefixtures("programme")
def test_a_page_that_shows_nothing_of_theirs_has_no_notice(therapist):
    assert NOTICE not in therapist.text("/account/")


def test_without_a_programme_there_is_none(joint, therapist):
    assert NOTICE not in therapist.text(f"/people/{joint.northside}/")


def test_elsewhere_nothing_is_asked():
    """No statement more for a service where no law asks for a notice."""
    joint = factories.JointJourney()
    person = f"/people/{joint.northside}/"
    assert NOTICE not in browser(joint.world.northside, "therapist").text(person)
    assert cost(browser(joint.world.northside, "therapist"), person) <= 16
