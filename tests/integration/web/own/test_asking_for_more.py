"""A service asks the person for more: yes is a line that they sign; no and silence read alike to whoever asked."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.audit.models import Entry
from alongside.caseload import actions as caseload
from alongside.consent import queries as consents
from alongside.consent.models import MoreAsked
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.organisations.models import RoleAssignment
from alongside.people.models import OwnSignIn
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import Browser, browser, civil, words
from tests.twins.asking import Visitor
from tests.twins.lived import NOW, a_service

pytestmark = pytest.mark.django_db
BORN, PASSWORD, EMAIL = date(1988, 5, 17), "three quiet wooden boats", "jordan@mail.example"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS = "https://alongside.example"
    settings.DEMONSTRATION = True


@pytest.fixture(autouse=True)
def _then():
    with clock.at(NOW):
        yield


@pytest.fixture
def joint():
    """Nothing but the referral itself is shared yet."""
    found = factories.JointJourney(email=EMAIL, email_is_safe=True, categories=factories.choice(0).categories)
    factories.safe_email(found.northside, EMAIL)
    return found


@pytest.fixture
def therapist(joint):
    """Of Northside, which asks."""
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def keyworker(joint):
    """Of Riverside, whose record it would be."""
    return browser(joint.world.riverside, "keyworker")


def take_up(who, registration):
    """The person's own sign-in to a record, in a browser of theirs."""
    before = {one.text for one in post.mailbox(access=Access.system("test"))}
    who.send(f"/people/{registration}/sharing/sign-in/")
    caseload.send_messages(by=Access.system("tick"))
    found = {one.text for one in post.mailbox(access=Access.system("test"))} - before
    [text] = [one for one in found if "/welcome/" in one]
    address = re.search(r"(/welcome/\S+)", text)[1]
    person = Browser()
    person.send(address, follow=True, **civil("born", BORN))
    assert "My care" in words(person.send(f"{address}password/", follow=True, password=PASSWORD))
    return person


@pytest.fixture
def person(joint, therapist, keyworker):
    """Somebody who signs in at both services with one password, here at the one that asks."""
    take_up(keyworker, joint.riverside)
    return take_up(therapist, joint.northside)


def entered(**changes):
    said = {"kinds": ["use_pattern", "plan"], "why": "So that we plan the same week"}
    return said | civil("until", clock.today() + timedelta(days=60)) | changes


def ask(joint, therapist, **changes):
    return therapist.send(f"/people/{joint.northside}/sharing/more/", follow=True, **entered(**changes))


def asked():
    return f"/own/asked/{MoreAsked.objects.get().pk}/"


class TestAsking:
    def test_it_reaches_the_person_in_their_own_sign_in(self, joint, therapist, person):
        assert "They read it in their own sign-in" in words(ask(joint, therapist))
        assert "asks you something" in person.text("/own/")
        page = person.text(asked())
        assert "of Northside Talking Therapies asks to see:" in page
        assert "So that we plan the same week" in page

    def test_a_letter_says_that_something_waits_and_not_what(self, joint, therapist, person):
        ask(joint, therapist)
        caseload.send_messages(by=Access.system("tick"))
        [card] = [
            one for one in post.mailbox(access=Access.system("test")) if one.subject == "Something for you to read"
        ]
        assert card.address == EMAIL
        assert "see" not in card.text
        assert "plan" not in card.text

    def test_it_reaches_nobody_else(self, joint, therapist, person, keyworker):
        ask(joint, therapist)
        for path in (f"/people/{joint.riverside}/", f"/people/{joint.riverside}/sharing/", "/"):
            assert "same week" not in keyworker.text(path)
        assert consents.more_asked(joint.northside, access=joint.keyworker) == []

    def test_the_page_is_there_for_everybody(self, joint, therapist):
        alone = factories.registered(joint.world.northside)
        for registration in (joint.northside, alone):
            page = therapist.text(f"/people/{registration}/sharing/more/")
            assert "They have no sign-in of their own with us. Talk with them." in page
        found = therapist.get(f"/people/{joint.northside}/").content.decode()
        assert f'href="/people/{joint.northside}/sharing/more/"' in found

    def test_without_a_sign_in_nothing_is_asked(self, joint, therapist):
        assert "Talk with them." in words(ask(joint, therapist))
        assert not MoreAsked.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"why": " "}, "Error:"),
            ({"kinds": []}, "Error:"),
            (civil("until", NOW.date() - timedelta(days=2)), "This day is over."),
            (civil("until", NOW.date() + timedelta(days=400)), "Ask for a year at most."),
        ],
    )
    def test_what_is_missing_is_said(self, joint, therapist, person, changes, said):
        assert said in words(ask(joint, therapist, **changes))
        assert not MoreAsked.objects.exists()

    def test_nobody_is_asked_again_soon_whatever_they_said(self, joint, therapist, person):
        ask(joint, therapist)
        before = words(ask(joint, therapist))
        person.send(asked(), answer="no")
        assert words(ask(joint, therapist)) == before
        assert "They were asked not long ago." in before
        assert MoreAsked.objects.count() == 1

    def test_it_stands_for_its_days_and_no_longer(self, joint, therapist, person):
        ask(joint, therapist)
        with clock.at(NOW + timedelta(days=28)):
            assert consents.asked_of_me(access=_of(joint)) == []


def _of(joint):
    here = {"service": joint.world.northside.id, "name": "", "kind": "", "jurisdiction": "uk"}
    return Access.of_person("own_test", joint.northside, **here)


