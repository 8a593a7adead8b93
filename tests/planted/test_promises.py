"""Promises that no other test held until a leak was planted there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.access import reading
from alongside.access.rules import Effect, Handle
from alongside.audit.models import Entry
from alongside.caseload import actions as caseload
from alongside.consent import actions as consent
from alongside.consultation import actions as consultation
from alongside.consultation import queries as consultations
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.people.rules import Identity
from alongside.sharing import actions as sharing
from alongside.tasks import queries as tasks
from tests import factories
from tests.canaries.made import Canaries
from tests.integration.web.visiting import Browser, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Canaries()


def barred(world):
    """The person told Riverside's keyworker no, by name, in what Riverside itself holds."""
    keyworker = Handle.practitioner(world.keyworker.actor)
    choice = factories.choice(policy.offered(), recipient=keyworker, effect=Effect.DENY)
    consent.give(registration=world.person.riverside, choice=choice, by=world.keyworker)
    return world.riverside.sign_in("keyworker")


def test_what_is_owed_about_somebody_closed_is_neither_counted_nor_listed(world):
    before = sum(tasks.count_owed(access=world.keyworker).values())
    assert before == len(tasks.owed(access=world.keyworker, most=None))
    reader = barred(world)
    after = tasks.owed(access=reader, most=None)
    assert not [one for one in after if one.registration == world.person.riverside]
    assert len(after) < before
    assert sum(tasks.count_owed(access=reader).values()) == len(after)


def test_an_episode_is_not_there_for_whoever_may_not_see_it(world):
    with pytest.raises(NotThere):
        journey.episode(world.person.riverside_episode, access=world.stranger)


def test_a_warning_says_nothing_of_what_is_closed(world):
    at, registrations = clock.now() + timedelta(hours=1), [world.person.riverside, world.person.northside]
    asked = {"starts_at": at, "minutes": 60}
    assert contacts.planned_at(registrations, **asked, access=world.keyworker)
    assert contacts.planned_at(registrations, **asked, access=world.stranger) == []


def test_a_second_registration_at_another_service_is_told_to_nobody(world):
    identity, _ = people.identity(world.person.riverside, access=world.keyworker)
    same = Identity(identity.given_name, identity.family_name, identity.birth_date)
    assert people.possible_duplicates(same, access=world.keyworker)
    assert people.possible_duplicates(same, access=world.stranger) == []


def test_a_search_finds_nobody_as_another_service_knows_them(world):
    there, _ = people.identity(world.person.northside, access=world.therapist)
    assert people.find(there.family_name, access=world.therapist)
    assert people.find(there.family_name, access=world.keyworker) == []


def test_a_caseload_is_entered_in_the_ledger(world):
    """Each stay that a list rests on, and not only the names."""
    with reading.reading(world.keyworker, "a list"):
        assert journey.caseload(access=world.keyworker)
    [entry] = Entry.objects.filter(act="shown", subject="a list")
    assert entry.about


@pytest.mark.parametrize("asked", ["?purpose=evaluation", "?purpose=legal", "?purpose=administration"])
def test_nobody_chooses_a_purpose(world, asked):
    """It stands in the code of each page: what an address, a form or a header says of it is not looked at."""
    lead = browser(world.riverside, "team_lead")
    path = reverse("person", args=[world.person.riverside])
    lead.get(path + asked, headers={"Purpose": "legal"})
    lead.post(path + asked, {"purpose": "legal"})
    assert set(Entry.objects.filter(act="shown").values_list("purpose", flat=True)) == {"direct_care"}


def test_a_role_opens_no_page_that_is_for_another_act(world):
    """A privacy lead treats nobody."""
    lead = browser(world.riverside, "privacy_lead")
    for name in ("contact-record", "goal-new", "discharge"):
        assert lead.get(reverse(name, args=[world.person.riverside])).status_code == 403


def test_no_page_stays_in_a_cache(world):
    keyworker = browser(world.riverside, "keyworker")
    for path in ("/", reverse("person", args=[world.person.riverside]), "/people/nobody/", "/caseload/caseload.csv"):
        assert keyworker.get(path).headers["Cache-Control"] == "no-store"
    assert Browser().get("/account/sign-in/").headers["Cache-Control"].count("no-store")


def test_a_need_that_ended_opens_nothing(world):
    """A question that was taken back: whoever was asked reads it no longer."""
    asked = consultation.ask(
        registration=world.person.riverside, answering_service=world.northside.id, text="Slowly?", by=world.keyworker
    )
    sharing.stop(registration=world.person.riverside, recipient=f"service:{world.northside.id}", by=world.keyworker)
    with pytest.raises(NotThere):
        consultations.thread(asked, access=world.therapist)


def test_a_message_is_in_the_ledger_before_it_leaves(world, messages_leave):
    caseload.send_messages(by=factories.SETTING_UP)  # what waited already
    before = Entry.objects.latest("pk").pk
    world.asked_to_answer()
    caseload.send_messages(by=factories.SETTING_UP)
    acts = list(
        Entry.objects.filter(pk__gt=before, act__startswith="post.").order_by("pk").values_list("act", flat=True)
    )
    assert acts == ["post.leaves", "post.sent"]
