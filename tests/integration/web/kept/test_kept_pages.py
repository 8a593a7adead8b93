"""Keeping a registration to a few: to everybody else of the service the person is not there."""

import pytest

from alongside.people.models import Restriction
from tests import factories
from tests.integration.web.visiting import browser, cost, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return factories.JointJourney()


@pytest.fixture
def at(person):
    return f"/people/{person.northside}/kept/"


@pytest.fixture
def lead(person):
    return browser(person.world.northside, "privacy_lead")


def keeping(person, **changes):
    named = person.therapist.actor
    return {"named": [named], "keeper": named, "reason": "Works at Northside"} | changes


def test_others_of_the_service_find_nobody(person, lead, at):
    colleague = browser(person.world.northside, "team_lead")
    desk = browser(person.world.northside, "administrator")
    assert "Jordan Reed" in words(colleague.find("Reed"))
    assert "Jordan Reed" in words(colleague.get("/caseload/?whose=team"))
    assert lead.send(at, **keeping(person)).url == at
    for other in (colleague, desk):
        assert "Jordan Reed" not in words(other.find("Reed"))
        assert other.get(f"/people/{person.northside}/").status_code == 404
        assert "Jordan Reed" not in words(other.get("/"))
    assert "Jordan Reed" not in words(colleague.get("/caseload/?whose=team"))
    assert browser(person.world.northside, "therapist").get(f"/people/{person.northside}/").status_code == 200
    assert "Jordan Reed" in words(lead.get("/kept/"))
    assert "Jordan Reed" not in words(browser(person.world.riverside, "privacy_lead").get("/kept/"))
    assert "Works at Northside" in words(lead.get(at))


def test_it_can_be_changed_and_lifted_with_a_reason(person, lead, at):
    more = person.world.northside.sign_in("step2_practitioner").actor
    lead.send(at, **keeping(person))
    lead.send(at, **keeping(person, named=[person.therapist.actor, more], keeper=more))
    covering = browser(person.world.northside, "step2_practitioner")
    assert covering.get(f"/people/{person.northside}/").status_code == 200
    assert "Answer “Why?”" in words(lead.send(f"{at}lift/", reason=""))
    assert lead.send(f"{at}lift/", reason="Left the service").url == at
    assert lead.get(f"{at}lift/").status_code == 404
    assert browser(person.world.northside, "team_lead").get(f"/people/{person.northside}/").status_code == 200
    assert sorted(one.restricted for one in Restriction.objects.all()) == [False, True, True]
    page = words(lead.get(at))
    assert "Lifted" in page
    assert "Works at Northside" in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"named": []}, "Answer “Who may see it?”"),
        ({"named": ["pra_nobody"]}, "Choose from the answers shown"),
        ({"keeper": ""}, "Answer “Which of them has what would be the team's?”"),
        ({"reason": ""}, "Answer “Why?”"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(person, lead, at, changes, says):
    assert says in words(lead.send(at, **keeping(person, **changes)))
    assert not Restriction.objects.exists()


def test_whoever_treats_them_has_to_be_among_them(person, lead, at):
    other = person.world.northside.sign_in("step2_practitioner").actor
    answer = lead.send(at, **keeping(person, named=[other], keeper=other))
    assert "Whoever treats them now has to be among them." in words(answer)
    assert not Restriction.objects.exists()
    assert browser(person.world.northside, "team_lead").get(f"/people/{person.northside}/").status_code == 200


@pytest.mark.parametrize("role", ["therapist", "team_lead", "administrator"])
def test_only_whoever_oversees_privacy_may(person, at, role):
    for address in (at, "/kept/"):
        assert browser(person.world.northside, role).get(address).status_code == 403


def test_another_services_privacy_lead_finds_nobody(person, at):
    assert browser(person.world.riverside, "privacy_lead").get(at).status_code == 404


def test_it_costs_no_more_than_other_pages(person, lead, at):
    lead.send(at, **keeping(person))
    assert cost(lead, at) <= 12
    assert cost(lead, "/kept/") <= 8