class TestTheAnswer:
    def test_yes_is_previewed_signed_and_dated(self, joint, therapist, person):
        ask(joint, therapist)
        page = person.send(asked(), follow=True, answer="yes")
        assert "What Northside Talking Therapies would see" in words(page)
        assert not [one for one in consents.current(joint.riverside, access=joint.keyworker) if one.categories]
        signed = {"recipient": joint.world.northside.id, "share": "pieces", "share_pieces": ["use_pattern", "plan"]}
        signed |= civil("expires", clock.today() + timedelta(days=60)) | {"signed_by": "Jordan Reed"}
        assert "Saved." in words(person.send("/own/sharing/choose/", follow=True, **signed))
        [line] = [
            one for one in consents.current(joint.riverside, access=joint.keyworker) if one.purpose == "direct_care"
        ]
        assert line.given == "electronic"
        assert line.expires_at.astimezone(clock.LONDON).date() == clock.today() + timedelta(days=61)
        assert MoreAsked.objects.get().put_away_at

    def test_the_first_preview_is_of_all_that_stands(self, joint, therapist, person):
        """What a class is agreed and what is closed count, and nobody has pressed anything yet."""
        said = factories.choice(policy.categories_mask("mood_scores"), recipient=Handle.of_class("treating"))
        sharing.agree(registration=joint.riverside, choice=said, by=joint.keyworker)
        northside = Handle.service(joint.world.northside.id)
        no = factories.choice(policy.categories_mask("plan"), recipient=northside, effect=Effect.DENY)
        sharing.refuse(registration=joint.riverside, choice=no, by=joint.keyworker)
        ask(joint, therapist)
        page = words(person.send(asked(), follow=True, answer="yes"))
        shown = page.partition("Nothing is saved yet.")[2].partition("What you sign")[0]
        assert "My mood and anxiety scores nothing yet" in shown
        assert "Through what is agreed for: Everybody who treats me." in shown
        assert "Closed to them all the same: The shared plan: goals and actions." in shown
        said = page.partition("What you sign")[2].partition("Share with")[0]
        assert "What I drink and use" in said
        assert "agreed for “Everybody who treats me” they may also see: My mood and anxiety scores." in said
        assert "It holds until" in said

    def test_no_is_put_away_and_is_the_persons_alone(self, joint, therapist, person):
        ask(joint, therapist)
        assert "Whoever asked is not told." in words(person.send(asked(), follow=True, answer="no"))
        assert "asks you something" not in person.text("/own/")
        assert person.get(asked()).status_code == 404

    def test_yes_without_another_record_is_told_where_to_say_so(self, joint, therapist):
        person = take_up(therapist, joint.northside)
        ask(joint, therapist)
        assert "Your sign-in opens no other record." in words(person.send(asked(), follow=True, answer="yes"))
        assert not MoreAsked.objects.get().put_away_at

    def test_of_several_records_one_is_chosen(self, joint, therapist, person):
        third = a_service(joint.world.id, "Harbour", "mental_health")
        there = factories.registered(third, email=EMAIL, email_is_safe=True)
        by = third.sign_in("therapist")
        episode = {"team": third.team, "practitioner": by.actor, "received_on": clock.today()}
        journey.open_episode(registration=there, **episode, by=by)
        take_up(browser(third, "therapist"), there)
        ask(joint, therapist)
        page = person.send(asked(), follow=True, answer="yes")
        assert "Choose of which of your records." in words(page)
        record = OwnSignIn.objects.get(registration=there).pk
        page = person.send(asked(), follow=True, answer="yes", record=record)
        assert "your record at Harbour" in words(page)

    def test_nobody_else_answers(self, joint, therapist, person, keyworker):
        ask(joint, therapist)
        assert therapist.get(asked()).status_code == 403
        other = factories.JointJourney(joint.world, email="amira@mail.example", email_is_safe=True)
        factories.safe_email(other.northside, "amira@mail.example")
        stranger = take_up(therapist, other.northside)
        assert stranger.get(asked()).status_code == 404

    def test_each_act_is_in_the_ledger(self, joint, therapist, person):
        ask(joint, therapist)
        person.send(asked(), answer="no")
        assert Entry.objects.filter(act__in=["consent.ask_more", "consent.put_away"]).count() == 2


class TestNoAndSilence:
    """Byte for byte, on every page of whoever asked; the privacy lead's among them."""

    NAMES = (
        *("person", "person-sharing", "ask-more", "sharing-why", "sharing-looked", "sharing-looked-csv"),
        *("sharing-sign-in", "person-contacts", "plan"),
    )

    @pytest.fixture
    def visitors(self, joint):
        found = {}
        for role in ("therapist", "privacy_lead", "team_lead"):
            practitioner = joint.world.northside.sign_in(role).actor
            found[role] = Visitor(practitioner, RoleAssignment.objects.get(practitioner=practitioner).pk)
        return found

    def pages(self, joint, visitors):
        paths = [*(reverse(one, args=[joint.northside]) for one in self.NAMES), "/", reverse("find-person")]
        return {(role, path): one.ask(path) for role, one in visitors.items() for path in paths}

    def test_they_read_alike(self, joint, therapist, person, visitors):
        ask(joint, therapist)
        form = person.hidden(asked())  # a look of their own, which is told like any other
        silent = self.pages(joint, visitors)
        assert sum(one.status == 200 for one in silent.values()) > 15
        person.post(asked(), form | {"answer": "no"})
        assert MoreAsked.objects.get().put_away_at
        assert {name for name, one in self.pages(joint, visitors).items() if one != silent[name]} == set()

    def test_the_letter_leaves_alike(self, joint, therapist, person):
        ask(joint, therapist)
        person.send(asked(), answer="no")
        assert caseload.send_messages(by=Access.system("tick")).sent == 1
