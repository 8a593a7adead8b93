"""Each page opens for those it is for, costs what it may, and costs the same however many people there are."""

import pytest

from tests import factories, lives
from tests.integration.web.visiting import browser, statements


@pytest.fixture
def amira(world):
    life = lives.seen(lives.joint(world, given_name="Amira", family_name="Khan"))
    lives.planned(life, lives.NOW + lives.WEEK)
    return life


def paths(life):
    registration, contact = life.registration, life.contacts[-1]
    return {
        "home": "/",
        "owed": "/owed/",
        "since": "/since-yesterday/",
        "caseload": "/caseload/",
        "file": "/caseload/caseload.csv",
        "find": "/people/",
        "person": f"/people/{registration}/",
        "details": f"/people/{registration}/details/",
        "contacts": f"/people/{registration}/contacts/",
        "record": f"/people/{registration}/contacts/record/",
        "plan": f"/people/{registration}/contacts/plan/",
        "contact": f"/contacts/{contact}/",
        "correct": f"/contacts/{contact}/correct/",
        "wrong person": f"/contacts/{contact}/wrong-person/",
        "measures": f"/people/{registration}/measures/",
        "measure": f"/people/{registration}/measures/record/",
    }


ALLOWED = {"person": 16}
NAMES = list(paths(lives.Life(None, None, "", "", [""])))


def test_a_page_costs_the_same_for_five_people_and_for_sixty(world, amira, therapist):
    pages = paths(amira)
    for number in range(4):
        lives.record_one(world.northside, f"Few{number}")
    therapist.find("khan")
    few = {name: statements(therapist, path) for name, path in pages.items()}
    for number in range(55):
        lives.record_one(world.northside, f"Many{number}")
    many = {name: statements(therapist, path) for name, path in pages.items()}
    assert {name: len(cost) for name, cost in few.items()} == {name: len(cost) for name, cost in many.items()}
    for name, cost in many.items():
        assert len(cost) <= ALLOWED.get(name, 12), (name, *(sql[:150] for sql in cost))


def test_a_team_leads_pages_cost_no_more(world, amira):
    lead = browser(world.northside, "team_lead")
    lead.find("khan")
    for name, path in paths(amira).items():
        cost = statements(lead, path)
        assert len(cost) <= ALLOWED.get(name, 12), (name, *(sql[:150] for sql in cost))


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in ("home", "owed", "since", "caseload", "file", "find")]
)
def test_somebody_elses_person_is_not_there(world, amira, name):
    stranger = factories.partnership().northside
    other = browser(stranger, "therapist")
    assert other.get(paths(amira)[name]).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_nobody_sees_a_page_without_signing_in(client, amira, name):
    answer = client.get(paths(amira)[name])
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in/")


@pytest.mark.parametrize("path", ["/people/reg_nonsense/", "/contacts/con_nonsense/", "/people/%27--/contacts/"])
def test_an_address_that_is_misspelt_reads_like_one_that_is_not_there(therapist, path):
    assert therapist.get(path).status_code == 404
