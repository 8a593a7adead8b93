"""For each purpose, what is read back is what then holds, whatever a class of services is agreed."""

from datetime import date, timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import Period
from alongside.referral.actions import Wording
from alongside.referral.rules import Use
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.test_but_not import leave_out
from tests.integration.web.consents.test_by_name import BY_VOICE, hired, opens
from tests.integration.web.visiting import browser, civil, words

pytestmark = pytest.mark.django_db
EVERYBODY = Handle.of_class("treating")


@pytest.fixture
def joint():
    made = factories.JointJourney()
    for purpose in ("direct_care", "evaluation"):
        agree(made, purpose)
    return made


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


def agree(joint, purpose):
    said = factories.choice(recipient=EVERYBODY, purpose=purpose)
    actions.agree(registration=joint.riverside, choice=said, by=joint.keyworker)


def send(joint, keyworker, **sent):
    path = f"/people/{joint.riverside}/sharing/agree/"
    return words(keyworker.send(path, follow=True, recipient=joint.world.northside.id, **BY_VOICE, **sent))


def refused(joint):
    return [one.purpose for one in queries.in_force(joint.riverside, access=joint.keyworker) if one.refuses]


def reads(joint):
    return browser(joint.world.northside, "therapist").get(f"/people/{joint.riverside}/", follow=True).status_code


def test_nothing_for_care_is_nothing_though_the_evaluation_was_asked_for(joint, keyworker):
    """The fault that was found: the other service went on reading all that a class was agreed."""
    assert reads(joint) == 200
    page = send(joint, keyworker, share="nothing_yet", evaluate="on", preview="1")
    assert "may see nothing of my record here. It is closed to them by name, until I take that back." in page
    assert "What is closed to them is closed for the evaluation of the pathway, too." in page
    send(joint, keyworker, share="nothing_yet", evaluate="on")
    assert refused(joint) == ["direct_care"]
    assert reads(joint) == 404


def test_nothing_for_the_evaluation_is_closed_for_that_alone(joint, keyworker):
    page = send(joint, keyworker, share="both_teams", preview="1")
    assert "For the evaluation of the pathway it is closed to them by name, until I take that back." in page
    assert "would count" not in page
    page = send(joint, keyworker, share="both_teams")
    assert refused(joint) == ["evaluation"]
    assert reads(joint) == 200
    assert "For the evaluation alone." in page
    assert "stands apart from that" not in page


def test_what_a_class_opens_besides_is_read_back_and_said_again(joint, keyworker):
    page = send(joint, keyworker, share="appointments_and_safety", evaluate="on", preview="1")
    more = "By what is agreed for “Everybody who treats me” they may also see:"
    assert more in page
    assert "they may also count:" not in page.partition(more)[0]
    page = send(joint, keyworker, share="appointments_and_safety", evaluate="on")
    assert "sees for care what the person chose, and what is agreed for: Everybody who treats me." in page
    assert "and nothing else" not in page


def test_a_no_to_a_team_of_theirs_is_previewed_and_said(joint, keyworker):
    team = Handle.team(joint.world.northside.team)
    no = factories.choice(policy.categories_mask("plan"), recipient=team, effect=Effect.DENY)
    actions.refuse(registration=joint.riverside, choice=no, by=joint.keyworker)
    closed = "this stays closed: The shared plan: goals and actions."
    assert closed in send(joint, keyworker, share="both_teams", evaluate="on", preview="1")
    assert closed in send(joint, keyworker, share="both_teams", evaluate="on")


def test_what_a_class_opens_without_limit_is_read_beside_a_limit(joint, keyworker):
    """The fault that was found: "it holds until" was read of what a class opens for ever."""
    last = civil("expires", date(2031, 5, 1))
    page = send(joint, keyworker, share="pieces", share_pieces=["plan"], evaluate="on", preview="1", **last)
    stays = "By what is agreed for “Everybody who treats me” this stays open whatever limits it here: The shared plan"
    assert "It holds until 1 May 2031." in page
    assert stays in page
    assert "whatever limits" not in send(joint, keyworker, share="pieces", share_pieces=["plan"], preview="1")


def test_narrowing_lets_nobody_in_who_was_left_out(joint, keyworker):
    who, hers = hired(joint, joint.world.northside, "Kim Named")
    send(joint, keyworker, share="pieces", share_pieces=["identity", "plan"], evaluate="on")
    leave_out(joint, keyworker, who)
    assert not opens(hers, joint)
    page = send(joint, keyworker, share="pieces", share_pieces=["plan"], evaluate="on", preview="1")
    assert "To Kim Named this stays closed by name: Name, date of birth" in page
    send(joint, keyworker, share="pieces", share_pieces=["plan"], evaluate="on")
    closed = [one for one in queries.in_force(joint.riverside, access=joint.keyworker) if one.refuses]
    assert [one.recipient for one in closed] == [f"practitioner:{who}"]


class TestReferring:
    """A referral says no more and no less than the page of sharing does."""

    def refer(self, joint, choice):
        wording = Wording("Again", "Help with sleep", Use("alcohol", 20, 12, "units"))
        refer = {"registration": joint.riverside, "to": joint.world.northside.id, "wording": wording}
        actions.refer(**refer, choice=choice, by=joint.keyworker)

    def test_nothing_closes_what_a_class_opens(self, joint):
        assert reads(joint) == 200
        self.refer(joint, factories.choice(0))
        assert refused(joint) == ["direct_care"]
        assert reads(joint) == 404

    def test_what_stands_is_not_widened(self, joint):
        there = Handle.service(joint.world.northside.id)
        ends, since = clock.now() + timedelta(days=30), clock.now() - timedelta(days=10)
        mandate = {"required_by": "Court", "reported": "That I come"}
        limits = {"expires": ends, "data": Period(since)} | mandate
        plan = policy.categories_mask("plan")
        before = factories.choice(plan, recipient=there, **limits)
        actions.agree(registration=joint.riverside, choice=before, by=joint.keyworker)
        self.refer(joint, factories.choice(plan))
        [one] = [one for one in queries.current(joint.riverside, access=joint.keyworker) if one.recipient == there]
        assert {name: getattr(one.said, name) for name in limits} == limits
