"""Somebody is asked to answer by themselves: one link, a second fact, everything sent once, harm to the duty rota."""

from datetime import date, timedelta

import pytest

from alongside.access.context import Access
from alongside.audit import queries as ledger
from alongside.kernel import clock, links
from alongside.kernel.errors import Duplicate, Invalid, NotThere, Stale
from alongside.measures import actions, queries
from alongside.measures.models import Ask, AskLink, Draft, Response
from alongside.measures.rules.asking import Standing
from alongside.post import queries as post
from alongside.post.rules import State
from alongside.safety import queries as safety
from alongside.tasks import queries as tasks
from tests import factories, racing

SAFE = {"email": "jordan@example.org", "email_is_safe": True, "phone": "07700 900123", "text_is_safe": True}
BORN, WRONG = date(1988, 5, 17), date(1988, 5, 18)
PUBLIC = Access.public()
SYSTEM = Access.system("tick")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("messages_leave")]


@pytest.fixture
def person(northside, therapist):
    return factories.registered(northside, **SAFE)


@pytest.fixture
def asked(person, therapist):
    def one(*instruments, **changes):
        said = {"registration": person, "instruments": instruments or ("phq9", "audit_c"), "channel": "email"}
        return actions.ask(**said | changes, by=therapist)

    return one


def opened(ask, born=BORN):
    token = actions.link(asked=ask, by=SYSTEM).token
    return actions.open_link(token=token, born=born, by=PUBLIC)


def answered(ask, answers):
    for place, value in enumerate(answers, 1):
        actions.answer(asked=ask, place=place, written=str(value), by=Access.link(ask))


def send(ask):
    return actions.send(asked=ask, by=Access.link(ask))


CALM = [1] * 8 + [0] + [2, 1, 0]


class TestAsking:
    def test_it_queues_one_message_and_shows_as_open(self, asked, person, therapist):
        ask = asked()
        [one] = queries.asks([person], access=therapist)
        assert (one.id, one.instruments, one.standing) == (ask, ("phq9", "audit_c"), Standing.OPEN)
        assert one.expires_at == clock.now() + timedelta(days=7)
        [message] = post.messages([ask], access=therapist)
        assert (message.channel, message.state) == ("email", State.QUEUED)
        assert tasks.about([person], access=therapist) == []  # nobody of the service owes it

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"instruments": ()}, "instruments: Choose at least one"),
            ({"instruments": ("audit",)}, "instruments: There are no words for AUDIT"),
            ({"instruments": ("nonsense",)}, "instrument: We do not know"),
            ({"channel": "pigeon"}, "channel: Choose how"),
        ],
    )
    def test_what_cannot_be_asked_is_refused(self, asked, person, therapist, said, words):
        with pytest.raises(Invalid, match=words):
            asked(**said)
        assert queries.asks([person], access=therapist) == []

    def test_somebody_who_did_not_say_that_it_is_safe_is_not_written_to(self, northside, therapist):
        silent = factories.registered(northside, email="jordan@example.org")
        with pytest.raises(Invalid, match="channel: Their details do not say that an email is safe"):
            actions.ask(registration=silent, instruments=["phq9"], channel="email", by=therapist)

    def test_without_an_address_no_link_can_be_sent(self, asked, settings):
        settings.ADDRESS = ""
        with pytest.raises(Invalid, match="channel: No link can be sent from here yet"):
            asked()

    def test_a_language_without_words_is_refused(self, northside, therapist):
        other = factories.registered(northside, language="ur", **SAFE)
        with pytest.raises(Invalid, match="in their language"):
            actions.ask(registration=other, instruments=["phq9"], channel="email", by=therapist)

    def test_what_is_asked_already_is_not_asked_twice(self, asked):
        first = asked("phq9")
        with pytest.raises(Invalid, match="PHQ-9 was asked already"):
            asked("phq9", "gad7")
        with clock.at(clock.now() + timedelta(days=7)):
            assert asked("phq9") != first  # the first has expired

    def test_the_same_form_asks_once(self, asked):
        first = asked(submission="sub_1")
        with pytest.raises(Duplicate) as repeated:
            asked(submission="sub_1")
        assert repeated.value.existing == first

    def test_the_desk_does_not_ask(self, person, northside):
        with pytest.raises(Exception, match="Your role"):
            actions.ask(
                registration=person, instruments=["phq9"], channel="email", by=northside.sign_in("administrator")
            )


