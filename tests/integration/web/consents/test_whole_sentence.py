"""What is signed is read whole before it is signed, and what stands is shown whole."""

from datetime import UTC, date, datetime

import pytest

from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.rules import Ends, Exception_, Given, Signer
from alongside.definitions import policy
from alongside.kernel.periods import Period
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.drawn import drawn
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, civil, words

pytestmark = pytest.mark.django_db
HOW = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
MANDATE = {"required_by": "The county court", "reported": "Whether they came"}
ALL = {
    "given": Given.WRITTEN,
    "data": Period(datetime(2026, 2, 3, tzinfo=UTC)),
    "expires": datetime(2031, 5, 2, tzinfo=UTC),
    "onward": True,
    "signer": Signer.REPRESENTATIVE,
    "signed_by": "Ada Attorney",
    "authority": "Power of attorney",
    "competent": "Dr Ray, on Monday",
    **MANDATE,
}
SAID = [
    "or later",
    "2031",
    "pass it on",
    "Ada Attorney",
    "Power of attorney",
    "Dr Ray",
    "county court",
    "Whether they came",
]


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True


@pytest.fixture
def joint():
    made = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
    factories.safe_email(made.riverside, "jordan@mail.example")
    return made


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def agree(joint, **said):
    choice = factories.choice(recipient=Handle.service(joint.world.northside.id), **said)
    actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)


def previewed(keyworker, at, **changes):
    path = f"{at}agree/"
    sent = drawn(keyworker.get(path)) | HOW | changes
    answer = keyworker.post(path, sent | {"preview": "1"})
    return drawn(answer) | HOW, words(answer).partition("Read this back to the person")[2].partition("Share with")[0]


def test_the_sentence_says_every_element(joint, keyworker, at):
    said = MANDATE | {"signer": "representative", "signed_by": "Ada Attorney", "authority": "Power of attorney"}
    said |= {"evaluate": "on"} | civil("since", date(2026, 2, 3)) | civil("expires", date(2031, 5, 1))
    _sent, sentence = previewed(keyworker, at, **said)
    wanted = [
        "or later",
        "3 February 2026",
        "1 May 2031",
        "county court",
        "Whether they came",
        "evaluation",
        "Ada Attorney",
    ]
    assert [one for one in wanted if one not in sentence] == []


def test_an_exception_is_in_the_sentence(joint, keyworker, at):
    who = Handle.practitioner(joint.therapist.actor)
    agree(joint, exceptions=(Exception_(policy.categories_mask("plan"), who),))
    assert "is left out of it" in previewed(keyworker, at)[1]


def test_what_is_saved_is_what_was_previewed(joint, keyworker, at):
    before = queries.current(joint.riverside, access=joint.keyworker)
    sent, _sentence = previewed(keyworker, at, share="pieces", share_pieces=["plan"])
    answer = words(keyworker.post(f"{at}agree/", sent | {"share_pieces": ["plan", "team"]}))
    assert "This is not what was previewed." in answer
    assert "Nothing is saved yet." in answer
    assert queries.current(joint.riverside, access=joint.keyworker) == before
    assert keyworker.post(f"{at}agree/", sent).status_code == 302


def test_both_pages_and_the_history_show_every_element(joint, keyworker, at):
    person = take_up(keyworker, joint.riverside)
    agree(joint, **ALL)
    for page in (keyworker.text(at), person.text("/own/sharing/")):
        card, history = page.partition("agreed before")[::2]
        assert [one for one in SAID if one not in card] == []
        assert [one for one in SAID if one not in history] == []


def test_the_end_of_treatment_is_shown_in_both(joint, keyworker, at):
    agree(joint, given=Given.WRITTEN, ends=Ends.END_OF_TREATMENT)
    card, history = keyworker.text(at).partition("agreed before")[::2]
    assert "until treatment ends" in card
    assert "until treatment ends" in history
