"""What the person agreed decides what each service sees, from the act that agrees to the act that withdraws."""

from datetime import timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries as consents
from alongside.consent.models import Consent
from alongside.consent.rules import Status
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere
from alongside.people import queries as people
from alongside.people.rules import Apart, Asker
from alongside.referral import queries as referrals
from alongside.referral.actions import Wording
from alongside.sharing import actions
from alongside.transitions import actions as transitions
from tests import factories

pytestmark = pytest.mark.django_db

BOTH = policy.bundles()["both_teams"].mask
WORDING = Wording("Panic since she stopped using", "To sleep")


class Joint(factories.JointJourney):
    """Somebody of Riverside on a joint journey with Northside."""

    def __init__(self, categories=BOTH, back=BOTH):
        super().__init__(factories.partnership(), categories=categories, back=back)

    def seen_by_therapist(self):
        return {one.registration for one in journeys.episodes([self.riverside, self.northside], access=self.therapist)}

    def seen_by_keyworker(self):
        return {one.registration for one in journeys.episodes([self.riverside, self.northside], access=self.keyworker)}


def test_accepting_joins_the_two_registrations_and_each_team_sees_what_was_agreed():
    joint = Joint()
    assert people.joined(joint.northside, access=joint.therapist) == [joint.northside, joint.riverside]
    assert joint.seen_by_therapist() == {joint.northside, joint.riverside}
    assert joint.seen_by_keyworker() == {joint.northside, joint.riverside}
    found = journeys.journey_for([joint.northside, joint.riverside], access=joint.keyworker)
    assert (found.id, found.lead) == (joint.accepted.journey, joint.therapist.actor)
    assert journeys.continuity_problems(access=joint.therapist) == []


def test_a_colleague_outside_the_care_team_sees_only_their_own_service():
    joint = Joint()
    colleague = joint.world.northside.sign_in("step2_practitioner")
    seen = {one.registration for one in journeys.episodes([joint.riverside, joint.northside], access=colleague)}
    assert seen == {joint.northside}


def test_nothing_agreed_shares_nothing():
    joint = Joint(categories=0, back=0)
    assert joint.seen_by_therapist() == {joint.northside}
    assert joint.seen_by_keyworker() == {joint.riverside}


def test_a_kind_that_was_not_agreed_stays_closed():
    joint = Joint(categories=policy.categories_mask("mood_scores"))
    assert joint.seen_by_therapist() == {joint.northside}  # episodes need "team"


def test_withdrawal_closes_at_once_and_on_that_side_only():
    joint = Joint()
    [agreed] = consents.current(joint.riverside, access=joint.keyworker)
    actions.withdraw(consent_id=agreed.id, by=joint.keyworker)
    assert joint.seen_by_therapist() == {joint.northside}
    assert joint.seen_by_keyworker() == {joint.northside, joint.riverside}
    assert consents.current(joint.riverside, access=joint.keyworker) == []
    assert [one.status for one in consents.history(joint.riverside, access=joint.keyworker)] == ["withdrawn"]


def test_a_newer_choice_takes_the_place_of_the_older():
    joint = Joint()
    narrower = factories.choice(
        policy.categories_mask("mood_scores"), recipient=Handle.service(joint.world.northside.id)
    )
    actions.agree(registration=joint.riverside, choice=narrower, by=joint.keyworker)
    assert joint.seen_by_therapist() == {joint.northside}
    assert len(consents.current(joint.riverside, access=joint.keyworker)) == 1


def test_the_recipient_sees_nothing_of_the_choices_themselves():
    joint = Joint()
    assert consents.history(joint.riverside, access=joint.therapist) == []
    [agreed] = consents.current(joint.riverside, access=joint.keyworker)
    with pytest.raises(NotThere):
        actions.withdraw(consent_id=agreed.id, by=joint.therapist)


def test_a_consent_that_ended_is_over_without_anybody_doing_anything():
    joint = Joint()
    until = clock.now() + timedelta(days=30)
    recipient = Handle.service(joint.world.northside.id)
    actions.agree(
        registration=joint.riverside, choice=factories.choice(recipient=recipient, expires=until), by=joint.keyworker
    )
    assert joint.riverside in joint.seen_by_therapist()
    with clock.at(until):
        assert joint.riverside not in joint.seen_by_therapist()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"witness": ""}, "witness"),
        ({"told_no_is_fine": False}, "told_no_is_fine"),
        ({"categories": 1 << 40}, "categories"),
    ],
)
def test_an_incomplete_consent_is_refused_and_sends_nothing(changes, field):
    world = factories.partnership()
    keyworker = world.riverside.sign_in("keyworker")
    registration = factories.registered(world.riverside)
    with pytest.raises(Invalid) as refusal:
        actions.refer(
            registration=registration,
            to=world.northside.id,
            wording=WORDING,
            choice=factories.choice(**changes),
            by=keyworker,
        )
    assert refusal.value.field == field
    assert referrals.sent(access=keyworker) == []


