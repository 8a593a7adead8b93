"""“Why can I see this?” is answered by what decides, and says nothing of what is closed."""

from datetime import timedelta

import pytest

from alongside.access.explaining import NEAREST
from alongside.access.rules import Handle, NeedKind
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db
TREATS = "You, or somebody you speak for, treat them."
SHARED = policy.categories_mask("identity", "team", "plan")
AGREED = "They agreed that you may, and you need it for their care."


@pytest.fixture
def joint():
    return factories.JointJourney(categories=SHARED, back=SHARED)


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


def test_the_recipient_does_not_learn_that_they_signed_again(joint):
    """The same kinds, two days later: what the other service's record opens by has no day, and stays one card."""
    reader = browser(joint.world.northside, "therapist")
    with clock.at(clock.now() + timedelta(days=2)):
        before = cards(reader, joint.northside)
        assert AGREED in before
        recipient = Handle.service(joint.world.northside.id)
        choice = factories.choice(SHARED, recipient=recipient)
        sharing.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)
        assert cards(reader, joint.northside) == before


def test_their_own_service_reads_since_when(joint):
    said = cards(browser(joint.world.northside, "therapist"), joint.northside)
    assert "since" in said.partition(TREATS)[2].partition(AGREED)[0]
    assert "since" not in said.partition(AGREED)[2]


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