class TestTheLink:
    def test_only_its_digest_is_kept(self, asked):
        token = actions.link(asked=asked(), by=SYSTEM).token
        assert [row.digest for row in AskLink.objects.all()] == [links.digest(token)]

    def test_it_opens_with_the_date_of_birth(self, asked, person, therapist):
        ask = asked()
        assert opened(ask) == ask
        assert "measures.link_opened" in [one.act for one in ledger.about(person)]

    @pytest.mark.parametrize("token", ["", "nonsense", "x" * 22])
    def test_one_that_nobody_sent_opens_nothing(self, asked, token):
        asked()
        assert actions.open_link(token=token, born=BORN, by=PUBLIC) == ""

    def test_every_message_has_a_link_of_its_own(self, asked):
        ask = asked()
        assert opened(ask) == opened(ask) == ask

    def test_after_five_wrong_dates_it_is_locked(self, asked, person, therapist):
        ask = asked()
        assert [opened(ask, WRONG) for _ in range(4)] == [""] * 4
        assert opened(ask) == ask  # the right one before the last try
        assert [opened(ask, WRONG) for _ in range(5)] == [""] * 5
        assert queries.ask(ask, access=therapist).standing is Standing.LOCKED
        assert actions.link(asked=ask, by=SYSTEM) is None

    def test_a_locked_ask_opens_for_nobody(self, asked):
        ask = asked()
        token = actions.link(asked=ask, by=SYSTEM).token
        for _ in range(5):
            actions.open_link(token=token, born=WRONG, by=PUBLIC)
        assert actions.open_link(token=token, born=BORN, by=PUBLIC) == ""

    def test_it_ends_after_a_week(self, asked, therapist):
        ask = asked()
        token = actions.link(asked=ask, by=SYSTEM).token
        with clock.at(clock.now() + timedelta(days=7)):
            assert actions.open_link(token=token, born=BORN, by=PUBLIC) == ""
            assert queries.ask(ask, access=therapist).standing is Standing.EXPIRED

    def test_taken_back_it_opens_nothing_and_its_message_never_leaves(self, asked, therapist):
        ask = asked()
        token = actions.link(asked=ask, by=SYSTEM).token
        answered(ask, [1, 2])
        actions.withdraw_ask(ask=ask, by=therapist)
        assert actions.open_link(token=token, born=BORN, by=PUBLIC) == ""
        assert not Draft.objects.exists()
        assert post.messages([ask], access=therapist)[0].state is State.DROPPED
        with pytest.raises(Stale):
            actions.withdraw_ask(ask=ask, by=therapist)

    def test_a_link_to_one_ask_is_none_to_another(self, asked):
        one, other = asked("phq9"), asked("gad7")
        for by in (PUBLIC, Access.link(other), SYSTEM):
            for act in (
                lambda by=by: actions.answer(asked=one, place=1, written="1", by=by),
                lambda by=by: actions.send(asked=one, by=by),
                lambda by=by: queries.opened(one, access=by),
            ):
                with pytest.raises(NotThere):
                    act()


class TestALinkThatWasUsed:
    """Whoever knows the second fact may know that it is sent: a second telephone is no stranger."""

    @pytest.fixture
    def sent(self, asked):
        ask = asked()
        token = actions.link(asked=ask, by=SYSTEM).token
        answered(ask, CALM)
        send(ask)
        return ask, token

    def test_it_opens_with_the_right_date_and_holds_nothing(self, sent):
        ask, token = sent
        assert actions.open_link(token=token, born=BORN, by=PUBLIC) == ask
        found = queries.opened(ask, access=Access.link(ask))
        assert (found.standing, found.drafts) == (Standing.ANSWERED, {})

    def test_wrong_dates_are_counted_as_before(self, sent):
        token = sent[1]
        assert [actions.open_link(token=token, born=WRONG, by=PUBLIC) for _ in range(5)] == [""] * 5
        assert actions.open_link(token=token, born=BORN, by=PUBLIC) == ""

    def test_after_its_week_it_opens_for_nobody(self, sent):
        with clock.at(clock.now() + timedelta(days=7)):
            assert actions.open_link(token=sent[1], born=BORN, by=PUBLIC) == ""


