"""A person's own sign-in: invited, taken up, used to preview, sign, narrow and take back, and ended."""

import re
from datetime import date, timedelta

import pytest

from alongside.access.context import Access
from alongside.audit import queries as ledger
from alongside.caseload import actions as caseload
from alongside.consent import queries as consents
from alongside.kernel import clock
from alongside.people.models import OwnLink, OwnSignIn
from alongside.post import queries as post
from tests import factories
from tests.integration.web.visiting import Browser, browser, civil, words

pytestmark = pytest.mark.django_db
ADDRESS = "https://alongside.example"
BORN = date(1988, 5, 17)
PASSWORD = "three quiet wooden boats"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS = ADDRESS
    settings.DEMONSTRATION = True


@pytest.fixture
def joint():
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


def invited(joint, therapist):
    """The address in the letter."""
    page = therapist.send(f"/people/{joint.northside}/sharing/sign-in/", follow=True)
    assert "The letter leaves with the next round" in words(page)
    caseload.send_messages(by=Access.system("tick"))
    [card] = [one for one in post.mailbox(access=Access.system("test")) if "A page of your own" in one.subject]
    return re.search(r"https://alongside.example(/welcome/\S+)", card.text)[1]


def opened(address, born=BORN):
    person = Browser()
    return person, person.send(address, follow=True, **civil("born", born))


@pytest.fixture
def person(joint, therapist):
    """Somebody who took their invitation up."""
    address = invited(joint, therapist)
    found, page = opened(address)
    assert "Choose a password" in words(page)
    page = found.send(f"{address}password/", follow=True, password=PASSWORD)
    assert "My care" in words(page)
    return found


def choosing(joint, **changes):
    return {"recipient": joint.world.riverside.id, "share": "both_teams", "signed_by": "Jordan Reed"} | changes


def standing(joint):
    found = consents.current(joint.northside, access=joint.therapist)
    return {one.purpose: one.categories for one in found}


class TestTheWayIn:
    def test_a_link_and_a_date_of_birth_and_a_password(self, joint, person):
        page = person.text("/own/")
        assert "your record at Northside Talking Therapies" in page
        assert person.get("/").url == "/own/"

    def test_the_database_holds_no_link(self, joint, therapist):
        token = invited(joint, therapist).split("/")[2]
        assert token not in str(list(OwnLink.objects.values())) + str(list(OwnSignIn.objects.values()))

    def test_another_date_opens_nothing_and_after_five_the_link_is_locked(self, joint, therapist):
        address = invited(joint, therapist)
        for _try in range(5):
            assert "This did not open." in words(opened(address, BORN + timedelta(days=1))[1])
        assert "This did not open." in words(opened(address)[1])

    @pytest.mark.parametrize("token", ["nothing", "x" * 22])
    def test_a_made_up_link_reads_as_one_with_a_wrong_date(self, joint, therapist, token):
        wrong = words(opened(invited(joint, therapist), BORN + timedelta(days=1))[1])
        assert words(opened(f"/welcome/{token}/")[1]) == wrong

    def test_a_link_ends_after_two_weeks(self, joint, therapist):
        address = invited(joint, therapist)
        with clock.at(clock.now() + timedelta(days=14)):
            assert "This did not open." in words(opened(address)[1])

    def test_a_used_link_opens_nothing(self, joint, therapist):
        address = invited(joint, therapist)
        first, _page = opened(address)
        first.send(f"{address}password/", password=PASSWORD)
        assert "This did not open." in words(opened(address)[1])

    @pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaa"])
    def test_a_weak_password_is_refused(self, joint, therapist, weak):
        address = invited(joint, therapist)
        found, _page = opened(address)
        assert "too short" in words(found.send(f"{address}password/", password=weak))
        assert found.get("/own/").status_code == 302

    def test_without_the_date_nobody_reaches_the_password(self, joint, therapist):
        address = invited(joint, therapist)
        assert Browser().get(f"{address}password/").url == address

    def test_a_second_record_needs_the_password_they_have(self, joint, therapist, keyworker, person):
        factories.safe_email(joint.riverside, "amira@mail.example")
        page = keyworker.send(f"/people/{joint.riverside}/sharing/sign-in/", follow=True)
        assert "The letter leaves" in words(page)
        caseload.send_messages(by=Access.system("tick"))
        [second, _first] = [one for one in post.mailbox(access=Access.system("test")) if "of your own" in one.subject]
        address = re.search(r"(/welcome/\S+)", second.text)[1]
        found, page = opened(address)
        assert "You sign in with this email address already." in words(page)
        assert "The password is not right." in words(found.send(f"{address}password/", password="another one at all"))
        assert "My care" in words(found.send(f"{address}password/", password=PASSWORD, follow=True))
        assert OwnSignIn.objects.exclude(user="").values("user").distinct().count() == 1

    def test_an_address_of_somebody_who_works_here_is_refused(self, joint, therapist):
        factories.safe_email(joint.northside, factories.User.objects.get(practitioner=joint.therapist.actor).email)
        address = invited(joint, therapist)
        found, _page = opened(address)
        assert "You work here with this email address." in words(found.send(f"{address}password/", password=PASSWORD))

    def test_nobody_is_invited_where_no_email_is_safe(self, joint, therapist):
        factories.safe_email(joint.northside, "")
        page = words(therapist.send(f"/people/{joint.northside}/sharing/sign-in/"))
        assert "do not say that an email is safe" in page
        assert not OwnSignIn.objects.exists()


