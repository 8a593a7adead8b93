"""A sign-in that shows less, for somebody who is watched or pressed; only their service shows it all again."""

import pytest

from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.audit.models import Entry
from alongside.caseload import actions as caseload
from alongside.consent import actions as consent
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel.errors import Invalid
from alongside.post import queries as post
from tests import factories
from tests.integration.web.own.test_own_pages import PASSWORD, invited, opened
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
SYSTEM = Access.system("test")
CLOSED = ("/own/sharing/", "/own/sharing/choose/", "/own/who-looked/", "/own/proxies/", "/own/less/")


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS = "https://alongside.example"
    settings.DEMONSTRATION = True


@pytest.fixture
def joint():
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def person(joint, therapist):
    address = invited(joint, therapist)
    found, _ = opened(address)
    found.send(f"{address}password/", follow=True, password=PASSWORD)
    return found


@pytest.fixture
def less(person):
    answer = person.send("/own/less/", follow=True)
    assert answer.redirect_chain == [("/own/", 302)]
    return person


class TestWhatIsLeft:
    def test_when_they_meet_and_who_treats_them(self, less):
        said = words(less.get("/own/"))
        assert "When we meet next" in said
        assert "Who treats me" in said
        for gone in ("What others may see", "Who looked", "on my behalf", "Show less", "Saved"):
            assert gone not in said

    @pytest.mark.parametrize("path", CLOSED)
    def test_all_else_is_not_there(self, less, path):
        assert less.get(path).status_code == 404

    def test_the_other_service_sees_what_it_saw(self, joint, less):
        shared = consents.current(joint.northside, access=joint.therapist)
        assert shared
        assert Handle.service(joint.world.riverside.id) in {one.recipient for one in shared}

    def test_nothing_is_written_to_them(self, joint, person):
        before = post.mailbox(access=SYSTEM)
        person.send("/own/less/")
        caseload.send_messages(by=Access.system("tick"))
        assert post.mailbox(access=SYSTEM) == before


class TestTheWayBack:
    def test_nobody_who_signs_in_there_finds_one(self, joint, less):
        [refusal] = [one for one in consents.in_force(joint.northside, access=joint.therapist) if one.refuses]
        assert less.send(f"/own/sharing/{refusal.id}/stop/").status_code == 404

    def test_the_service_sees_it_and_takes_it_back(self, joint, less, therapist):
        page = f"/people/{joint.northside}/sharing/"
        assert "Their own sign-in: it shows less" in therapist.text(page)
        assert "Ask when they are alone" in therapist.text(f"{page}sign-in/")
        [refusal] = [one for one in consents.in_force(joint.northside, access=joint.therapist) if one.refuses]
        therapist.send(f"{page}{refusal.id}/stop/", given="written", follow=True)
        assert "What others may see" in words(less.get("/own/"))

    def test_the_service_can_begin_it(self, joint, person, therapist):
        therapist.send(f"/people/{joint.northside}/sharing/sign-in/", less="1", follow=True)
        assert "What others may see" not in words(person.get("/own/"))
        assert Entry.objects.filter(act="consent.give", actor=joint.therapist.actor).exists()


def test_nobody_elses_sign_in_is_named(joint):
    said = factories.choice(recipient=Handle.self_(joint.riverside), effect=Effect.DENY)
    with pytest.raises(Invalid, match="Choose who may see"):
        consent.give(registration=joint.northside, choice=said, by=joint.therapist)


def test_it_is_no_permission(joint):
    said = factories.choice(policy.categories_mask("mood_scores"), recipient=Handle.self_(joint.northside))
    with pytest.raises(Invalid, match="needs no consent"):
        consent.give(registration=joint.northside, choice=said, by=joint.therapist)
