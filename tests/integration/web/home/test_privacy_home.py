"""What the privacy lead finds in the morning: who looked, what was agreed or taken back, what was put right."""

from dataclasses import replace

import pytest

from alongside.consent import queries as consent
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.people import queries as people
from alongside.people.actions import correct_identity
from alongside.sharing import actions, queries
from tests import factories, lives
from tests.integration.web.visiting import browser, cost


@pytest.fixture
def amira(world):
    return lives.seen(lives.joint(world, given_name="Amira", family_name="Khan"))


@pytest.fixture
def privacy(world):
    return browser(world.northside, "privacy_lead")


def since():
    return clock.now() - 2 * lives.WEEK


def test_where_nothing_happened_it_says_so(privacy):
    said = privacy.text("/")
    assert "Nobody of another service was shown anything about your people." in said
    assert "Nobody changed what they share." in said
    assert "Nothing was put right." in said


def test_a_look_from_the_other_service_is_there_with_what_was_shown(world, amira, privacy):
    browser(world.riverside, "keyworker").get(f"/people/{amira.there}/")
    said = privacy.text("/")
    assert "Keyworker, Riverside Substance Use Service 1 person, 1 page" in said
    assert "Amira Khan" in said
    assert "My mood and anxiety scores" in said


def test_our_own_looks_are_counted_for_each_of_us(world, amira, therapist, privacy):
    for path in ("", "contacts/", "measures/"):
        therapist.get(f"/people/{amira.registration}/{path}")
    lead = world.northside.sign_in("privacy_lead", "legal")
    [ours] = [one for one in queries.looks(since=since(), access=lead) if one.service == world.northside.id]
    assert (ours.actor, ours.registration, ours.pages) == (amira.practitioner.actor, amira.registration, 3)
    assert "Nobody of your service has opened" not in privacy.text("/")


def test_what_was_taken_back_stands_above_what_was_agreed(world, amira, privacy):
    agreed = next(one for one in consent.current(amira.registration, access=amira.practitioner) if one.categories)
    with clock.at(lives.NOW - lives.WEEK / 7):
        actions.withdraw(consent_id=agreed.id, by=amira.practitioner)
    said = privacy.text("/")
    assert "taken back Amira Khan" in said
    assert "Amira Khan : Riverside Substance Use Service, What helps both teams treat me" in said


def test_a_team_is_named_with_its_service(world, amira, privacy):
    choice = factories.choice(recipient=f"team:{world.riverside.team}")
    actions.agree(registration=amira.registration, choice=choice, by=amira.practitioner)
    assert "Amira Khan : Adult team, Riverside Substance Use Service, What helps both" in privacy.text("/")


def test_a_choice_for_everybody_who_treats_them_says_for_whom_it_is(amira, privacy):
    choice = factories.choice(recipient="class:treating")
    agreed = actions.agree(registration=amira.registration, choice=choice, by=amira.practitioner)
    assert "Amira Khan : Everybody who treats me, What helps both teams treat me" in privacy.text("/")
    actions.withdraw(consent_id=agreed, by=amira.practitioner)
    assert "taken back Amira Khan : Everybody who treats me, What helps both teams" in privacy.text("/")


def test_what_was_put_right_says_by_whom(amira, privacy):
    identity, version = people.identity(amira.registration, access=amira.practitioner)
    correct_identity(
        registration=amira.registration,
        identity=replace(identity, family_name="Kahn"),
        version=version,
        by=amira.practitioner,
    )
    assert "Amira Kahn : Name, date of birth or how to reach them was put right" in privacy.text("/")


def test_another_services_people_and_what_is_older_are_not_there(world, amira, privacy):
    there = browser(world.riverside, "privacy_lead")
    browser(world.riverside, "keyworker").get(f"/people/{amira.there}/")
    northside = lives.treated(world.northside, given_name="Nora", family_name="Vale")
    browser(world.northside, "therapist").get(f"/people/{northside.registration}/")
    assert "Vale" not in there.text("/")
    with clock.at(lives.NOW + 3 * lives.WEEK):
        assert "Nobody of another service was shown" in browser(world.northside, "privacy_lead").text("/")


@pytest.mark.parametrize("role", ["therapist", "administrator", "team_lead"])
@pytest.mark.parametrize("query", [queries.looks, queries.done])
def test_only_who_oversees_privacy_may_ask(world, role, query):
    with pytest.raises(NotAllowed):
        query(since=since(), access=world.northside.sign_in(role))


def test_it_costs_the_same_for_one_person_and_for_many(world, therapist, privacy):
    def somebody(number):
        life = lives.record_one(world.northside, f"P{number}")
        factories.agreed(life.registration, world.northside, world.riverside, "plan")

    somebody(0)
    therapist.get("/caseload/")
    privacy.get("/")  # from now on the reader is among those who looked
    few = cost(privacy, "/")
    for number in range(1, 13):
        somebody(number)
    therapist.get("/caseload/")
    assert cost(privacy, "/") == few <= 12
