"""Acts that change who may see are refused to whoever does not hold the registration, whatever they bring along."""

import pytest

from alongside.access.rules import Handle
from alongside.consent import actions as consent
from alongside.consent import queries as consents
from alongside.journey import queries as journeys
from alongside.kernel.errors import Invalid, NotThere
from alongside.organisations import queries as places
from alongside.people import queries as people
from alongside.referral import actions as referrals
from alongside.referral.actions import Wording
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.partnership()


def test_an_act_named_as_the_reason_opens_nothing(world):
    registration = factories.registered(world.riverside)
    therapist = world.northside.sign_in("therapist")
    to_myself = factories.choice(recipient=Handle.practitioner(therapist.actor))
    with pytest.raises(NotThere):
        consent.give(registration=registration, choice=to_myself, because="ref_whatever", by=therapist)
    assert consents.history(registration, access=world.riverside.sign_in("keyworker")) == []


@pytest.mark.parametrize("practitioner", ["the keyworker", "pra_00000000000000000000"])
def test_nobody_of_another_service_takes_an_episode(world, practitioner):
    registration = factories.registered(world.riverside)
    keyworker, therapist = world.riverside.sign_in("keyworker"), world.northside.sign_in("therapist")
    wording = Wording("Low in mood", "To sleep")
    sent = referrals.send(registration=registration, to=world.northside.id, wording=wording, by=keyworker)
    named = keyworker.actor if practitioner == "the keyworker" else practitioner
    with pytest.raises(Invalid, match="works in this service"):
        referrals.accept(referral=sent, practitioner=named, by=therapist)
    assert journeys.caseload(access=therapist) == []


def test_a_date_no_calendar_holds_finds_nobody(world):
    assert people.find("1/1/99999999999999999999", access=world.riverside.sign_in("keyworker")) == []


@pytest.mark.parametrize("ask", [referrals.given_with, referrals.sender_registration], ids=lambda one: one.__name__)
def test_a_referral_to_somebody_else_reads_like_none(world, ask):
    registration = factories.registered(world.riverside)
    keyworker = world.riverside.sign_in("keyworker")
    wording = Wording("Low in mood", "To sleep")
    sent = referrals.send(registration=registration, to=world.northside.id, wording=wording, by=keyworker)
    for referral in (sent, "ref_00000000000000000000"):
        with pytest.raises(NotThere):
            ask(referral=referral, by=keyworker)


@pytest.mark.parametrize("ask", [places.pathway_of, places.hours_of, places.place], ids=lambda one: one.__name__)
def test_a_service_nobody_has_is_not_there(world, ask):
    with pytest.raises(NotThere):
        ask("ser_00000000000000000000", access=world.riverside.sign_in("keyworker"))
