"""Looking again while it is open, and how often one practitioner may look in an hour."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from alongside.access.models import Glass
from alongside.audit import queries as ledger
from alongside.definitions.emergencies import emergencies
from alongside.kernel import clock
from alongside.safety.models import BrokenGlass
from alongside.sharing import actions as sharing
from alongside.tasks import queries as tasks
from alongside.tasks.models import Task
from tests import factories
from tests.integration.web.emergencies.test_emergency_pages import AT, HOUR, OPEN, declaring, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    made = factories.partnership()
    for service in (made.northside, made.riverside):
        service.sign_in("privacy_lead")
    return made


@pytest.fixture
def therapist(both):
    return signed_in(both.northside, "therapist")


def counts():
    return BrokenGlass.objects.count(), Glass.objects.count(), Task.objects.count()


@pytest.mark.parametrize("known", [True, False])
def test_the_same_person_again_leads_to_the_look_that_is_open(both, therapist, known):
    if known:
        factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    once = counts()
    answer = therapist.send(AT, **declaring(given_name="JORDAN", reason="Another reason"))
    assert (answer.status_code, answer.url, counts()) == (302, OPEN, once)
    with clock.at(clock.now() + HOUR):
        therapist.send(AT, **declaring())
    assert BrokenGlass.objects.count() == 2 * once[0]


@pytest.mark.parametrize("known", [True, False])
def test_as_often_as_one_may_and_no_more(both, therapist, known):
    if known:
        factories.registered(both.riverside, family_name="Onemore")
    for number in range(emergencies().most_in_an_hour):
        assert therapist.send(AT, **declaring(family_name=f"Reed{'a' * number}")).status_code == 302
    once = counts()
    said = words(therapist.send(AT, **declaring(family_name="Onemore")))
    assert "Ring the service that may know them" in said
    assert counts() == once
    assert therapist.send(AT, **declaring(family_name="Reed")).url == OPEN  # what is open is open
    with clock.at(clock.now() + HOUR + timedelta(seconds=1)):
        assert therapist.send(AT, **declaring(family_name="Onemore")).status_code == 302


@pytest.mark.parametrize("first_known", [True, False])
def test_whoever_was_registered_meanwhile_opens_when_they_look_again(both, therapist, first_known):
    """By the look that is open, until it ends: nothing more is counted, whoever is known."""
    if first_known:
        factories.registered(both.northside)
    now = clock.now()
    with clock.at(now):
        therapist.send(AT, **declaring())
    attempts = BrokenGlass.objects.filter(attempt=F("pk"))
    [attempt] = attempts
    late = now + timedelta(minutes=30)
    with clock.at(late):
        person = factories.registered(both.riverside)
        assert therapist.get(f"/people/{person}/").status_code == 404
        assert therapist.send(AT, **declaring(reason="They came to the desk")).url == OPEN
        assert therapist.get(f"/people/{person}/").status_code == 200
        assert f"/people/{person}/" in therapist.get(OPEN).content.decode()
        once = counts()
        therapist.send(AT, **declaring())
        assert counts() == once
        [side] = BrokenGlass.objects.filter(registration=person)
        [owed] = tasks.owed(access=both.riverside.sign_in("privacy_lead"))
    assert list(attempts) == [attempt]
    assert (side.attempt, side.until_at, side.reason) == (attempt.pk, attempt.until_at, "They came to the desk")
    assert (owed.about, owed.registration) == (side.pk, person)
    assert "sharing.look_in_emergency" in [one.act for one in ledger.about(person)]
    with clock.at(now + HOUR):
        assert therapist.get(f"/people/{person}/").status_code == 404


def test_what_a_privacy_lead_shut_is_not_opened_by_looking_again(both, therapist):
    person = factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    [side] = BrokenGlass.objects.filter(registration=person)
    sharing.shut_look(look=side.pk, by=both.riverside.sign_in("privacy_lead"))
    therapist.send(AT, **declaring())
    assert therapist.get(f"/people/{person}/").status_code == 404


def test_looking_again_costs_the_same_whoever_is_known(both, therapist):
    def repeated(**typed):
        therapist.send(AT, **declaring(**typed))
        sent = therapist.hidden(AT) | declaring(**typed)
        with CaptureQueriesContext(connection) as captured:
            therapist.post(AT, sent)
        return len(captured)

    factories.registered(both.riverside, family_name="Known")
    repeated()
    assert repeated(family_name="Known") == repeated(family_name="Nobody")


def test_another_one_still_looks(both, therapist):
    for number in range(emergencies().most_in_an_hour):
        therapist.send(AT, **declaring(family_name=f"Reed{'a' * number}"))
    assert signed_in(both.northside, "duty_worker").send(AT, **declaring()).status_code == 302


def test_the_privacy_lead_reads_who_looked_so_often(both, therapist):
    lead = browser(both.northside, "privacy_lead")
    for number in range(emergencies().most_in_an_hour):
        assert "As often as one person may" not in lead.text("/emergency/looks/")
        therapist.send(AT, **declaring(family_name=f"Reed{'a' * number}"))
    assert "As often as one person may" in lead.text("/emergency/looks/")
    assert "As often as one person may" not in browser(both.riverside, "privacy_lead").text("/emergency/looks/")


def test_our_own_figure_says_that_nobody_checked_it():
    assert emergencies().verified is False
    assert "our own convention" in emergencies().source
