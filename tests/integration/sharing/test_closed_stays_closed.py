"""What is agreed and what is closed stand beside each other: neither ends the other."""

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.people import queries as people
from alongside.sharing import actions
from tests import factories
from tests.integration.sharing.test_emergencies import look
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def northside(joint):
    return Handle.service(joint.world.northside.id)


def close(joint, recipient, mask=None, **said):
    choice = factories.choice(mask or policy.all_categories(), recipient=recipient, effect=Effect.DENY, **said)
    return actions.refuse(registration=joint.riverside, choice=choice, by=joint.keyworker)


def in_force(joint):
    return consents.in_force(joint.riverside, access=joint.keyworker)


def refused(joint):
    return [one.id for one in in_force(joint) if one.refuses]


def agree(joint, recipient, mask=None):
    choice = factories.choice(mask, recipient=recipient)
    return actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)


def seen(joint):
    """Whether the other service reads what team treats the person."""
    found = journeys.episodes([joint.riverside], access=joint.world.northside.sign_in("therapist"))
    return bool(found)


@pytest.mark.parametrize("mask", [None, 0], ids=["more", "nothing yet"])
def test_a_new_choice_leaves_a_refusal_even_in_an_emergency(joint, northside, mask):
    no = close(joint, northside, hard=True)
    agree(joint, northside, mask)
    assert refused(joint) == [no]
    look(joint.world.northside.sign_in("therapist"))
    assert joint.riverside not in people.headers([joint.riverside], access=joint.world.northside.sign_in("therapist"))


def test_several_choices_said_in_one_breath_leave_it_too(joint, northside):
    no = close(joint, northside)
    said = [factories.choice(recipient=northside), factories.choice(0, recipient=northside, purpose="evaluation")]
    actions.agree_all(registration=joint.riverside, choices=said, by=joint.keyworker)
    assert refused(joint) == [no]
    assert not seen(joint)


def test_closing_some_of_it_leaves_the_rest_shared(joint, northside):
    [before] = in_force(joint)
    close(joint, northside, policy.categories_mask("plan"))
    assert before in in_force(joint)
    assert seen(joint)


def test_a_newer_refusal_opens_nothing_that_an_older_one_of_the_same_recipient_closed(joint, northside):
    everything = close(joint, northside, hard=True)
    some = close(joint, northside, policy.categories_mask("session_notes"))
    assert set(refused(joint)) == {everything, some}
    assert not seen(joint)
    look(joint.world.northside.sign_in("therapist"))
    assert joint.riverside not in people.headers([joint.riverside], access=joint.world.northside.sign_in("therapist"))


def test_a_newer_refusal_leaves_what_a_stop_closed_by_name(joint, northside):
    agree(joint, Handle.of_class("treating"))
    actions.stop(registration=joint.riverside, recipient=northside, by=joint.keyworker)
    close(joint, northside, policy.categories_mask("session_notes"))
    assert not seen(joint)


def test_the_very_same_no_said_again_is_one(joint, northside):
    close(joint, northside, policy.categories_mask("plan"))
    again = close(joint, northside, policy.categories_mask("plan"))
    assert refused(joint) == [again]


def test_the_pages_show_both(joint, northside):
    close(joint, northside, hard=True)
    page = words(browser(joint.world.riverside, "keyworker").get(f"/people/{joint.riverside}/sharing/"))
    assert "What helps both teams treat me" in page
    assert "not even in an emergency" in page
    asked = words(browser(joint.world.riverside, "keyworker").get(f"/people/{joint.riverside}/sharing/close/"))
    assert "A newer no to the same reader stands beside the older one" in asked
