"""Two programmes under 42 CFR Part 2 refer, accept and share, each disclosure by a consent with all its elements."""

import pytest

from alongside.access.rules import Handle
from alongside.consent.models import Consent
from alongside.journey import actions as acts
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Several
from alongside.organisations import actions as organisations
from alongside.referral import queries as referrals
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db

SIGNED = {
    "given": "written",
    "told_no_is_fine": "on",
    "onward": "on",
    "ends": "end_of_treatment",
    "told_take_back": "on",
    "told_passed_on": "on",
    "told_refusing": "on",
}
WRONG = [
    ({"given": "verbal", "witness": "K. Worker"}, "needs a signature, on paper or on a screen."),
    ({"ends": ""}, "Say when it ends: a day, the end of treatment, or never."),
    ({"ends": "date"}, "Enter the day on which it ends."),
    ({"told_take_back": ""}, "Tell the person how they can take it back in writing, then tick this."),
]


@pytest.fixture
def world():
    made = factories.partnership("us")
    for one in (made.northside, made.riverside):
        organisations.set_part2(service=one.id, part2=True, by=factories.SETTING_UP)
    return made


@pytest.fixture
def person(world):
    by, somebody = world.riverside.sign_in("keyworker"), factories.registered(world.riverside)
    stay = {"team": world.riverside.team, "practitioner": by.actor, "received_on": clock.today()}
    acts.open_episode(registration=somebody, **stay, by=by)
    return somebody


@pytest.fixture
def keyworker(world):
    return browser(world.riverside, "keyworker")


@pytest.fixture
def therapist(world):
    world.therapist = world.northside.sign_in("therapist")
    return browser(world.northside, "therapist")


def referring(world, **changes):
    asked = {
        "to": world.northside.id,
        "reason": "Panic since she stopped using",
        "wants": "To sleep",
        "urgency": "routine",
        "arm": "one_to_one",
        "share": "both_teams",
        "back": "both_teams",
    }
    return asked | SIGNED | changes


@pytest.fixture
def referral(world, person, keyworker, therapist):
    assert keyworker.send(f"/people/{person}/refer/", **referring(world)).status_code == 302
    [found] = referrals.to_triage(access=world.therapist)
    return found


def accepting(world, **changes):
    return {"practitioner": world.therapist.actor} | SIGNED | changes


def test_from_the_referral_to_the_joint_journey(world, person, therapist, keyworker, referral):
    answer = therapist.send(f"/referrals/{referral.id}/accept/", **accepting(world))
    assert answer.status_code == 302, words(answer)
    there = referral.registration
    assert journeys.journey_for([person, there], access=world.riverside.sign_in("keyworker")).lead
    signed = {one.registration_id: one for one in Consent.objects.all()}
    for registration, recipient in ((person, world.northside), (there, world.riverside)):
        row = signed[registration]
        assert (row.recipient, row.given, row.ends) == (Handle.service(recipient.id), "written", "end_of_treatment")
        assert (row.onward, row.told_take_back, row.told_passed_on, row.told_refusing) == (True,) * 4
        assert row.because == referral.id
    assert therapist.get(f"/people/{person}/", follow=True).status_code == 200
    assert keyworker.get(f"/people/{there}/", follow=True).status_code == 200


@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_a_referral_names_each_missing_element_and_sends_nothing(world, person, keyworker, therapist, wrong, says):
    assert says in words(keyworker.send(f"/people/{person}/refer/", **referring(world, **wrong)))
    assert not Consent.objects.exists()
    assert referrals.to_triage(access=world.therapist) == []


@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_accepting_names_each_missing_element_and_opens_nothing(world, person, therapist, referral, wrong, says):
    assert says in words(therapist.send(f"/referrals/{referral.id}/accept/", **accepting(world, **wrong)))
    assert not Consent.objects.filter(registration=referral.registration).exists()
    assert therapist.get(f"/people/{person}/").status_code == 404


def test_a_consent_of_the_sender_is_none_of_the_receivers(world, therapist, referral):
    """What was signed for the one is no consent for what the other discloses."""
    answer = therapist.send(f"/referrals/{referral.id}/accept/", practitioner=world.therapist.actor)
    assert answer.status_code == 200
    with pytest.raises(Several, match="Say when it ends"):
        sharing.accept_referral(referral=referral.id, practitioner=world.therapist.actor, by=world.therapist)
    assert not Consent.objects.filter(registration=referral.registration).exists()


def test_elsewhere_nobody_is_asked_for_them(therapist):
    world = factories.partnership()
    keyworker = browser(world.riverside, "keyworker")
    referred = factories.Referred(world)
    assert "HIPAA" not in keyworker.text(f"/people/{referred.riverside}/refer/")
    there = browser(world.northside, "therapist")
    page = there.text(f"/referrals/{referred.referral}/accept/")
    assert "HIPAA" not in page
    assert "How did the person agree?" not in page
