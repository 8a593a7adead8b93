"""Somebody young in their own sign-in: they choose where staff found that they understand it, and say no at any age."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.consent import queries
from alongside.consent.models import Consent
from alongside.consent.rules import Signer
from alongside.definitions import ages, policy
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.own.signed_in import ADDRESS, read_back, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
CHOOSE = "/own/sharing/choose/"
FOUND = "K. Worker, 2 March 2026: she says back what it means"
SIXTEEN, EIGHTEEN = 16, 18


@pytest.fixture
def joint(settings):
    settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


def turning(years, on=0):
    """Born so that they are of an age `on` days from today (0: today is the birthday)."""
    day = clock.today() + timedelta(days=on)
    return date(day.year - years, day.month, day.day)


def is_born(joint, born):
    identity, version = persons.identity(joint.northside, access=joint.therapist)
    by = joint.therapist
    changed = replace(identity, birth_date=born)
    people.correct_identity(registration=joint.northside, identity=changed, version=version, by=by)


def of_age(joint, therapist, years, on=0):
    born = turning(years, on)
    is_born(joint, born)
    return signed_in(joint, therapist, born)


def recorded(joint, minutes=1, **said):
    """What staff wrote down, so many minutes from now."""
    choice = factories.choice(recipient=f"service:{joint.world.riverside.id}", **said)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        sharing.agree(registration=joint.northside, choice=choice, by=joint.therapist)


def choosing(joint, share="appointments_and_safety"):
    return {"recipient": joint.world.riverside.id, "share": share, "signed_by": "Amira"}


def shared(joint):
    found = queries.current(joint.northside, access=joint.therapist)
    return next((one for one in found if one.purpose == "direct_care" and one.categories), None)


class TestInTheUnitedKingdom:
    def test_the_day_before_sixteen_it_says_who_decides(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN, on=1)
        before = shared(joint)
        for page in (person.text(CHOOSE), words(person.send(CHOOSE, **choosing(joint)))):
            assert "You are under 16." in page
            assert "A parent, or whoever else has parental responsibility for you" in page
            assert f"Talk with: {joint.therapist.name}, Northside Talking Therapies." in page
            assert "Your name" not in page
        assert shared(joint) == before

    def test_on_the_sixteenth_birthday_they_choose(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN)
        page = person.send(CHOOSE, follow=True, **choosing(joint))
        assert "Saved. It holds from this moment." in words(page)
        assert shared(joint).categories == policy.bundles()["appointments_and_safety"].mask

    def test_under_sixteen_and_found_to_understand_they_choose_and_it_is_kept(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN, on=1)
        recorded(joint, competent=FOUND)
        page = person.send(CHOOSE, follow=True, **choosing(joint))
        assert "Saved. It holds from this moment." in words(page)
        assert Consent.objects.get(pk=shared(joint).id).competent == FOUND

    def test_what_was_found_holds_for_another_recipient(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN, on=1)
        recorded(joint, competent=FOUND)
        page = person.send(CHOOSE, follow=True, **choosing(joint) | {"recipient": "treating"})
        assert "Saved. It holds from this moment." in words(page)

    def test_a_parents_newer_signature_takes_its_place(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN, on=1)
        recorded(joint, competent=FOUND)
        recorded(joint, 2, signer=Signer.PARENT, signed_by="A. Khan")
        assert "You are under 16." in person.text(CHOOSE)

    def test_a_later_no_changes_nothing_of_what_was_found(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN, on=1)
        recorded(joint, competent=FOUND)
        sharing.stop(registration=joint.northside, recipient=f"service:{joint.world.riverside.id}", by=joint.therapist)
        assert "Your name" in person.text(CHOOSE)

    def test_saying_no_needs_nobody(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN - 5)
        person.send(f"/own/sharing/{shared(joint).id}/stop/")
        assert shared(joint) is None
        entered = {"who": f"service:{joint.world.riverside.id}", "share": "everything"}
        read = read_back(person.send("/own/sharing/close/", **entered))
        assert "Saved." in words(person.send("/own/sharing/close/", follow=True, **entered, **read))

    def test_the_page_leads_to_what_they_can_do(self, joint, therapist):
        person = of_age(joint, therapist, SIXTEEN, on=1)
        page = person.get(CHOOSE).content.decode()
        for href in ("/own/sharing/", "/own/sharing/close/", "/own/who-looked/"):
            assert f'href="{href}"' in page
            assert person.get(href).status_code == 200


class TestUnderPart2:
    @pytest.fixture
    def joint(self, settings):
        settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
        made = factories.JointJourney(factories.partnership("us"), email="amira@mail.example", email_is_safe=True)
        organisations.set_part2(service=made.world.northside.id, part2=True, by=factories.SETTING_UP)
        return made

    @pytest.mark.parametrize(("on", "asks"), [(1, True), (0, False)])
    def test_the_age_is_that_of_the_country(self, joint, therapist, on, asks):
        person = of_age(joint, therapist, EIGHTEEN, on=on)
        assert ("You are under 18." in person.text(CHOOSE)) is asks


def test_every_rule_says_it_to_the_person_and_not_about_them():
    assert all(one.told.startswith("You are under") and str(one.below) in one.told for one in ages.every())
