"""Times that the services have not signed are shown as such, on every page that promises by when."""

import pytest

from alongside.consultation import actions as consultation
from alongside.definitions import agreements
from alongside.web import agreed
from alongside.web.remembered import Remembered
from tests import factories
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db

SAID = "These times are placeholders: your services have not agreed them yet."


@pytest.fixture
def referred():
    return factories.Referred()


@pytest.fixture
def pages(referred):
    """Who opens which page that promises: deciding, the list of what waits, what was sent, referring and asking."""
    keyworker, therapist = (
        browser(referred.world.riverside, "keyworker"),
        browser(referred.world.northside, "therapist"),
    )
    return [
        (therapist, "/referrals/"),
        (therapist, f"/referrals/{referred.referral}/"),
        (keyworker, "/referrals/sent/"),
        (keyworker, f"/people/{referred.riverside}/refer/"),
        (keyworker, f"/people/{referred.riverside}/ask/"),
    ]


@pytest.fixture
def signed(monkeypatch):
    """Both services have put their names to it."""
    both = [one.model_copy(update={"status": "signed"}) for one in agreements.agreements()]
    monkeypatch.setattr(agreements, "agreements", lambda: tuple(both))
    monkeypatch.setattr(agreed, "_agreements", Remembered())


def test_a_placeholder_is_said_once_on_each(pages):
    assert [visitor.text(path).count(SAID) for visitor, path in pages] == [1] * len(pages)


def test_nothing_is_said_of_times_that_were_signed(signed, pages):
    for visitor, path in pages:
        answer = visitor.get(path)
        assert (answer.status_code, SAID in answer.content.decode()) == (200, False), path


def test_a_question_says_it_beside_its_clock():
    joint = factories.JointJourney()
    asked = consultation.ask(
        registration=joint.riverside,
        text="Is CBT safe during the taper?",
        answering_service=joint.world.northside.id,
        urgency="soon",
        by=joint.keyworker,
    )
    assert browser(joint.world.northside, "therapist").text(f"/consultations/{asked}/").count(SAID) == 1
