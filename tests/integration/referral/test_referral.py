"""From a door to an episode, or to a decision that leaves nobody with nothing."""

from datetime import date, timedelta

import pytest

from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, NotAllowed, NotThere, Several, Stale
from alongside.referral import actions, queries
from alongside.referral.actions import Wording
from alongside.referral.rules import Declining, State, Use
from alongside.tasks import queries as tasks
from tests import factories

pytestmark = pytest.mark.django_db

WORDING = Wording("Low in mood since the summer", "To feel less anxious", Use("alcohol", 20, 12, "units"))


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def sent(world):
    registration = factories.registered(world.riverside)
    keyworker = world.riverside.sign_in("keyworker")
    return actions.send(registration=registration, to=world.northside.id, wording=WORDING, by=keyworker)


def declining(**changes):
    usual = {
        "reason": "alcohol_use",
        "words": "Drinks most days.",
        "offered": "Keyworker at Riverside; look again in six weeks",
        "threshold": "15 units on a drinking day",
        "review_on": clock.today() + timedelta(days=42),
    }
    return Declining(**(usual | changes))


def test_a_referral_is_owned_from_the_first_second(world, sent):
    therapist = world.northside.sign_in("therapist")
    [received] = queries.to_triage(access=therapist)
    assert (received.id, received.state) == (sent, State.SENT)
    [owed] = tasks.owed(access=therapist)
    assert (owed.room, owed.about, owed.kind, owed.holder) == ("referral", sent, "triage", world.northside.team)


def test_the_receiver_has_a_registration_of_its_own(world, sent):
    therapist = world.northside.sign_in("therapist")
    received = queries.received(sent, access=therapist)
    mine = queries.sent(access=world.riverside.sign_in("keyworker"))
    assert received.service == world.northside.id
    assert received.registration != mine[0].registration


def test_the_sender_cannot_read_what_the_receiver_holds(world, sent):
    with pytest.raises(NotThere):
        queries.received(sent, access=world.riverside.sign_in("keyworker"))


def test_accepting_opens_an_episode_held_by_its_practitioner(world, sent):
    therapist = world.northside.sign_in("therapist")
    episode = actions.accept(referral=sent, practitioner=therapist.actor, by=therapist)
    assert [one.id for one in journeys.caseload(access=therapist)] == [episode]
    assert [(owed.room, owed.kind) for owed in tasks.owed(access=therapist)] == [("journey", "review")]
    assert queries.sent(access=world.riverside.sign_in("keyworker"))[0].heard == "accepted"


def test_accepting_for_the_team_leaves_it_with_the_team(world, sent):
    therapist = world.northside.sign_in("therapist")
    actions.accept(referral=sent, practitioner="", by=therapist)
    assert [(owed.kind, owed.holder) for owed in tasks.owed(access=therapist)] == [("allocate", world.northside.team)]
    assert len(journeys.unallocated(access=therapist)) == 1


def test_declining_leaves_the_person_with_the_sender_until_they_are_told(world, sent):
    therapist, keyworker = world.northside.sign_in("therapist"), world.riverside.sign_in("keyworker")
    actions.decline(referral=sent, decision=declining(), by=therapist)
    assert tasks.owed(access=therapist) == []
    [owed] = tasks.owed(access=keyworker)
    assert (owed.kind, owed.holder) == ("tell_person", keyworker.actor)
    [heard] = queries.sent(access=keyworker)
    assert (heard.heard, heard.offered) == ("not_accepted", "Keyworker at Riverside; look again in six weeks")
    actions.told(referral=sent, by=keyworker)
    assert tasks.owed(access=keyworker) == []


def test_a_decision_keeps_the_recorded_drinking_beside_the_threshold(world, sent):
    therapist = world.northside.sign_in("therapist")
    actions.decline(referral=sent, decision=declining(), by=therapist)
    assert queries.received(sent, access=therapist).decision.below_threshold is True


def test_declining_with_nothing_offered_saves_nothing(world, sent):
    therapist = world.northside.sign_in("therapist")
    with pytest.raises(Several):
        actions.decline(referral=sent, decision=declining(offered=""), by=therapist)
    assert queries.received(sent, access=therapist).state is State.SENT
    assert [owed.kind for owed in tasks.owed(access=therapist)] == ["triage"]


def test_two_people_cannot_decide_one_referral(world, sent):
    therapist = world.northside.sign_in("therapist")
    actions.accept(referral=sent, practitioner="", by=therapist)
    with pytest.raises(Stale):
        actions.decline(referral=sent, decision=declining(), by=therapist)


def test_the_same_form_twice_is_one_referral(world):
    registration = factories.registered(world.riverside)
    keyworker = world.riverside.sign_in("keyworker")
    send = {"registration": registration, "to": world.northside.id, "wording": WORDING, "by": keyworker}
    first = actions.send(**send, submission="sub_1")
    with pytest.raises(Duplicate) as repeated:
        actions.send(**send, submission="sub_1")
    assert repeated.value.existing == first
    assert len(queries.to_triage(access=world.northside.sign_in("therapist"))) == 1


def test_an_administrator_may_read_but_not_decide(world, sent):
    administrator = world.northside.sign_in("administrator", "administration")
    assert len(queries.to_triage(access=administrator)) == 1
    with pytest.raises(NotAllowed):
        actions.accept(referral=sent, practitioner="", by=administrator)


def test_referring_somebody_elses_person_reads_like_nobody(world):
    stranger = factories.registered(world.northside)
    with pytest.raises(NotThere):
        actions.send(
            registration=stranger, to=world.northside.id, wording=WORDING, by=world.riverside.sign_in("keyworker")
        )


def test_a_self_referral_is_held_and_told_by_the_decliner(world):
    from alongside.access.context import Access

    made = actions.refer_myself(to=world.northside.id, identity=factories.SOMEBODY, wording=WORDING, by=Access.public())
    therapist = world.northside.sign_in("therapist")
    actions.decline(referral=made, decision=declining(), by=therapist)
    assert [(owed.kind, owed.holder) for owed in tasks.owed(access=therapist)] == [("tell_person", therapist.actor)]


def test_a_self_referral_of_somebody_known_looks_the_same(world):
    """Known or not, the public act makes a new registration: nothing in it depends on who was known."""
    from alongside.access.context import Access

    factories.registered(world.northside)
    for birth in (date(1988, 5, 17), date(1990, 1, 1)):
        identity = factories.SOMEBODY.__class__("Jordan", "Reed", birth)
        actions.refer_myself(to=world.northside.id, identity=identity, wording=WORDING, by=Access.public())
    registrations = {one.registration for one in queries.to_triage(access=world.northside.sign_in("therapist"))}
    assert len(registrations) == 2
