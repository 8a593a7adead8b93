"""A message is queued with its act, decided again when it leaves, and somebody's to deal with where it fails."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.post import actions, queries
from alongside.post.models import MessageStatus
from alongside.post.rules import ATTEMPTS, Letter, State
from alongside.sharing import queries as sharing
from alongside.tasks import queries as tasks
from tests import factories
from tests.integration.post import smtp_server

pytestmark = pytest.mark.django_db

MOOD = policy.categories_mask("mood_scores")
LETTER = Letter("A few questions", "Hello.\n.\nPlease open this page.")


@pytest.fixture
def queue(person, therapist):
    def one(channel="email", about="ask_1", registration=person, by=therapist):
        anchor = Anchor.objects.get(pk=registration)
        with transaction.atomic():
            return actions.queue(anchor=anchor, kind="test", channel=channel, about=about, needs=MOOD, by=by)

    return one


@pytest.fixture
def send(system):
    def one(write=lambda about, beside, reach: LETTER):
        return actions.dispatch(writers={"test": write}, by=system)

    return one


@pytest.fixture
def mail_server(settings):
    with smtp_server.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.DEFAULT_FROM_EMAIL = "Post <post@example.org>"
        yield server


def state(message, access):
    return queries.message(message, access=access).state


class TestChoosingAWay:
    def test_email_without_a_mail_server_is_refused(self, person, therapist, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        with pytest.raises(Invalid, match=r"^channel: No email is sent from here yet\."):
            actions.check_channel(registration=person, channel="email", by=therapist)

    def test_a_text_is_refused_where_nobody_sends_texts(self, person, therapist):
        with pytest.raises(Invalid, match=r"^channel: No text messages are sent from here yet\."):
            actions.check_channel(registration=person, channel="sms", by=therapist)

    @pytest.mark.usefixtures("demonstration")
    @pytest.mark.parametrize("channel", ["email", "sms"])
    def test_what_the_person_did_not_call_safe_is_refused(self, northside, therapist, channel):
        silent = factories.registered(northside, email="jordan@example.org", phone="07700 900123")
        with pytest.raises(Invalid, match="Their details do not say"):
            actions.check_channel(registration=silent, channel=channel, by=therapist)

    @pytest.mark.usefixtures("demonstration")
    def test_what_they_called_safe_is_let_through(self, person, therapist):
        actions.check_channel(registration=person, channel="sms", by=therapist)
        with pytest.raises(Invalid, match="Choose how to send it"):
            actions.check_channel(registration=person, channel="pigeon", by=therapist)


def test_a_message_is_queued_inside_an_act_only(person, therapist, transactional_db):
    anchor = Anchor.objects.get(pk=person)
    with pytest.raises(RuntimeError):
        actions.queue(anchor=anchor, kind="test", channel="email", about="ask_1", needs=MOOD, by=therapist)


def test_the_same_message_is_queued_once(queue):
    assert (bool(queue()), queue()) == (True, "")


class TestByEmail:
    def test_it_reaches_the_mail_server(self, queue, send, mail_server, therapist):
        message = queue()
        assert send().sent == 1
        [letter] = mail_server.letters
        assert (letter["To"], letter["Subject"], letter["From"]) == (
            "jordan@example.org",
            "A few questions",
            "Post <post@example.org>",
        )
        assert letter.get_content().splitlines() == ["Hello.", ".", "Please open this page."]
        assert letter["Message-ID"] == f"<{message}@example.org>"
        assert state(message, therapist) is State.SENT
        assert send().sent == 0

    def test_one_that_is_not_taken_is_tried_again_and_then_somebodys(self, queue, send, mail_server, therapist):
        mail_server.refuses = True
        message = queue()
        for tries in range(1, ATTEMPTS):
            with clock.at(clock.now() + timedelta(hours=10 * tries)):
                assert send().later == 1
                assert send().later == 0  # its time has not come
        assert state(message, therapist) is State.QUEUED
        with clock.at(clock.now() + timedelta(hours=10 * ATTEMPTS)):
            assert send().failed == 1
        assert queries.message(message, access=therapist).fault == "not_taken"
        [task] = tasks.owed(access=therapist)
        assert (task.room, task.kind, task.holder, task.about) == ("post", "not_sent", therapist.actor, message)
        assert [one for one in sharing.nowhere(access=therapist) if message in one] == []

    def test_a_mail_server_that_is_down_loses_nothing(self, queue, send, settings, therapist):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
        message = queue()
        assert send().later == 1
        assert state(message, therapist) is State.QUEUED


@pytest.mark.usefixtures("demonstration")
class TestDecidedAgain:
    def test_a_demonstration_keeps_it_for_its_mailbox(self, queue, send, system):
        queue("sms")
        send()
        [kept] = queries.mailbox(access=system)
        assert (kept.channel, kept.address, kept.text) == ("sms", "07700 900123", LETTER.text)

    def test_whoever_no_longer_calls_it_safe_gets_none(self, queue, send, person, therapist, system):
        message = queue()
        identity, version = persons.identity(person, access=therapist)
        changed = replace(identity, email_is_safe=False)
        people.correct_identity(registration=person, identity=changed, version=version, by=therapist)
        assert send().failed == 1
        assert queries.mailbox(access=system) == []
        assert queries.message(message, access=therapist).fault == "not_safe"
        assert [one.kind for one in tasks.owed(access=therapist)] == ["not_sent"]

    def test_where_nothing_is_left_to_say_nothing_is_sent_or_owed(self, queue, send, therapist, system):
        message = queue()
        assert send(lambda *_of: None).dropped == 1
        assert state(message, therapist) is State.DROPPED
        assert (queries.mailbox(access=system), tasks.owed(access=therapist)) == ([], [])

    def test_what_is_dropped_in_time_never_leaves(self, queue, send, therapist):
        message = queue()
        with transaction.atomic():
            assert actions.drop(about="ask_1", by=therapist) == 1
        assert send().sent == 0
        assert state(message, therapist) is State.DROPPED

    def test_one_that_cannot_be_written_holds_up_no_other(self, queue, send, therapist):
        first, second = queue(about="ask_1"), queue(about="ask_2")

        def write(about, _beside, _reach):
            if about == "ask_1":
                raise NotThere()
            return LETTER

        done = send(write)
        assert (done.sent, done.later) == (1, 1)
        assert (state(first, therapist), state(second, therapist)) == (State.QUEUED, State.SENT)

    def test_another_runner_sends_it_once(self, queue, send, system):
        queue()

        def meanwhile(*_of):
            assert send().sent == 0
            return LETTER

        assert send(meanwhile).sent == 1
        assert len(queries.mailbox(access=system)) == 1


@pytest.mark.usefixtures("demonstration")
class TestDealingWithAFailure:
    @pytest.fixture
    def failed(self, northside, queue, send, therapist):
        silent = factories.registered(northside)
        message = queue(registration=silent)
        send()
        return message

    def test_it_is_settled_once(self, failed, therapist):
        actions.settle(message=failed, by=therapist)
        assert state(failed, therapist) is State.SETTLED
        assert tasks.owed(access=therapist) == []
        with pytest.raises(Stale):
            actions.settle(message=failed, by=therapist)

    def test_another_service_neither_sees_nor_settles_it(self, failed):
        other = factories.partnership().northside.sign_in("therapist")
        for act in (lambda: queries.message(failed, access=other), lambda: actions.settle(message=failed, by=other)):
            with pytest.raises(NotThere):
                act()

    def test_every_state_is_a_row(self, failed, therapist):
        actions.settle(message=failed, by=therapist)
        rows = MessageStatus.objects.filter(message=failed).order_by("pk").values_list("state", flat=True)
        assert list(rows) == ["queued", "failed", "settled"]