def test_unlinking_makes_them_two_people_again():
    joint = Joint()
    actions.unlink(registration=joint.riverside, other=joint.northside, why=factories.APART, by=joint.keyworker)
    assert people.joined(joint.northside, access=joint.therapist) == [joint.northside]
    assert joint.seen_by_therapist() == {joint.northside}
    assert joint.seen_by_keyworker() == {joint.riverside}


def test_taken_apart_ends_on_both_sides_what_the_referral_carried():
    joint = Joint()
    assert consents.current(joint.riverside, access=joint.keyworker)
    assert consents.current(joint.northside, access=joint.therapist)
    actions.unlink(registration=joint.riverside, other=joint.northside, why=factories.APART, by=joint.keyworker)
    assert consents.current(joint.riverside, access=joint.keyworker) == []
    assert consents.current(joint.northside, access=joint.therapist) == []


def test_taken_apart_nobody_there_needs_it_any_more():
    """What the person agrees to later opens nothing by the old journey."""
    joint = Joint()
    actions.unlink(registration=joint.riverside, other=joint.northside, why=factories.APART, by=joint.keyworker)
    again = factories.choice(recipient=Handle.service(joint.world.northside.id))
    actions.agree(registration=joint.riverside, choice=again, by=joint.keyworker)
    assert joint.seen_by_therapist() == {joint.northside}


def test_taken_apart_ends_what_took_the_place_of_it_and_no_choice_of_another_kind():
    joint = Joint()
    there = Handle.service(joint.world.northside.id)
    for more in ({"purpose": "evaluation"}, {}):
        choice = factories.choice(recipient=there, **more)
        actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)
    named = factories.choice(recipient=Handle.practitioner(joint.therapist.actor), effect=Effect.DENY)
    actions.refuse(registration=joint.riverside, choice=named, by=joint.keyworker)
    actions.unlink(registration=joint.northside, other=joint.riverside, why=factories.APART, by=joint.therapist)
    left = consents.in_force(joint.riverside, access=joint.keyworker)
    assert {(one.purpose, one.refuses) for one in left} == {("evaluation", False), ("direct_care", True)}


def test_why_they_were_taken_apart_is_kept_where_it_was_said_alone():
    joint = Joint()
    actions.unlink(registration=joint.riverside, other=joint.northside, why=factories.APART, by=joint.keyworker)
    ours, theirs = (Consent.objects.get(registration=one) for one in (joint.riverside, joint.northside))
    assert (ours.status, ours.ended_because) == (Status.WITHDRAWN, factories.APART.said)
    assert (theirs.status, theirs.ended_because) == (Status.WITHDRAWN, "")


def test_they_are_not_taken_apart_without_a_reason():
    joint = Joint()
    why = Apart(" ", Asker.PERSON)
    with pytest.raises(Invalid) as refusal:
        actions.unlink(registration=joint.riverside, other=joint.northside, why=why, by=joint.keyworker)
    assert refusal.value.field == "reason"
    assert consents.current(joint.riverside, access=joint.keyworker)


def test_the_lead_passes_without_a_gap():
    joint = Joint()
    handover = transitions.propose_handover(
        registration=joint.northside, to=joint.keyworker.actor, words="Therapy ends in May.", by=joint.therapist
    )
    found = journeys.journey_for([joint.northside, joint.riverside], access=joint.therapist)
    assert found.lead == joint.therapist.actor  # until somebody says yes
    transitions.accept_handover(handover=handover, by=joint.keyworker)
    found = journeys.journey_for([joint.northside, joint.riverside], access=joint.therapist)
    assert found.lead == joint.keyworker.actor
    assert journeys.continuity_problems(access=joint.therapist) == []


def test_nobody_is_discharged_into_a_journey_without_a_lead():
    joint = Joint()
    end = {"episode": joint.accepted.episode, "end_code": "46", "ended_on": clock.today(), "return_route": "Call us."}
    version = journeys.episode(joint.accepted.episode, access=joint.therapist).version
    with pytest.raises(NotAllowed, match="Hand the lead over first"):
        transitions.discharge(**end, version=version, by=joint.therapist)


def test_the_journey_closes_when_its_last_episode_ends():
    joint = Joint()
    riverside = journeys.open_episode(joint.riverside, access=joint.keyworker)
    ended = {"ended_on": clock.today(), "return_route": "Call us any time."}
    transitions.discharge(
        episode=riverside.id, end_code="completed_drug_free", version=riverside.version, by=joint.keyworker, **ended
    )
    northside = journeys.episode(joint.accepted.episode, access=joint.therapist)
    transitions.discharge(episode=northside.id, end_code="46", version=northside.version, by=joint.therapist, **ended)
    assert journeys.journey_for([joint.northside, joint.riverside], access=joint.therapist) is None
