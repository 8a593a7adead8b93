"""Triage on the page: what stands beside a decision, accepting, declining, and telling the person."""

from datetime import date, timedelta

import pytest

from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.referral import queries
from alongside.referral.rules import State
from tests import factories
from tests.integration.web.visiting import browser, civil, cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def referred():
    return factories.Referred()


@pytest.fixture
def therapist(referred):
    return browser(referred.world.northside, "therapist")


def declining(**changes):
    usual = {
        "reason": "alcohol_use",
        "words": "Drinks on most days.",
        "offered": "Keyworker at Riverside",
        "threshold": "15 units on a drinking day",
        **civil("review_on", clock.today() + timedelta(days=42)),
    }
    return usual | changes


def test_the_list_says_who_waits_and_since_when(referred, therapist):
    page = therapist.get("/referrals/").content.decode()
    assert "Jordan Reed" in page
    assert "Alcohol: 12 units on a drinking day, 20 days of the last 28 (about 60 units a week)" in page
    assert "below threshold" in page


def test_beside_the_referral_stand_the_threshold_and_where_it_comes_from(referred, therapist):
    page = therapist.get(f"/referrals/{referred.referral}/").content.decode()
    assert "Recorded drinking is 12 units on a drinking day: below the local threshold of 15." in page
    assert "A local rule seen in one service" in page
    assert "Not verified." in page
    assert "is not by itself a reason to say no" in page


def test_accepting_opens_the_joint_journey(referred, therapist):
    answer = therapist.send(
        f"/referrals/{referred.referral}/accept/", practitioner=referred.therapist.actor, follow=True
    )
    assert "leads the joint journey" in answer.content.decode()
    found = journeys.journey_for([referred.northside], access=referred.therapist)
    assert found.lead == referred.therapist.actor


def test_a_joint_journey_is_not_accepted_for_nobody(referred, therapist):
    answer = therapist.send(f"/referrals/{referred.referral}/accept/", practitioner="team")
    assert "Choose one of the answers shown" in answer.content.decode()
    assert queries.received(referred.referral, access=referred.therapist).state is State.SENT


def test_declining_below_the_threshold_says_so_before_and_after(referred, therapist):
    before = therapist.get(f"/referrals/{referred.referral}/decline/").content.decode()
    assert "below the local threshold of 15" in before
    after = therapist.send(f"/referrals/{referred.referral}/decline/", **declining(), follow=True).content.decode()
    assert "Not accepted. The next step is with whoever referred them" in after
    assert "below the local threshold of 15. The decision says so." in after
    assert "Recorded drinking was below the threshold" in after


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Answer “Why is it not accepted?”"),
        ({"threshold": ""}, "Say which threshold you used"),
        ({"offered": ""}, "Answer “What do you offer instead?”"),
        ({"words": ""}, "Answer “How did you come to this decision?”"),
        (civil("review_on", date(2026, 1, 2)), "Choose a day after today"),
        ({"review_on-day": "31", "review_on-month": "2"}, "must be a real date"),
        ({"review_on-year": "27"}, "must have a year of 4 numbers"),
    ],
)
def test_a_decision_that_lacks_something_is_not_saved(referred, therapist, changes, words):
    page = therapist.send(f"/referrals/{referred.referral}/decline/", **declining(**changes)).content.decode()
    assert words in page
    assert queries.received(referred.referral, access=referred.therapist).state is State.SENT


def test_deciding_twice_says_that_somebody_was_first(referred, therapist):
    therapist.send(f"/referrals/{referred.referral}/decline/", **declining())
    again = therapist.send(f"/referrals/{referred.referral}/decline/", **declining(words="I write this again"))
    page = again.content.decode()
    assert "Somebody decided this referral while you were reading it." in page
    assert "I write this again" in page


def test_the_sender_hears_the_offer_and_tells_the_person(referred, therapist):
    therapist.send(f"/referrals/{referred.referral}/decline/", **declining())
    keyworker = browser(referred.world.riverside, "keyworker")
    page = keyworker.get("/referrals/sent/").content.decode()
    assert "They offer instead: Keyworker at Riverside" in page
    assert "Drinks on most days." not in page
    address = f"/people/{referred.riverside}/referrals/{referred.referral}/told/"
    assert address in page
    answer = keyworker.send(address, follow=True)
    assert "This referral is closed." in answer.content.decode()
    assert address not in keyworker.get("/referrals/sent/").content.decode()


def test_a_possible_duplicate_is_named_from_our_own_service_only(referred, therapist):
    assert "We may know this person already" not in therapist.get(f"/referrals/{referred.referral}/").content.decode()
    factories.registered(referred.world.northside)
    assert "We may know this person already" in therapist.get(f"/referrals/{referred.referral}/").content.decode()


def test_the_sender_cannot_open_what_the_receiver_holds(referred):
    assert browser(referred.world.riverside, "keyworker").get(f"/referrals/{referred.referral}/").status_code == 404


def test_a_prescriber_may_not_decide(referred):
    client = browser(referred.world.northside, "prescriber")
    assert client.get(f"/referrals/{referred.referral}/accept/").status_code in (403, 404)


@pytest.mark.parametrize("path", ["/referrals/", "/referrals/sent/"])
def test_lists_take_as_many_statements_for_sixty_people_as_for_five(path):
    world = factories.partnership()
    for number in range(5):
        factories.Referred(world, given_name=f"P{number}", arm="")
    client = browser(world.northside if path == "/referrals/" else world.riverside, _role(path))
    few = cost(client, path)
    for number in range(55):
        factories.Referred(world, given_name=f"Q{number}", arm="")
    assert cost(client, path) == few <= 12


def _role(path):
    return "therapist" if path == "/referrals/" else "keyworker"


def test_one_referral_takes_few_statements(referred, therapist):
    for path in ("", "accept/", "decline/"):
        assert cost(therapist, f"/referrals/{referred.referral}/{path}") <= 12
