"""Taking something back, and closing the record, are written down as agreeing is: how it was said, and who heard it."""

import pytest

from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.caseload import actions as caseload
from alongside.consent import queries
from alongside.consent.rules import Given, HowSaid, Status
from alongside.kernel.errors import Invalid
from alongside.post import queries as post
from alongside.sharing import actions
from tests import factories
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
BY_VOICE = {"given": "verbal", "witness": "Kim Worker"}
EMAIL = "jordan@mail.example"


@pytest.fixture
def joint():
    return factories.JointJourney(email=EMAIL, email_is_safe=True)


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


@pytest.fixture
def northside(joint):
    return Handle.service(joint.world.northside.id)


def ended(joint):
    past = queries.history(joint.riverside, access=joint.keyworker)
    return [one for one in past if one.status is Status.WITHDRAWN]


def agreed(joint):
    [found] = queries.current(joint.riverside, access=joint.keyworker)
    return found


def closed(joint, recipient, **said):
    refusal = factories.choice(recipient=recipient, effect=Effect.DENY, **said)
    return actions.refuse(registration=joint.riverside, choice=refusal, by=joint.keyworker)


class TestHow:
    def test_a_stop_says_how_and_who_heard_it(self, joint, keyworker, at):
        page = keyworker.send(f"{at}{agreed(joint).id}/stop/", follow=True, **BY_VOICE)
        assert "Taken back by voice, heard by Kim Worker." in words(page)
        [one] = ended(joint)
        assert one.ended_how == HowSaid(Given.VERBAL, "Kim Worker")

    def test_so_does_a_refusal_that_is_taken_back(self, joint, keyworker, northside, at):
        refusal = closed(joint, northside)
        page = keyworker.send(f"{at}{refusal}/stop/", follow=True, given="written")
        assert "Taken back in writing." in words(page)

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"given": "verbal", "witness": " "}, "Enter who heard the person say so."),
            ({}, "How did the person say so?"),
        ],
    )
    def test_without_it_nothing_is_taken_back(self, joint, keyworker, at, sent, says):
        before = agreed(joint)
        assert says in words(keyworker.send(f"{at}{before.id}/stop/", **sent))
        assert agreed(joint) == before

    def test_the_page_has_who_writes_it_down_as_who_heard_it(self, joint, keyworker, at):
        page = keyworker.get(f"{at}{agreed(joint).id}/stop/").content.decode()
        assert f'value="{joint.keyworker.name}"' in page

    def test_each_act_refuses_by_itself(self, joint, northside):
        for act, what in [
            (actions.stop, {"registration": joint.riverside, "recipient": northside}),
            (actions.withdraw, {"consent_id": agreed(joint).id}),
        ]:
            with pytest.raises(Invalid, match="heard"):
                act(how=HowSaid(Given.VERBAL, " "), by=joint.keyworker, **what)
        assert agreed(joint)

    def test_a_class_that_goes_on_is_closed_in_the_same_words(self, joint, northside):
        everybody = factories.choice(recipient=Handle.of_class("treating"))
        actions.agree(registration=joint.riverside, choice=everybody, by=joint.keyworker)
        how = HowSaid(Given.WRITTEN)
        actions.stop(registration=joint.riverside, recipient=northside, how=how, by=joint.keyworker)
        [refusal] = [one for one in queries.in_force(joint.riverside, access=joint.keyworker) if one.refuses]
        assert (refusal.given, refusal.witness) == (Given.WRITTEN, "")

    def test_what_a_newer_choice_replaced_was_not_taken_back(self, joint, northside):
        actions.agree(registration=joint.riverside, choice=factories.choice(recipient=northside), by=joint.keyworker)
        past = queries.history(joint.riverside, access=joint.keyworker)
        assert [one.ended_how for one in past] == [None, None]


@pytest.mark.usefixtures("messages_leave")
class TestConfirming:
    """What was said by voice is said again in a message that the person can object to."""

    @pytest.fixture(autouse=True)
    def _safe(self, joint):
        factories.safe_email(joint.riverside, EMAIL)

    def sent(self):
        caseload.send_messages(by=Access.system("tick"))
        return [one.text for one in post.mailbox(access=Access.system("test"))]

    def test_a_stop_by_voice(self, joint, keyworker, at):
        keyworker.send(f"{at}{agreed(joint).id}/stop/", **BY_VOICE)
        [text] = self.sent()
        assert "we wrote it down" in text
        assert "Northside" not in text

    def test_a_refusal_by_voice_and_the_day_it_is_taken_back(self, joint, keyworker, northside, at):
        refusal = closed(joint, northside)
        assert len(self.sent()) == 1
        keyworker.send(f"{at}{refusal}/stop/", **BY_VOICE)
        first, second = self.sent()
        assert first == second

    def test_in_writing_needs_no_message(self, joint, keyworker, northside, at):
        refusal = closed(joint, northside, given=Given.WRITTEN, witness="")
        keyworker.send(f"{at}{refusal}/stop/", given="written")
        assert self.sent() == []

    def test_nothing_is_sent_where_no_way_is_safe(self, joint, keyworker, at):
        factories.safe_email(joint.riverside, "")
        keyworker.send(f"{at}{agreed(joint).id}/stop/", **BY_VOICE)
        assert ended(joint)
        assert self.sent() == []

    def test_a_view_that_shows_less_is_not_confirmed(self, joint):
        """Whoever watches the person may read their messages too."""
        actions.show_less(registration=joint.riverside, by=joint.keyworker)
        assert self.sent() == []


def test_in_their_own_sign_in_it_is_on_a_screen(joint, keyworker, settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True
    factories.safe_email(joint.riverside, EMAIL)
    person = take_up(keyworker, joint.riverside)
    page = person.get(f"/own/sharing/{agreed(joint).id}/stop/").content.decode()
    assert "How did the person say so?" not in page
    person.send(f"/own/sharing/{agreed(joint).id}/stop/", reason="I want to wait")
    [one] = ended(joint)
    assert one.ended_how == HowSaid(Given.ELECTRONIC)