class TestAnswering:
    def test_answers_are_kept_from_one_visit_to_the_next(self, asked):
        ask = asked()
        answered(ask, [3, 2])
        assert queries.opened(ask, access=Access.link(ask)).drafts == {1: "3", 2: "2"}
        answered(ask, [1])
        assert queries.opened(ask, access=Access.link(ask)).drafts == {1: "1", 2: "2"}

    def test_nothing_is_a_response_before_it_is_sent(self, asked, person, therapist):
        ask = asked()
        answered(ask, CALM)
        assert not Response.objects.exists()
        assert queries.series([person], access=therapist) == {}

    def test_a_gap_is_refused(self, asked):
        ask = asked()
        answered(ask, CALM[:-1])
        with pytest.raises(Invalid, match="Question 12 has no answer yet"):
            send(ask)

    def test_sent_it_stands_in_the_record_as_the_persons_own(self, asked, person, therapist):
        ask = asked()
        answered(ask, CALM)
        assert len(send(ask)) == 2
        series = queries.series([person], access=therapist)
        assert {key: int(points[-1].value) for key, points in series.items()} == {"phq9": 8, "audit_c": 3}
        [low] = series["phq9"]
        assert (low.context.mode, low.contact, low.author) == ("remote", "", "")
        assert {row.entered_by for row in Response.objects.all()} == {"person"}
        assert queries.ask(ask, access=therapist).standing is Standing.ANSWERED
        assert not Draft.objects.exists()
        assert safety.open_prompts([person], access=therapist) == []

    def test_it_is_sent_once(self, asked):
        ask = asked()
        answered(ask, CALM)
        send(ask)
        with pytest.raises(Duplicate):
            send(ask)
        with pytest.raises(Duplicate):
            actions.answer(asked=ask, place=1, written="3", by=Access.link(ask))
        assert Response.objects.count() == 2

    def test_after_the_week_nothing_is_taken(self, asked):
        ask = asked()
        answered(ask, CALM)
        with clock.at(clock.now() + timedelta(days=7)):
            with pytest.raises(Stale, match="This link has ended"):
                send(ask)
            assert actions.forget_drafts(by=SYSTEM) == 12
        assert not Response.objects.exists()

    def test_an_answer_about_self_harm_goes_to_whoever_is_on_duty(self, asked, person, therapist, northside):
        ask = asked()
        answered(ask, [1] * 8 + [2] + [0, 0, 0])
        send(ask)
        [prompt] = safety.open_prompts([person], access=therapist)
        assert ([answers for _at, answers in prompt.answers], prompt.remote) == ([{"item9": 2}], True)
        [task] = tasks.about([person], access=therapist)
        assert (task.kind, task.holder) == ("risk_prompt", northside.team)

    def test_what_stops_the_record_stops_the_sending(self, asked, person, therapist, monkeypatch):
        """All or nothing: no response without its ledger entry, no answered ask without its responses."""
        ask = asked()
        answered(ask, CALM)
        monkeypatch.setattr(actions.answering.access, "log", _broken)
        with pytest.raises(RuntimeError, match="the ledger is full"):
            send(ask)
        assert not Response.objects.exists()
        assert queries.ask(ask, access=therapist).standing is Standing.OPEN


def _broken(**_of):
    raise RuntimeError("the ledger is full")


def both_at_once(act):
    """Two threads do the same; neither takes a still clock along, so each is given one."""
    now = clock.now()

    def held():
        with clock.at(now):
            return act()

    return racing.overlapping(held, held)


@racing.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_one_moment_send_once(asked):
    ask = asked()
    answered(ask, CALM)
    first, second = both_at_once(lambda: send(ask))
    assert len(first) == 2
    assert isinstance(second, Duplicate)
    assert Response.objects.count() == 2


@racing.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_wrong_dates_at_one_moment_are_two(asked):
    ask = asked()
    token = actions.link(asked=ask, by=SYSTEM).token

    def guess():
        return actions.open_link(token=token, born=WRONG, by=PUBLIC)

    assert both_at_once(guess) == ("", "")
    assert Ask.objects.get(pk=ask).tries == 2
