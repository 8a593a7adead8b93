"""Answering from a link: a second fact, one question a page, kept as one goes, help at once, sent once."""

import re
import time
from datetime import timedelta

import pytest

from alongside.access.context import Access
from alongside.definitions import texts
from alongside.definitions.instruments import instruments
from alongside.kernel import clock
from alongside.measures import actions, queries
from alongside.measures.rules import asking
from alongside.organisations.models import Service
from alongside.safety import queries as safety
from alongside.web.answering import kept, views
from tests import lives
from tests.integration.web.visiting import Browser, civil, words
from tests.packs import PACKS

SYSTEM = Access.system("tick")
BORN = civil("born", lives.factories.SOMEBODY.birth_date)
WRONG = BORN | {"born-day": "18"}
CALM = ["1"] * 8 + ["0"] + ["2", "1", "0"]
HARM = ["1"] * 8 + ["2"] + ["2", "1", "0"]


@pytest.fixture
def ask(life, messages_leave):
    return lambda *keys: actions.ask(
        registration=life.registration,
        instruments=keys or ("phq9", "audit_c"),
        channel="sms",
        by=life.practitioner,
    )


@pytest.fixture
def link(ask):
    return _path(ask())


def _path(ask):
    return f"/answer/{actions.link(asked=ask, by=SYSTEM).token}/"


@pytest.fixture
def visitor(link):
    return Browser()


def opened(visitor, link):
    assert visitor.send(link, **BORN).status_code == 302
    return visitor


def walk(visitor, link, answers, start=1):
    for place, answer in enumerate(answers, start):
        sent = visitor.send(f"{link}{place}/", answer=answer)
        assert sent.status_code == 302, words(sent)
    return sent


class TestTheSecondFact:
    def test_nothing_is_said_before_it(self, visitor, link):
        page = visitor.get(link).content.decode()
        for hidden in ("Amira", "Khan", "Northside", "PHQ", "Alongside"):
            assert hidden not in page.replace("Alongside: ", "")
        assert "Date of birth" in page
        assert 'name="robots" content="noindex' in page
        assert "Leave this page" in page
        assert 'href="tel:116123"' in page

    def test_it_opens_the_first_question(self, visitor, link):
        answer = visitor.send(link, **BORN)
        assert answer.url == f"{link}1/"
        said = visitor.text(answer.url)
        assert "Question 1 of 12" in said
        assert "Little interest or pleasure in doing things" in said
        assert "Over the last 2 weeks" in said

    @pytest.mark.parametrize("path", ["1/", "12/", "check/", "help/"])
    def test_no_page_opens_without_it(self, visitor, link, path):
        assert visitor.get(link + path).url == link

    def test_wrong_unknown_old_used_and_taken_back_read_alike(self, visitor, link, ask, life):
        other = ask("gad7")
        gone = _path(other)
        actions.withdraw_ask(ask=other, by=life.practitioner)
        pages = {words(visitor.send(path, **BORN)) for path in (gone, "/answer/nonsense/", f"/answer/{'x' * 22}/")}
        pages.add(words(visitor.send(link, **WRONG)))
        with clock.at(lives.NOW + timedelta(days=7)):
            pages.add(words(visitor.send(link, **BORN)))
        opened(visitor, link)
        walk(visitor, link, CALM)
        visitor.send(f"{link}check/")
        pages.add(words(Browser().send(link, **WRONG)))
        with clock.at(lives.NOW + timedelta(days=7)):
            pages.add(words(Browser().send(link, **BORN)))
        assert len(pages) == 1
        assert "This did not open." in pages.pop()

    def test_after_five_wrong_dates_the_right_one_does_not_open_it(self, visitor, link):
        for _ in range(asking.TRIES):
            visitor.send(link, **WRONG)
        assert "This did not open." in words(visitor.send(link, **BORN))

    def test_from_one_connection_only_so_many_are_tried(self, visitor, link, monkeypatch):
        monkeypatch.setattr(views, "MOST", 2)
        assert [visitor.send("/answer/nonsense/", **BORN).status_code for _ in range(3)] == [200, 200, 429]
        refused = visitor.send(link, **BORN)
        assert refused.status_code == 429
        assert "Try again after 16:00" in words(refused)
        assert Browser(REMOTE_ADDR="192.0.2.8").send(link, **BORN).status_code == 302
        with clock.at(lives.NOW + timedelta(hours=1)):
            assert visitor.send(link, **BORN).status_code == 302

    def test_its_example_is_a_date_that_somebody_was_born_on(self, visitor, link):
        assert "For example, 31 3 1980" in visitor.text(link)

    def test_a_date_that_is_none_is_said(self, visitor, link):
        assert "must be a real date" in words(visitor.send(link, **(BORN | {"born-day": "31", "born-month": "2"})))

    def test_one_link_opened_opens_no_other(self, visitor, link, ask):
        opened(visitor, link)
        other = _path(ask("gad7"))
        assert visitor.get(f"{other}1/").url == other

    def test_it_is_kept_out_of_caches_and_indexes_and_sends_no_referrer_elsewhere(self, visitor, link):
        for path in (link, f"{link}1/"):
            answer = visitor.get(path)
            assert answer["Cache-Control"] == "no-store"
            assert "noindex" in answer["X-Robots-Tag"]
            assert answer["Referrer-Policy"] == "same-origin"
        assert visitor.get("/answer/leave/").url.startswith("https://www.bbc.co.uk/")


