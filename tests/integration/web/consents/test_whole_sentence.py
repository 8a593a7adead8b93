"""What is signed is read whole before it is signed, and what stands is shown whole."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from alongside.access.rules import Handle
from alongside.audit.models import Entry
from alongside.consent import queries
from alongside.consent.rules import Ends, Exception_, Given, Signer, Sooner, Told
from alongside.definitions import policy
from alongside.kernel.periods import Period
from alongside.sharing import actions
from alongside.web.consents import signing
from alongside.web.consents.saying import elements
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
        card, history = page.partition("Everything that")[::2]
        assert [one for one in SAID if one not in card] == []
        assert [one for one in SAID if one not in history] == []


def test_the_end_of_treatment_is_shown_in_both(joint, keyworker, at):
    agree(joint, given=Given.WRITTEN, ends=Ends.END_OF_TREATMENT)
    card, history = keyworker.text(at).partition("Everything that")[::2]
    assert "until treatment ends" in card
    assert "until treatment ends" in history


class TestInTheirOwnSignIn:
    """The person's own signature is no part of what is bound: they write their name under what they read."""

    PATH = "/own/sharing/choose/"

    @pytest.fixture
    def person(self, joint, keyworker):
        return take_up(keyworker, joint.riverside)

    def previewed(self, joint, person, **changes):
        wanted = {"recipient": joint.world.northside.id, "share": "pieces", "share_pieces": ["plan"]} | changes
        return drawn(person.send(self.PATH, preview="1", **wanted))

    def test_what_is_saved_is_what_was_previewed(self, joint, person):
        before = queries.current(joint.riverside, access=joint.keyworker)
        sent = self.previewed(joint, person) | {"signed_by": "Jordan Reed"}
        answer = words(person.post(self.PATH, sent | {"share_pieces": ["plan", "team"]}))
        assert "This is not what was previewed." in answer
        assert queries.current(joint.riverside, access=joint.keyworker) == before
        assert person.post(self.PATH, sent).status_code == 302
        assert queries.current(joint.riverside, access=joint.keyworker) != before

    @pytest.mark.parametrize("changed", [{"evaluate": "on"}, civil("expires", date(2031, 5, 1))])
    def test_each_element_is_bound(self, joint, person, changed):
        sent = self.previewed(joint, person) | {"signed_by": "Jordan Reed"}
        assert "This is not what was previewed." in words(person.post(self.PATH, sent | changed))

    def test_it_is_bound_to_the_recipient(self, joint, person):
        sent = self.previewed(joint, person) | {"signed_by": "Jordan Reed", "recipient": "treating"}
        assert "This is not what was previewed." in words(person.post(self.PATH, sent))


@pytest.mark.parametrize(
    "changed",
    [
        {"evaluate": "on"},
        {"share": "nothing_yet"},
        MANDATE,
        {"signer": "representative", "signed_by": "Ada Attorney", "authority": "Power of attorney"},
        {"competent": "Dr Ray, on Monday"},
        civil("since", date(2026, 2, 3)),
        civil("expires", date(2031, 5, 1)),
    ],
)
def test_each_element_that_is_changed_after_the_preview_is_caught(joint, keyworker, at, changed):
    sent, _sentence = previewed(keyworker, at, share="both_teams")
    before = queries.in_force(joint.riverside, access=joint.keyworker)
    assert "This is not what was previewed." in words(keyworker.post(f"{at}agree/", sent | changed))
    assert queries.in_force(joint.riverside, access=joint.keyworker) == before


def test_previewed_anew_the_new_one_is_saved(joint, keyworker, at):
    sent, _sentence = previewed(keyworker, at, share="both_teams")
    again = keyworker.post(f"{at}agree/", sent | {"evaluate": "on", "preview": "1"})
    assert "This is not what was previewed." not in words(again)
    assert keyworker.post(f"{at}agree/", drawn(again) | HOW).status_code == 302


def test_a_stop_of_what_a_class_opens_is_read_too(joint, keyworker, at):
    everybody = factories.choice(recipient=Handle.of_class("treating"))
    actions.agree(registration=joint.riverside, choice=everybody, by=joint.keyworker)
    _sent, said = previewed(keyworker, at, share="nothing_yet", recipient=joint.world.northside.id)
    assert "It is closed to them by name, until I take that back." in said


def test_no_longer_counted_is_read(joint, keyworker, at):
    sent, _sentence = previewed(keyworker, at, evaluate="on")
    assert keyworker.post(f"{at}agree/", sent).status_code == 302
    sent = {name: value for name, value in drawn(keyworker.get(f"{at}agree/")).items() if name != "evaluate"}
    page = words(keyworker.post(f"{at}agree/", sent | HOW | {"preview": "1"}))
    assert "They may no longer count me in the evaluation of the pathway." in page