class TestWhatTheySee:
    def test_no_page_of_staff_opens(self, joint, person):
        for path in ("/caseload/", f"/people/{joint.northside}/", f"/people/{joint.northside}/sharing/", "/referrals/"):
            assert person.get(path).status_code in (403, 404)

    def test_nobody_else_opens_theirs(self, joint, person, therapist):
        assert therapist.get("/own/").status_code == 403
        assert therapist.get("/own/sharing/").status_code == 403

    def test_only_the_record_of_the_service_that_invited(self, joint, person):
        assert joint.riverside not in person.get("/own/").content.decode()
        assert "Keyworker" not in person.text("/own/")

    def test_a_look_of_somebody_else_is_there(self, joint, person, keyworker):
        keyworker.get(f"/people/{joint.riverside}/", follow=True)
        assert "Keyworker" in person.text("/own/who-looked/")

    def test_their_own_looks_are_in_the_ledger(self, joint, person):
        person.get("/own/")
        newest = ledger.about(joint.northside, limit=1)[0]
        assert (newest.role, newest.purpose, newest.act) == ("person", "own_access", "shown")


class TestWhatTheyChoose:
    def test_preview_shows_the_record_and_saves_nothing(self, joint, person):
        before = standing(joint)
        page = words(person.send("/own/sharing/choose/", **choosing(joint, preview="1", signed_by="")))
        assert "What Riverside Substance Use Service would see" in page
        assert "in treatment" in page
        assert standing(joint) == before

    def test_narrowing_closes_the_other_services_page_at_once(self, joint, person, keyworker):
        other = f"/people/{joint.northside}/"
        assert keyworker.get(other, follow=True).status_code == 200
        page = person.send("/own/sharing/choose/", follow=True, **choosing(joint, share="nothing_yet"))
        assert "Saved. It holds from this moment." in words(page)
        assert keyworker.text(other) == keyworker.text("/people/reg_nobody/")

    def test_it_is_kept_as_theirs(self, joint, person):
        person.send("/own/sharing/choose/", **choosing(joint, share="appointments_and_safety"))
        kept = {one.given: one for one in consents.current(joint.northside, access=joint.therapist)}
        assert kept["electronic"].author == OwnSignIn.objects.get().pk

    def test_taking_it_back(self, joint, person, keyworker):
        [care] = consents.current(joint.northside, access=joint.therapist)
        asked = person.text(f"/own/sharing/{care.id}/stop/")
        assert "Is there something that you want to say about it?" in asked
        assert "What the person said about it" not in asked
        page = person.send(f"/own/sharing/{care.id}/stop/", follow=True)
        assert "Saved. It holds from this moment." in words(page)
        assert standing(joint) == {}
        assert keyworker.get(f"/people/{joint.northside}/").status_code == 404

    def test_a_name_has_to_be_signed(self, joint, person):
        before = standing(joint)
        page = person.send("/own/sharing/choose/", **choosing(joint, share="nothing_yet", signed_by=""))
        assert "Enter your name" in words(page)
        assert standing(joint) == before

    def test_somebody_elses_choice_is_not_there(self, joint, person):
        [theirs] = consents.current(joint.riverside, access=joint.keyworker)
        assert person.get(f"/own/sharing/{theirs.id}/stop/").status_code == 404
        assert person.get("/own/sharing/cns_nobody/stop/").status_code == 404


class TestTheEnd:
    def test_they_end_it_themselves(self, joint, person):
        person.send("/own/end/", follow=True)
        assert person.get("/own/").url.startswith("/account/sign-in/")
        assert not people_open(joint)

    def test_the_service_ends_it_and_the_next_request_finds_nothing(self, joint, person, therapist):
        page = therapist.send(f"/people/{joint.northside}/sharing/sign-in/", end="1", follow=True)
        assert "Nobody signs in to this record as the person any more." in words(page)
        assert person.get("/own/").status_code == 403

    def test_a_new_invitation_ends_the_one_before(self, joint, therapist):
        first = invited(joint, therapist)
        therapist.send(f"/people/{joint.northside}/sharing/sign-in/")
        assert "This did not open." in words(opened(first)[1])

    def test_a_consent_they_gave_stands(self, joint, person, therapist):
        before = standing(joint)
        person.send("/own/end/")
        assert standing(joint) == before


def people_open(joint):
    return OwnSignIn.objects.filter(registration=joint.northside, ended_at__gt=clock.now()).exists()
