"""Referring somebody to the other service on the page, with what they agreed to share."""

import pytest

from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.referral import queries
from alongside.tasks import queries as tasks
from tests import factories
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def registration(world):
    return factories.registered(world.riverside)


@pytest.fixture
def keyworker(world):
    return browser(world.riverside, "keyworker")


def filled(world, **changes):
    usual = {
        "to": world.northside.id,
        "reason": "Panic since she stopped using",
        "wants": "To sleep through",
        "substance": "alcohol",
        "days_of_28": "20",
        "amount": "12",
        "urgency": "routine",
        "arm": "one_to_one",
        "share": "both_teams",
        "back": "appointments_and_safety",
        "given": "verbal",
        "witness": "Kim Worker",
        "told_no_is_fine": "on",
    }
    return usual | changes


def test_a_referral_is_sent_with_the_persons_choice(world, registration, keyworker):
    answer = keyworker.send(f"/people/{registration}/refer/", **filled(world), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/people/{registration}/referrals/", 302)]
    assert "Sent to Northside Talking Therapies. They decide by 17:00" in page
    access = world.riverside.sign_in("keyworker")
    [agreed] = consents.current(registration, access=access)
    assert agreed.categories == policy.bundles()["both_teams"].mask
    [received] = queries.to_triage(access=world.northside.sign_in("therapist"))
    assert (received.use.unit, received.units_a_week) == ("units", 60)
    assert received.share_back == policy.bundles()["appointments_and_safety"].mask


def test_a_double_click_sends_one(world, registration, keyworker):
    path = f"/people/{registration}/refer/"
    entered = keyworker.hidden(path) | filled(world)
    for _ in range(2):
        assert keyworker.post(path, entered).status_code == 302
    assert len(queries.sent(access=world.riverside.sign_in("keyworker"))) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Answer “Why now?”"),
        ({"wants": " "}, "Answer “What does the person want?”"),
        ({"to": "srv_of_nobody"}, "Choose one of the answers shown"),
        ({"days_of_28": "29"}, "Days in the last 28 must be a whole number from 0 to 28"),
        ({"days_of_28": "07"}, "Days in the last 28 must be a whole number from 0 to 28"),
        ({"days_of_28": "7.5"}, "Days in the last 28 must be a whole number from 0 to 28"),
        ({"amount": "-3"}, "Amount on a day of use must be a number from 0 to 999"),
        ({"substance": "cannabis", "amount": "2"}, "Choose what the amount is counted in."),
        ({"days_of_28": "0", "amount": "6"}, "An amount on no day of use contradicts itself."),
        ({"days_of_28": "6", "amount": "0"}, "0 on a day of use contradicts itself."),
        ({"substance": ""}, "Choose what the days and the amount are of."),
        ({"share": "pieces"}, "Tick at least one kind, or choose “Nothing yet”."),
        ({"back": ""}, "To treat together, choose what they may share back with us."),
        ({"witness": ""}, "Enter who heard the person agree. It can be you."),
        ({"told_no_is_fine": ""}, "Tell the person that saying no does not affect their care, then tick this."),
        ({"submission_token": "made up"}, "This page is incomplete."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(world, registration, keyworker, changes, words):
    answer = keyworker.send(f"/people/{registration}/refer/", **filled(world, **changes))
    page = answer.content.decode()
    assert words in page
    assert "Nothing has been saved yet." in page
    access = world.riverside.sign_in("keyworker")
    assert queries.sent(access=access) == []
    assert consents.current(registration, access=access) == []


def test_nothing_yet_is_a_choice_too(world, registration, keyworker):
    keyworker.send(f"/people/{registration}/refer/", **filled(world, share="nothing_yet", arm="one_service", back=""))
    [agreed] = consents.current(registration, access=world.riverside.sign_in("keyworker"))
    assert agreed.categories == 0


def test_somebody_else_s_person_is_not_there(world, registration):
    assert browser(world.northside, "therapist").get(f"/people/{registration}/refer/").status_code == 404


@pytest.mark.parametrize("address", ["/people/reg_nonsense/refer/", "/people/%27/refer/", "/referrals/ref_x/"])
def test_an_unknown_id_is_not_there(keyworker, address):
    assert keyworker.get(address).status_code == 404


def test_a_referral_can_be_taken_back(world, registration, keyworker):
    keyworker.send(f"/people/{registration}/refer/", **filled(world))
    [sent] = queries.sent(access=world.riverside.sign_in("keyworker"))
    page = keyworker.get(f"/people/{registration}/referrals/").content.decode()
    address = f"/people/{registration}/referrals/{sent.id}/take-back/"
    assert address in page
    keyworker.send(address)
    assert queries.sent(access=world.riverside.sign_in("keyworker"))[0].heard == "withdrawn"
    assert tasks.owed(access=world.northside.sign_in("therapist")) == []


def test_the_form_takes_few_statements(world, registration, keyworker):
    assert cost(keyworker, f"/people/{registration}/refer/") <= 12