@pytest.mark.parametrize("stops", [True, False])
def test_what_was_previewed_and_is_sent_twice_is_told_as_that(joint, keyworker, at, stops):
    """What stands after the first makes another sentence of the second: it was saved all the same, once."""
    if stops:
        everybody = factories.choice(recipient=Handle.of_class("treating"))
        actions.agree(registration=joint.riverside, choice=everybody, by=joint.keyworker)
        sent, _sentence = previewed(keyworker, at, share="nothing_yet", recipient=joint.world.northside.id)
    else:
        keyworker.post(f"{at}agree/", drawn(keyworker.get(f"{at}agree/")) | HOW | {"evaluate": "on"})
        first = {name: value for name, value in drawn(keyworker.get(f"{at}agree/")).items() if name != "evaluate"}
        sent = drawn(keyworker.post(f"{at}agree/", first | HOW | {"preview": "1"})) | HOW
    assert keyworker.post(f"{at}agree/", sent).status_code == 302
    stands = queries.in_force(joint.riverside, access=joint.keyworker)
    answer = words(keyworker.post(f"{at}agree/", sent, follow=True))
    assert "This was already saved, once." in answer
    assert "This is not what was previewed." not in answer
    assert queries.in_force(joint.riverside, access=joint.keyworker) == stands


def test_what_changed_meanwhile_is_told_as_that(joint, keyworker, at):
    sent, _sentence = previewed(keyworker, at)
    agree(joint, categories=policy.categories_mask("plan"))
    answer = words(keyworker.post(f"{at}agree/", sent | {"evaluate": "on"}))
    assert "is not what this page was drawn from" in answer


def test_it_is_the_mark_that_refuses(joint, keyworker, at, monkeypatch):
    """A planted fault: where no sentence is another, what was never read is saved."""
    monkeypatch.setattr(signing, "is_another", lambda *_form, **_access: False)
    sent, _sentence = previewed(keyworker, at, share="both_teams")
    assert keyworker.post(f"{at}agree/", sent | {"evaluate": "on"}).status_code == 302


def test_nothing_of_what_was_refused_is_in_the_ledger(joint, keyworker, at):
    sent, _sentence = previewed(keyworker, at, share="both_teams")
    before = Entry.objects.filter(act="consent.give").count()
    keyworker.post(f"{at}agree/", sent | {"evaluate": "on"})
    assert Entry.objects.filter(act="consent.give").count() == before


def test_every_field_of_a_choice_is_said_or_stands_beside():
    """A field that is added to a choice has to be read back, or is here with the reason."""
    beside = {"recipient", "categories", "purpose", "effect", "hard"}  # what the sentence is about, and of a refusal
    beside |= {"given", "witness", "told_no_is_fine"}  # its signature, and what every sentence ends with
    plain = factories.choice(given=Given.WRITTEN)
    told = {
        "data": Period(datetime(2026, 2, 3, tzinfo=UTC)),
        "expires": datetime(2031, 5, 2, tzinfo=UTC),
        "exceptions": (Exception_(policy.categories_mask("plan")),),
        "sooner": (Sooner(policy.categories_mask("plan"), datetime(2031, 5, 2, tzinfo=UTC)),),
        "onward": True,
        "ends": Ends.NEVER,
        "told": Told(True, True, True),
        "signer": Signer.PARENT,
        "signed_by": "Ada Parent",
        "authority": "Power of attorney",
        "competent": "Dr Ray",
        "required_by": "The county court",
        "reported": "Whether they came",
        "through": "Valley Health Exchange",
    }
    assert {one.name for one in fields(plain)} == beside | set(told)
    alone = {"reported": {"required_by": "A court"}}  # is said with whom it goes to
    for name, value in told.items():
        without = replace(plain, **alone.get(name, {}))
        assert elements(replace(without, **{name: value}), {}) != elements(without, {}), name


def test_nothing_is_saved_that_was_not_read_first(joint, keyworker, at):
    before = queries.in_force(joint.riverside, access=joint.keyworker)
    answer = keyworker.post(f"{at}agree/", drawn(keyworker.get(f"{at}agree/")) | HOW)
    assert "Read this back to the person" in words(answer)
    assert queries.in_force(joint.riverside, access=joint.keyworker) == before
    assert keyworker.post(f"{at}agree/", drawn(answer)).status_code == 302


def test_the_first_page_offers_to_read_it_back_and_not_to_save(keyworker, at):
    first = keyworker.text(f"{at}agree/")
    assert "Next: read it back" in first
    assert "save" not in first.partition("Next: read it back")[2].partition("What to say")[0]


def test_the_kinds_are_not_read_twice(joint, keyworker, at):
    _sent, sentence = previewed(keyworker, at, share="both_teams", evaluate="on")
    assert "in the evaluation of the pathway, by: the same, but not: Flags about risk; My medicines" in sentence
    _sent, sentence = previewed(keyworker, at, share="pieces", share_pieces=["plan"], evaluate="on")
    assert "by: Name, date of birth" in sentence
