"""A second click on "Stop" leads to what stands, and says that it is done; to anybody else there is nothing there."""

from datetime import date, timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries
from alongside.consent.models import Consent
from alongside.consent.rules import Status
from alongside.kernel import clock
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.test_taken_back import BY_VOICE, agreed
from tests.integration.web.own.signed_in import ADDRESS, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
ALREADY = "It is already taken back."


@pytest.fixture
def joint(settings):
    settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def northside(joint):
    return Handle.service(joint.world.northside.id)


def twice(who, path, **sent):
    assert who.send(path, **sent).status_code == 302
    return who.send(path, follow=True, **sent)


def closed(joint, recipient):
    refusal = factories.choice(recipient=recipient, effect=Effect.DENY)
    return actions.refuse(registration=joint.riverside, choice=refusal, by=joint.keyworker)


class TestTheSameReader:
    def test_stops(self, joint, keyworker):
        page = twice(keyworker, f"/people/{joint.riverside}/sharing/{agreed(joint).id}/stop/", **BY_VOICE)
        assert page.redirect_chain == [(f"/people/{joint.riverside}/sharing/", 302)]
        assert ALREADY in words(page)

    def test_takes_back_a_no(self, joint, keyworker, northside):
        refusal = closed(joint, northside)
        assert ALREADY in words(twice(keyworker, f"/people/{joint.riverside}/sharing/{refusal}/stop/", **BY_VOICE))

    def test_stops_another_purpose(self, joint, keyworker, northside):
        said = factories.choice(recipient=northside, purpose="research", given="written")
        made = actions.agree(registration=joint.riverside, choice=said, by=joint.keyworker)
        page = twice(keyworker, f"/people/{joint.riverside}/sharing/{made}/end/", **BY_VOICE)
        assert page.redirect_chain == [(f"/people/{joint.riverside}/sharing/purposes/", 302)]
        assert ALREADY in words(page)

    def test_stops_by_themselves(self, joint):
        person = signed_in(joint, browser(joint.world.northside, "therapist"), date(1988, 5, 17))
        [one] = queries.current(joint.northside, access=joint.therapist)
        page = twice(person, f"/own/sharing/{one.id}/stop/")
        assert page.redirect_chain == [("/own/sharing/", 302)]
        assert ALREADY in words(page)

    def test_also_where_the_second_click_found_it_standing(self, joint, keyworker, monkeypatch):
        """Two clicks at once: the act finds it ended when it has the lock."""
        one = agreed(joint)
        path = f"/people/{joint.riverside}/sharing/{one.id}/stop/"
        stale = [one]
        keyworker.send(path, **BY_VOICE)
        monkeypatch.setattr(queries, "in_force", lambda *_a, **_k: stale)
        monkeypatch.setattr(queries, "current", lambda *_a, **_k: stale)
        answer = keyworker.post(path, {"submission_token": "sub_second"} | BY_VOICE)
        assert (answer.status_code, answer.url) == (302, f"/people/{joint.riverside}/sharing/")


class TestAnybodyElse:
    def test_a_colleague_finds_nothing_there(self, joint, keyworker):
        path = f"/people/{joint.riverside}/sharing/{agreed(joint).id}/stop/"
        keyworker.send(path, **BY_VOICE)
        assert browser(joint.world.riverside, "team_lead").get(path).status_code == 404

    def test_nor_do_they_later(self, joint, keyworker):
        path = f"/people/{joint.riverside}/sharing/{agreed(joint).id}/stop/"
        keyworker.send(path, **BY_VOICE)
        with clock.at(clock.now() + timedelta(hours=1)):
            assert keyworker.get(path).status_code == 404

    def test_nor_where_it_was_replaced(self, joint, keyworker, northside):
        old = agreed(joint).id
        said = factories.choice(recipient=northside)
        actions.agree(registration=joint.riverside, choice=said, by=joint.keyworker)
        assert Consent.objects.get(pk=old).status == Status.REPLACED
        assert keyworker.get(f"/people/{joint.riverside}/sharing/{old}/stop/").status_code == 404

    def test_nor_at_another_persons_record(self, joint, keyworker):
        one = agreed(joint).id
        keyworker.send(f"/people/{joint.riverside}/sharing/{one}/stop/", **BY_VOICE)
        other = factories.registered(joint.world.riverside)
        assert keyworker.get(f"/people/{other}/sharing/{one}/stop/").status_code == 404