class TestQuestions:
    @pytest.fixture(autouse=True)
    def _opened(self, visitor, link):
        opened(visitor, link)

    def test_an_answer_is_kept_at_once_and_goes_on_elsewhere(self, visitor, link):
        assert walk(visitor, link, ["3", "2"]).url == f"{link}3/"
        another = opened(Browser(), link)
        assert another.get(link).url == f"{link}3/"
        page = another.get(f"{link}2/").content.decode()
        assert 'value="2" checked' in " ".join(page.split())

    def test_no_answer_is_no_answer(self, visitor, link):
        for entered in ({}, {"answer": ""}, {"answer": "7"}, {"leave_out": "1"}):
            answer = visitor.send(f"{link}1/", **entered)
            assert answer.status_code == 200
        assert "Choose an answer." in words(visitor.send(f"{link}1/"))
        assert visitor.get(link).url == f"{link}1/"

    def test_back_leads_to_the_question_before(self, visitor, link):
        walk(visitor, link, ["1"])
        assert f'href="{link}1/"' in visitor.get(f"{link}2/").content.decode()
        assert "nhsuk-back-link" not in visitor.get(f"{link}1/").content.decode()

    @pytest.mark.parametrize("path", ["0/", "13/", "99/"])
    def test_a_question_that_is_none_leads_on(self, visitor, link, path):
        assert visitor.get(link + path).url == f"{link}1/"

    def test_the_check_page_waits_for_every_answer(self, visitor, link):
        walk(visitor, link, ["1"])
        assert visitor.get(f"{link}check/").url == f"{link}2/"
        assert visitor.send(f"{link}check/").url == f"{link}2/"

    def test_a_change_comes_straight_back_to_reading_it_over(self, visitor, link):
        assert walk(visitor, link, CALM).url == f"{link}check/"
        assert visitor.send(f"{link}1/", answer="3").url == f"{link}check/"
        assert "Nearly every day" in visitor.text(f"{link}check/")

    def test_after_half_an_hour_alone_it_asks_again_who_it_is(self, visitor, link, monkeypatch):
        walk(visitor, link, ["1"])
        now = time.time()
        monkeypatch.setattr(kept.time, "time", lambda: now + kept.LONGEST + 1)
        assert visitor.get(f"{link}2/").url == link
        monkeypatch.undo()
        assert opened(Browser(), link).get(link).url == f"{link}2/"  # nothing was lost

    def test_leaving_asks_again_too(self, visitor, link):
        visitor.get("/answer/leave/")
        assert visitor.get(f"{link}1/").url == link

    def test_taken_back_meanwhile_it_ends(self, visitor, link, life):
        [one] = queries.asks([life.registration], access=life.practitioner)
        actions.withdraw_ask(ask=one.id, by=life.practitioner)
        assert visitor.send(f"{link}1/", answer="1").url == link


def test_what_does_not_apply_is_not_asked(ask, visitor):
    path = _path(ask("pc_ptsd_5"))
    opened(visitor, path)
    assert "Question 1 of 6" in visitor.text(f"{path}1/")
    assert visitor.send(f"{path}1/", answer="0").url == f"{path}check/"
    assert visitor.get(f"{path}2/").url == f"{path}check/"
    assert visitor.send(f"{path}1/", answer="1").url == f"{path}2/"


