"""What whoever oversees privacy reads where much else was looked at, more than is read at once."""

from datetime import timedelta

import pytest

from alongside.audit.actions import number
from alongside.audit.queries import looking
from alongside.kernel import clock
from tests import factories
from tests.integration.web.emergencies.test_emergency_pages import AT, HOUR, declaring, looks_of, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(monkeypatch):
    """A look at somebody of Riverside; then, within the hour, more pages of others than are read at once."""
    monkeypatch.setattr(looking, "MOST", 3)
    both = factories.partnership()
    for service in (both.northside, both.riverside):
        service.sign_in("privacy_lead")
    person = factories.registered(both.riverside)
    others = [factories.registered(both.northside, given_name=f"Other {one}") for one in range(4)]
    therapist = signed_in(both.northside, "therapist")
    therapist.send(AT, **declaring())
    number()
    therapist.get(f"/people/{person}/")
    number()
    with clock.at(clock.now() + timedelta(minutes=5)):
        browser(both.riverside, "administrator").get(f"/people/{person}/")
        for one in others:
            browser(both.northside, "administrator").get(f"/people/{one}/")
        number()
    return both


@pytest.mark.parametrize("waiting", [False, True])
def test_the_review_holds_what_was_seen_however_busy_it_was(busy, monkeypatch, waiting):
    if waiting:
        monkeypatch.setattr(looking, "MOST", 2_000)
    lead = browser(busy.riverside, "privacy_lead")
    with clock.at(clock.now() + HOUR):
        page = lead.get(f"/emergency/looks/{looks_of(busy.riverside)[0]}/")
    assert page.content.decode().count("Name, date of birth and how to reach me") == 1
    assert "Nothing of it was shown" not in words(page)


def test_the_first_page_says_where_it_stops(busy):
    said = browser(busy.riverside, "privacy_lead").text("/")
    assert "Earlier looks are not counted here" in said


def test_it_says_nothing_where_it_does_not_stop(busy, monkeypatch):
    monkeypatch.setattr(looking, "MOST", 2_000)
    assert "Earlier looks are not counted here" not in browser(busy.riverside, "privacy_lead").text("/")
