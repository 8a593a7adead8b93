"""The pages of what others may see, of somebody whom a service registered twice: what stands at both records."""

import re

import pytest

from alongside.access import queries as allowed
from alongside.access.rules import Effect, Handle
from alongside.definitions import policy
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.test_by_name import BY_VOICE
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
TWO = "This record is joined with another one of the same person here"
UNTIL = "Until the person says that both are theirs"


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def again(joint):
    """Northside registered them a second time, and a second person found that they are one."""
    made = factories.registered(joint.world.northside)
    actions.propose_same(registration=joint.northside, other=made, reason="Came twice", by=joint.therapist)
    colleague = joint.world.northside.sign_in("step2_practitioner")
    actions.decide_same(registration=made, same=True, by=colleague)
    return made


def page(joint, name=""):
    return f"/people/{joint.northside}/sharing/{name}"


def cells(joint, therapist):
    """What the column of the other service says, each word once."""
    drawn = therapist.get(page(joint, "glance/")).content.decode()
    found = re.findall(r'data-label="Riverside[^"]*"[^>]*><strong[^>]*>([^<]*)<', drawn)
    assert found
    return set(found)


def agree(joint, registration, **changes):
    said = factories.choice(recipient=Handle.service(joint.world.riverside.id), **changes)
    return actions.agree(registration=registration, choice=said, by=joint.therapist)


def refuse(joint, registration, categories=None, **changes):
    every = policy.all_categories() if categories is None else categories
    to = Handle.service(joint.world.riverside.id)
    said = factories.choice(every, recipient=to, effect=Effect.DENY, **changes)
    return actions.refuse(registration=registration, choice=said, by=joint.therapist)


def is_open(joint):
    return allowed.opens(joint.world.riverside.sign_in("keyworker"), joint.northside, "plan")


def test_what_is_agreed_at_one_of_the_two_opens_nothing_and_no_page_says_so(joint, therapist, again):
    assert not is_open(joint)
    assert cells(joint, therapist) == {"not agreed"}
    sharing = therapist.text(page(joint))
    assert "sees nothing" in sharing
    assert "sees some of our record" not in sharing
    for drawn in (sharing, therapist.text(page(joint, "glance/"))):
        assert TWO in drawn
        assert UNTIL in drawn


def test_what_was_saved_is_not_said_to_be_seen(joint, therapist, again):
    sent = {"recipient": joint.world.riverside.id, "share": "both_teams"} | BY_VOICE
    said = words(therapist.send(page(joint, "agree/"), follow=True, **sent))
    assert "Saved with this record, which is joined with another one" in said
    assert "and nothing else" not in said


def test_what_is_agreed_at_both_is_open_to_whoever_needs_it(joint, therapist, again):
    kinds = policy.categories_mask("identity", "plan")
    agree(joint, again, categories=kinds)
    assert cells(joint, therapist) == {"open", "not agreed"}
    assert "sees some of our record" in therapist.text(page(joint))


def test_once_confirmed_what_is_agreed_here_holds_here(joint, therapist, again):
    actions.confirm_same(registration=joint.northside, by=joint.therapist)
    assert is_open(joint)
    assert "open" in cells(joint, therapist)
    drawn = therapist.text(page(joint, "glance/"))
    assert TWO in drawn
    assert UNTIL not in drawn


@pytest.mark.parametrize(("hard", "reads"), [(False, "closed"), (True, "closed, also in an emergency")])
def test_a_no_at_the_other_record_is_drawn_here(joint, therapist, again, hard, reads):
    actions.confirm_same(registration=joint.northside, by=joint.therapist)
    refuse(joint, again, hard=hard)
    assert not is_open(joint)
    assert cells(joint, therapist) == {reads}
    sharing = therapist.text(page(joint))
    assert "sees nothing" in sharing
    assert "It is closed to them." in sharing


def test_somebody_registered_once_reads_none_of_it(joint, therapist):
    assert "open" in cells(joint, therapist)
    for name in ("", "glance/"):
        assert TWO not in therapist.text(page(joint, name))