def test_a_question_may_be_left_out_where_the_instrument_allows_it(visitor, link, ask, monkeypatch):
    """No instrument whose words we ship allows it, so one is lent words here."""
    core = next(one for one in instruments() if one.key == "core10")
    phq9 = asking.words_of(next(one for one in instruments() if one.key == "phq9"), "en", "uk")
    lent = phq9.model_copy(update={"items": (*phq9.items, phq9.items[0]), "answers": ()})
    monkeypatch.setattr(asking, "words_of", lambda measure, *place: lent if measure is core else phq9)
    path = _path(ask("core10"))
    opened(visitor, path)
    assert "I would rather not answer this one" in visitor.text(f"{path}1/")
    assert visitor.send(f"{path}1/", leave_out="1").url == f"{path}2/"
    assert "I would rather not answer this one" not in visitor.text(f"{path}2/")
    assert visitor.send(f"{path}2/", leave_out="1").status_code == 200
    opened(visitor, link)
    assert "rather not" not in visitor.text(f"{link}1/")


class TestSelfHarm:
    @pytest.fixture(autouse=True)
    def _opened(self, visitor, link):
        opened(visitor, link)

    def test_help_stands_on_the_next_page(self, visitor, link):
        walk(visitor, link, HARM[:8])
        answer = visitor.send(f"{link}9/", answer="1")
        assert answer.url == f"{link}help/"
        said = visitor.text(answer.url)
        assert "Nobody watches this form while you fill it in." in said
        assert "Nobody sees your answers before you press “Send”." in said
        assert re.search(r"talks with you by 17:00 ?, Fri 6 March", said)
        assert "116 123" in said
        assert "Go on with the questions" in said
        assert visitor.get(link).url == f"{link}10/"

    def test_from_there_it_can_be_sent_at_once(self, visitor, link, life):
        """The rest of a long list must not stand between the answer and whoever is on duty."""
        walk(visitor, link, HARM[:9])
        page = visitor.get(f"{link}help/").content.decode()
        assert f'href="{link}check/?now">Send what I have answered</a>' in page
        said = visitor.text(f"{link}check/?now")
        assert "You have not answered everything. That is all right" in said
        assert said.count("Not answered") == 3  # AUDIT-C, which was not begun
        said = words(visitor.send(f"{link}check/?now", follow=True))
        assert "We will talk with you" in said
        [prompt] = safety.open_prompts([life.registration], access=life.practitioner)
        assert (prompt.remote, [answers for _at, answers in prompt.answers]) == (True, [{"item9": 2}])
        assert list(queries.series([life.registration], access=life.practitioner)) == ["phq9"]
        assert visitor.get(link).status_code == 200, "the link is used up"

    def test_a_questionnaire_in_the_middle_goes_without_a_score(self, visitor, link, life):
        walk(visitor, link, ["2"], start=9)
        visitor.send(f"{link}check/?now")
        assert queries.series([life.registration], access=life.practitioner) == {}
        [prompt] = safety.open_prompts([life.registration], access=life.practitioner)
        assert [answers for _at, answers in prompt.answers] == [{"item9": 2}]

    def test_without_now_or_any_answer_it_is_not_sent_half(self, visitor, link):
        assert visitor.get(f"{link}check/?now").url == f"{link}1/"
        walk(visitor, link, HARM[:9])
        assert visitor.get(f"{link}check/").url == f"{link}10/"

    def test_not_at_all_goes_on_as_ever(self, visitor, link):
        walk(visitor, link, CALM[:8])
        assert visitor.send(f"{link}9/", answer="0").url == f"{link}10/"

    def test_at_the_end_it_stands_again_and_goes_to_the_rota(self, visitor, link, life, world):
        walk(visitor, link, HARM)
        assert "Nobody watches this form" in visitor.text(f"{link}check/")
        said = words(visitor.send(f"{link}check/", follow=True))
        assert "We will talk with you" in said
        assert "Nobody watches this page." in said
        [prompt] = safety.open_prompts([life.registration], access=life.practitioner)
        assert (prompt.remote, [answers for _at, answers in prompt.answers]) == (True, [{"item9": 2}])

    def test_without_it_the_end_is_calm(self, visitor, link):
        walk(visitor, link, CALM)
        said = words(visitor.send(f"{link}check/", follow=True))
        assert "We will talk with you" not in said
        assert "Whoever works with you at Northside Talking Therapies sees your answers before you next meet." in said


