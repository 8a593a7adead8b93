"""Two colleagues act on one episode at once: one of them is told in words, and nothing is held twice."""

import pytest

from alongside.access.models import Need
from alongside.access.rules import Handle
from alongside.journey import actions, queries
from alongside.journey.models import Episode
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, Stale
from alongside.sharing import actions as sharing_acts
from alongside.sharing import queries as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service():
    return factories.partnership().northside


def opening(service, by, **changes):
    usual = {"registration": factories.registered(service), "team": service.team, "received_on": clock.today()}
    one = usual | changes
    return lambda: actions.open_episode(**one, by=by)


def all_is_held(by):
    return list(sharing.nowhere(access=by)) == []


def test_one_episode_is_opened(service):
    therapist = service.sign_in("therapist")
    act = opening(service, therapist, practitioner=therapist.actor)
    made, again = overlapping(act, act)
    assert isinstance(again, Invalid)
    assert "already has an open episode" in again.message
    assert [one.id for one in queries.caseload(access=therapist)] == [made]
    assert all_is_held(therapist)


def test_one_practitioner_holds_an_episode_that_two_took(service):
    first, second = service.sign_in("therapist"), service.sign_in("step2_practitioner")
    episode = opening(service, first)()
    overlapping(
        lambda: actions.allocate(episode=episode, practitioner=first.actor, by=first),
        lambda: actions.allocate(episode=episode, practitioner=second.actor, by=second),
    )
    assert [one.id for one in queries.caseload(access=second)] == [episode]
    assert Need.objects.filter(because=episode, until_at__gt=clock.now()).count() == 1
    assert all_is_held(first)


def test_a_review_that_two_said_was_done_leaves_one_task(service):
    therapist = service.sign_in("therapist")
    episode = opening(service, therapist, practitioner=therapist.actor)()
    overlapping(*[lambda: actions.reviewed(about=episode, by=therapist)] * 2)
    assert all_is_held(therapist)


@pytest.fixture
def joint():
    both = factories.choice().categories
    return factories.JointJourney(factories.partnership(), categories=both, back=both)


def test_a_lead_whose_place_is_taken_while_the_lead_passes(joint):
    """The lead passes to the keyworker at the moment at which a colleague takes the lead's place."""
    episode = Episode.objects.get(registration=joint.northside).pk
    colleague = joint.world.northside.sign_in("step2_practitioner").actor
    said = {"registration": joint.northside, "to": joint.keyworker.actor, "words": "Over to you"}
    handover = transitions.propose_handover(**said, by=joint.therapist)
    overlapping(
        lambda: actions.allocate(episode=episode, practitioner=colleague, by=joint.therapist),
        lambda: transitions.accept_handover(handover=handover, by=joint.keyworker),
    )
    team = queries.journey_for([joint.riverside, joint.northside], access=joint.keyworker)
    assert team.lead == joint.keyworker.actor
    assert {one.practitioner for one in team.team} == {joint.keyworker.actor, colleague}
    assert all_is_held(joint.keyworker)


def test_one_handover_is_proposed(joint):
    said = {"registration": joint.northside, "to": joint.keyworker.actor, "words": "Over to you"}
    _, again = overlapping(*[lambda: transitions.propose_handover(**said, by=joint.therapist)] * 2)
    assert isinstance(again, Stale)
    assert all_is_held(joint.therapist)


@pytest.mark.parametrize("accepting_first", [True, False])
def test_a_handover_is_accepted_while_sharing_stops(joint, accepting_first):
    """Both take their locks in one order: neither is thrown out by the database."""
    said = {"registration": joint.northside, "to": joint.keyworker.actor, "words": "Over to you"}
    handover = transitions.propose_handover(**said, by=joint.therapist)
    riverside = Handle.service(joint.world.riverside.id)
    acts = [
        lambda: transitions.accept_handover(handover=handover, by=joint.keyworker),
        lambda: sharing_acts.stop(registration=joint.northside, recipient=riverside, by=joint.therapist),
    ]
    _, later = overlapping(*(acts if accepting_first else acts[::-1]))
    assert isinstance(later, Stale) is not accepting_first  # what was taken back is answered already
    assert all_is_held(joint.keyworker)
