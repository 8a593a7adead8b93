"""Somebody who is named besides their service: no page says that "they" see nothing where that one still does."""

from datetime import date

import pytest

from alongside.consent import queries
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.consents.test_but_not import agree
from tests.integration.web.consents.test_by_name import BY_VOICE, agreed, hired, name, opens, theirs
from tests.integration.web.own.signed_in import ADDRESS, signed_in
from tests.integration.web.visiting import browser, civil, words

pytestmark = pytest.mark.django_db
STAYS = "By name this stays open to Kim Named, Northside Talking Therapies: Name, date of birth"


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def kim(joint, keyworker):
    """(their handle, their browser): named besides Northside."""
    who, hers = hired(joint, joint.world.northside, "Kim Named")
    name(joint, keyworker, f"practitioner:{who}")
    return f"practitioner:{who}", hers


def stop(joint):
    return f"/people/{joint.riverside}/sharing/{agreed(joint)[theirs(joint)].id}/stop/"


@pytest.mark.usefixtures("kim")
def test_nothing_for_their_service_is_read_back_with_what_stays_open(joint, keyworker):
    page = words(agree(joint, keyworker, share="nothing_yet", preview="1"))
    assert f"may see nothing of my record here. {STAYS}" in page


def test_and_is_saved_with_it(joint, keyworker, kim):
    assert STAYS in words(agree(joint, keyworker, share="nothing_yet"))
    assert opens(kim[1], joint)


def test_a_stop_offers_to_stop_for_them_too(joint, keyworker, kim):
    who, hers = kim
    page = keyworker.get(stop(joint))
    assert "Stop it for these too" in words(page)
    assert f'value="{who}" checked' in page.content.decode().replace("  ", " ")
    keyworker.send(stop(joint), named=[who], **BY_VOICE)
    assert not opens(hers, joint)
    assert agreed(joint) == {}


def test_left_unticked_they_go_on_seeing_it(joint, keyworker, kim):
    who, hers = kim
    keyworker.send(stop(joint), **BY_VOICE)
    assert opens(hers, joint)
    assert list(agreed(joint)) == [who]


def test_nobody_else_is_stopped_by_it(joint, keyworker, kim):
    """Only who is named there can be ticked, and who is not named has no list at all."""
    sharing.withdraw(consent_id=agreed(joint)[kim[0]].id, by=joint.keyworker)
    assert "Stop it for these too" not in keyworker.text(stop(joint))


def test_the_person_stops_it_for_them_too(settings):
    settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
    joint = factories.JointJourney(email="amira@mail.example", email_is_safe=True)
    therapist = browser(joint.world.northside, "therapist")
    person = signed_in(joint, therapist, factories.SOMEBODY.birth_date)
    who, hers = hired(joint, joint.world.riverside, "Kim Named")
    handle = f"practitioner:{who}"
    for one in (handle, f"service:{joint.world.riverside.id}"):
        sharing.agree(registration=joint.northside, choice=factories.choice(recipient=one), by=joint.therapist)
    assert hers.get(f"/people/{joint.northside}/", follow=True).status_code == 200
    found = {one.recipient: one.id for one in queries.current(joint.northside, access=joint.therapist)}
    path = f"/own/sharing/{found[f'service:{joint.world.riverside.id}']}/stop/"
    assert "Kim Named" in person.text(path)
    person.send(path, named=[handle])
    assert hers.get(f"/people/{joint.northside}/", follow=True).status_code == 404


def test_what_their_service_has_without_limit_is_read_beside_a_limit(joint, keyworker):
    who, _hers = hired(joint, joint.world.northside, "Kim Named")
    sent = {"recipient": f"practitioner:{who}", "kinds": ["plan", "session_notes"]} | BY_VOICE
    path = f"/people/{joint.riverside}/sharing/named/"
    stays = "this stays open whatever limits it here: The shared plan: goals and actions."
    assert stays in words(keyworker.send(path, **sent, **civil("expires", date(2031, 5, 1))))
    assert "whatever limits" not in words(keyworker.send(path, **sent))