class TestSending:
    @pytest.fixture(autouse=True)
    def _answered(self, visitor, link):
        walk(opened(visitor, link), link, CALM)

    def test_it_stands_in_the_record(self, visitor, link, life):
        assert visitor.send(f"{link}check/").url == "/answer/sent/"
        series = queries.series([life.registration], access=life.practitioner)
        assert {key: int(found[-1].value) for key, found in series.items()} == {"phq9": 8, "audit_c": 3}
        assert {found[-1].episode for found in series.values()} == {life.episode}

    def test_a_second_click_counts_once(self, visitor, link, life):
        entered = visitor.hidden(f"{link}check/")
        for _ in range(3):
            assert visitor.post(f"{link}check/", entered).url == "/answer/sent/"
        assert len(queries.results([life.registration], access=life.practitioner)) == 2

    def test_two_telephones_count_once(self, visitor, link, life):
        another = opened(Browser(), link)
        entered = another.hidden(f"{link}check/")
        visitor.send(f"{link}check/")
        assert another.post(f"{link}check/", entered).status_code == 302
        assert len(queries.results([life.registration], access=life.practitioner)) == 2

    def test_afterwards_the_link_is_used_up(self, visitor, link):
        visitor.send(f"{link}check/")
        assert visitor.get(f"{link}1/").url == link
        assert "Your answers were already sent" in words(visitor.send(link, **BORN))

    def test_another_telephone_of_theirs_is_told_that_it_is_sent(self, visitor, link):
        half_way = opened(Browser(), link)
        visitor.send(f"{link}check/")
        assert half_way.get(f"{link}3/").url == link
        for telephone in (half_way, Browser()):
            said = words(telephone.send(link, **BORN))
            assert "Your answers were already sent" in said
            assert "This did not open" not in said
            assert "Northside" in said
            assert "Question" not in said
            assert telephone.get(f"{link}1/").url == link  # it is told, and opens nothing

    def test_the_session_keeps_no_answer_and_no_name(self, visitor, link):
        visitor.send(f"{link}check/")
        assert "Khan" not in str(dict(visitor.session))
        assert "phq9" not in str(dict(visitor.session))
        assert Browser().get("/answer/sent/").status_code == 404


def test_the_pages_promise_the_day_that_the_message_does(visitor, link):
    opened(visitor, link)
    assert "until Thu 12 March" in visitor.text(f"{link}1/")  # it ends on the 13th at three


def test_the_day_is_that_of_where_the_service_is(visitor, link, life):
    Service.objects.filter(pk=life.practitioner.service).update(zone="Pacific/Auckland")
    opened(visitor, link)
    assert "until Fri 13 March" in visitor.text(f"{link}1/")


def test_what_was_sent_is_not_shown_to_whoever_finds_the_telephone(visitor, link, monkeypatch):
    opened(visitor, link)
    walk(visitor, link, CALM)
    visitor.send(f"{link}check/")
    assert visitor.get("/answer/sent/").status_code == 200
    later = time.time() + kept.LONGEST + 1
    monkeypatch.setattr(kept.time, "time", lambda: later)
    assert visitor.get("/answer/sent/").status_code == 404


def test_no_question_is_called_optional(visitor, link):
    opened(visitor, link)
    assert "(optional)" not in visitor.text(f"{link}1/")


class TestDoNotStopSuddenly:
    """The person reads it too, where their own answers are a sign of possible dependence on alcohol."""

    @pytest.fixture
    def link(self, ask, monkeypatch):
        monkeypatch.setattr(texts, "_own", [])
        texts.use_packs_from(PACKS)
        return _path(ask("audit"))

    @pytest.mark.parametrize(("last", "said"), [("4", True), ("2", False)])  # 20 and 18
    def test_after_answers_that_are_a_sign(self, visitor, link, last, said):
        opened(visitor, link)
        walk(visitor, link, ["2"] * 8 + ["0", last])
        assert visitor.send(f"{link}check/").url == "/answer/sent/"
        shown = visitor.text("/answer/sent/")
        assert ("Do not stop suddenly" in shown) is said
        assert ("ring 999 or go to A&E" in shown) is said
        assert "AUDIT" not in shown

    @pytest.mark.parametrize("phone", ["01632 960 123", ""])
    def test_the_number_of_the_service_is_there_where_it_has_given_one(self, visitor, link, life, phone):
        Service.objects.filter(pk=life.service.id).update(phone=phone)
        opened(visitor, link)
        walk(visitor, link, ["2"] * 8 + ["0", "4"])
        visitor.send(f"{link}check/")
        assert ("To plan it safely, ring Northside" in visitor.text("/answer/sent/")) is bool(phone)
        assert ('href="tel:01632960123"' in visitor.get("/answer/sent/").content.decode()) is bool(phone)
