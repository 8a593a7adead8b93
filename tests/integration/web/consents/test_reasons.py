"""“Why can I see this?” is answered by what decides, and says nothing of what is closed."""

import pytest

from alongside.access.explaining import NEAREST
from alongside.access.rules import NeedKind
from alongside.definitions import policy
from tests import factories
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db
TREATS = "You, or somebody you speak for, treat them."
AGREED = "They agreed that you may, and you need it for their care."


@pytest.fixture
def joint():
    shared = policy.categories_mask("identity", "team", "plan")
    return factories.JointJourney(categories=shared, back=shared)


def cards(client, registration):
    """What the page says, a service a card, without what stands on every page."""
    page = client.text(f"/people/{registration}/sharing/why/")
    return page.partition("If the person asks you, tell them.")[2].partition("There may be more")[0]


def test_whoever_treats_them_reads_both_reasons(joint):
    said = cards(browser(joint.world.riverside, "keyworker"), joint.riverside)
    assert TREATS in said
    assert AGREED in said
    _, _, agreed = said.partition(AGREED)
    assert "The shared plan: goals and actions" in agreed
    assert "Notes of my sessions" not in agreed


def test_a_kind_that_is_closed_is_not_mentioned(joint):
    said = cards(browser(joint.world.northside, "therapist"), joint.northside)
    assert "Notes of my sessions" in said
    assert "Counselling notes that are kept apart" not in said


def test_every_need_is_one_of_those_in_order():
    assert sorted(NEAREST) == sorted(NeedKind)


def test_somebody_else_finds_nothing(joint):
    colleague = browser(joint.world.riverside, "keyworker")
    assert colleague.get("/people/reg_nobody/sharing/why/").status_code == 404


def test_the_sharing_page_leads_there(joint):
    page = browser(joint.world.riverside, "keyworker").get(f"/people/{joint.riverside}/sharing/").content.decode()
    assert f'href="/people/{joint.riverside}/sharing/why/">Why can I see this?' in page


def test_what_it_costs(joint):
    assert cost(browser(joint.world.riverside, "keyworker"), f"/people/{joint.riverside}/sharing/why/") <= 12
