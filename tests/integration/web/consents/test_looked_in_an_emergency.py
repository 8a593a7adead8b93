"""A look in an emergency in the account of disclosures: said as one, with its reason and what its review found."""

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.consent import queries as consents
from alongside.kernel import clock
from alongside.people.rules import Typed
from alongside.post import queries as post
from alongside.safety import actions as safety
from alongside.safety.models import BrokenGlass
from alongside.safety.rules import Declaration, Withheld
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.own.test_own_pages import PASSWORD, opened
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
REASON = "Found unconscious at the station; which medicines?"
SAID = f"in an emergency: “{REASON}”"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS = "https://alongside.example"
    settings.DEMONSTRATION = True


def with_consent():
    """Riverside's record of somebody who shares it with Northside, and who said yes to that."""
    joint = factories.JointJourney(email="amira@mail.example", email_is_safe=True)
    return joint.world, joint.riverside


def with_nothing_agreed():
    world = factories.partnership()
    made = factories.registered(world.riverside, email="amira@mail.example", email_is_safe=True)
    return world, made


@pytest.fixture(params=[with_consent, with_nothing_agreed])
def looked(request):
    """A duty worker of Northside looked in an emergency at a record of Riverside, an hour after it began."""
    with clock.at(START):
        world, jordan = request.param()
        for service in (world.northside, world.riverside):
            for role in ("privacy_lead", "duty_worker", "keyworker", "team_lead"):
                service.sign_in(role)
    with clock.at(START + HOUR):
        look(world, jordan)
    return world, jordan


def look(world, jordan):
    typed = Typed("Jordan", "Reed", date(1988, 5, 17))
    sharing.look_in_emergency(typed=typed, why=Declaration(REASON), by=world.northside.sign_in("duty_worker"))
    page = browser(world.northside, "duty_worker").get(
        f"/people/{jordan}/", follow=True
    )  # to their own of the same person, where there is one
    assert page.status_code == 200


def glass(jordan):
    return BrokenGlass.objects.get(registration=jordan).pk


def own(world, jordan):
    """The person's own sign-in to that record."""
    browser(world.riverside, "keyworker").send(f"/people/{jordan}/sharing/sign-in/", follow=True)
    caseload.send_messages(by=Access.system("tick"))
    cards = [one for one in post.mailbox(access=Access.system("test")) if "A page of your own" in one.subject]
    address = re.search(r"https://alongside.example(/welcome/\S+)", cards[-1].text)[1]
    found, _ = opened(address)
    found.send(f"{address}password/", follow=True, password=PASSWORD)
    return found


def row_of(page, who):
    [found] = [one for one in re.findall(r"<tr.*?</tr>", page.content.decode(), re.DOTALL) if who in one]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def filed(world, jordan):
    answer = browser(world.riverside, "privacy_lead").get(f"/people/{jordan}/sharing/looked.csv")
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))


def test_the_page_and_the_file_say_that_it_was_one_and_why(looked):
    world, jordan = looked
    with clock.at(START + 3 * HOUR):
        page = browser(world.riverside, "privacy_lead").get(f"/people/{jordan}/sharing/looked/")
        assert SAID in row_of(page, "Duty_Worker")
        [row] = [one for one in filed(world, jordan) if one["Who"].startswith("Duty_Worker")]
    assert SAID in row["Why it was open"]


def test_the_person_reads_it_with_what_the_review_found(looked):
    world, jordan = looked
    with clock.at(START + 3 * HOUR):
        person = own(world, jordan)
        said = row_of(person.get("/own/who-looked/"), "Duty_Worker")
        assert SAID in said
        assert "not reviewed yet" in said
        lead = world.riverside.sign_in("privacy_lead")
        safety.review_look(look=glass(jordan), verdict="not_appropriate", words="Nobody was at the station", by=lead)
        said = row_of(person.get("/own/who-looked/"), "Duty_Worker")
    assert "It was not appropriate" in said
    assert "Nobody was at the station" not in said  # what the service wrote for itself


def test_what_is_withheld_is_said_neither_to_the_person_nor_in_the_file(looked):
    world, jordan = looked
    with clock.at(START + 3 * HOUR):
        harm = Withheld("serious_harm", "He reads her account")
        sharing.withhold(entry=glass(jordan), said=harm, by=world.riverside.sign_in("privacy_lead"))
        assert REASON not in words(own(world, jordan).get("/own/who-looked/"))
        assert not [one for one in filed(world, jordan) if one["Who"].startswith("Duty_Worker")]


def test_a_look_without_an_emergency_is_not_called_one(looked):
    """Nor are those of whoever else of that service looks meanwhile, or of the same reader when the hour is over."""
    world, jordan = looked
    if not consents.current(jordan, access=world.riverside.sign_in("keyworker")):
        return
    for hours, role in ((1.5, "team_lead"), (2.5, "duty_worker")):
        with clock.at(START + hours * HOUR):
            browser(world.northside, role).get(f"/people/{jordan}/", follow=True)
    with clock.at(START + 3 * HOUR):
        rows = filed(world, jordan)
    assert [("emergency" in one["Why it was open"]) for one in rows if one["Who"].startswith("Duty_Worker")] == [
        False,
        True,
    ]
    assert not any("emergency" in one["Why it was open"] for one in rows if one["Who"].startswith("Team_Lead"))


def test_the_consent_is_the_one_that_was_noted(looked):
    """Where two were in force, one of them for what was never shown, the account says by which it was open."""
    world, jordan = looked
    with clock.at(START + 3 * HOUR):
        [row] = [one for one in filed(world, jordan) if one["Who"].startswith("Duty_Worker")]
        agreed = consents.current(jordan, access=world.riverside.sign_in("keyworker"))
    assert ("they agreed on" in row["Why it was open"]) is bool(agreed)
