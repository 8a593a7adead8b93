"""Staff ask, see how it stands, take it back, and see who is due what."""

import re
from datetime import timedelta

import pytest

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.definitions import texts
from alongside.measures import actions as measures
from tests import lives
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.usefixtures("messages_leave")
SAFE = {"phone": "07700 900123", "text_is_safe": True}


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/measures/"


def ask(therapist, path, **entered):
    return therapist.send(f"{path}ask/", **{"instruments": ["phq9", "gad7"], "channel": "sms"} | entered)


def test_from_asking_to_the_answer(therapist, life, path):
    assert ask(therapist, path).url == path
    assert "waits for an answer · message waits to be sent" in therapist.text(path)
    caseload.send_messages(by=Access.system("tick"))
    said = therapist.text(path)
    assert "PHQ-9, GAD-7 , by text message" in said
    assert "message sent" in said
    assert "open until Fri 13 March" in said
    [one] = measures.asking.Ask.objects.all()
    for place in range(1, 17):
        measures.answer(asked=one.pk, place=place, written="1", by=Access.link(one.pk))
    measures.send(asked=one.pk, by=Access.link(one.pk))
    said = therapist.text(path)
    assert ": answered" in said
    assert said.count("the person, on their own phone or computer; asked by Northside") == 2
    assert "Take back" not in said


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"channel": "email"}, "Their details do not say that an email is safe"),
        ({"instruments": []}, "Answer “What should they answer?”"),
        ({"instruments": ["bam"]}, "Choose from the answers shown"),  # its words are of the United States
    ],
)
def test_what_cannot_be_asked_says_why(therapist, path, entered, said):
    answer = ask(therapist, path, **entered)
    assert answer.status_code == 200
    assert said in words(answer)


def test_only_what_could_be_asked_here_is_offered(therapist, path):
    page = therapist.get(f"{path}ask/").content.decode()
    assert 'value="phq9"' in page
    assert 'value="bam"' not in page  # its words are of the United States


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("ask/", "The number under each is what it would add."),
        ("choose/", "The number beside each is what it would add."),
    ],
)
def test_what_it_would_add_is_said_where_somebody_is_about_to_ask(therapist, life, path, page, said):
    assert "They were asked nothing in the last 30 days." in therapist.text(path + page)
    for days, key in ((2, "phq9"), (31, "gad7")):
        at = lives.NOW - timedelta(days=days)
        measures.record_response(
            registration=life.registration, instrument=key, total=8, harm=False, completed_at=at, by=life.practitioner
        )
    asked = "In the last 30 days they were asked 9 questions (1 questionnaire)."
    assert f"{asked} {said}" in therapist.text(path + page)
    assert "7 questions" in therapist.text(path + page)


def test_what_a_clinician_fills_in_is_said_to_add_nothing(therapist, path):
    said = therapist.text(f"{path}choose/")
    assert "What a clinician fills in adds none." in said
    assert "COWS 11 questions · filled in by a clinician · by number" in said


def test_it_is_taken_back(therapist, path):
    ask(therapist, path)
    page = therapist.get(path).content.decode()
    href = page.partition('href="/measures/asked/')[2].partition('"')[0]
    assert therapist.send(f"/measures/asked/{href}").url == path
    assert "taken back" in therapist.text(path)


def test_the_list_of_what_is_due(therapist, life, path):
    lives.planned(life, lives.NOW + lives.WEEK)
    said = therapist.text("/measures/due/")
    assert "Amira Khan" in said
    assert "Fri 13 March" in said
    assert "PHQ-9 Amira Khan , GAD-7 Amira Khan" in said
    assert f'href="{path}enter/phq9/"' in therapist.get("/measures/due/").content.decode()
    ask(therapist, path, instruments=["phq9"])
    assert "PHQ-9, open until" in therapist.text("/measures/due/")


def test_what_has_no_words_is_entered_and_not_sent(world):
    life = lives.treated(world.riverside, "keyworker", given_name="Zed", family_name="Reed", **SAFE)
    keyworker = browser(world.riverside, "keyworker")
    said = keyworker.text("/measures/due/")
    assert "TOP (or AOR" in said
    assert "Nobody has checked this routine" in said
    assert "Zed Reed" in said
    assert "Ask Zed Reed" not in said
    assert f"/people/{life.registration}/measures/enter/top/" in keyworker.get("/measures/due/").content.decode()


class TestAskedAlreadyThisWeek:
    @pytest.fixture
    def joint(self, world):
        life = lives.joint(world, given_name="Amira", family_name="Khan", **SAFE)
        measures.record_response(
            registration=life.there,
            instrument="phq9",
            total=8,
            harm=False,
            completed_at=lives.NOW - lives.WEEK / 7,
            by=life.keyworker,
        )
        return f"/people/{life.registration}/measures/"

    @pytest.mark.parametrize("page", ["choose/", "enter/phq9/", "record/", "ask/"])
    def test_it_is_said_where_it_would_be_asked_again(self, world, therapist, joint, page):
        said = therapist.text(joint + page)
        assert "Asked already this week" in said
        assert "PHQ-9 , Riverside Substance Use Service, Thu 5 March . The answers serve here too until Thu 12" in said

    def test_another_questionnaire_is_not_held_up(self, therapist, joint):
        assert "Asked already" not in therapist.text(f"{joint}enter/gad7/")

    def test_whoever_asked_reads_nothing_of_it(self, world, joint):
        there = browser(world.riverside, "keyworker")
        [found] = {one for one in there.get("/caseload/").content.decode().split('"') if one.startswith("/people/reg")}
        assert "Asked already" not in there.text(f"{found}measures/choose/")


def test_nobody_elses_people_are_in_it(world, life):
    assert "Khan" not in browser(world.northside, "step2_practitioner").text("/measures/due/")
    assert "Nothing is due." in browser(world.riverside, "keyworker").text("/measures/due/")


def test_another_service_neither_asks_nor_takes_back(world, therapist, life, path):
    ask(therapist, path)
    [one] = measures.asking.Ask.objects.all()
    other = browser(world.riverside, "keyworker")
    assert other.get(f"{path}ask/").status_code == 404
    assert other.get(f"/measures/asked/{one.pk}/take-back/").status_code == 404


class TestSomebodyOfAnotherLanguage:
    """Only what would be sent is offered; what it leaves out is said by name."""

    @pytest.fixture
    def page(self, world, therapist):
        def opened(language):
            life = lives.treated(world.northside, given_name="Ewa", family_name="Nowak", language=language, **SAFE)
            return f"/people/{life.registration}/measures/ask/"

        return opened

    @pytest.fixture
    def polish(self, monkeypatch):
        """PHQ-9 in Polish, as a service might bring it; nobody's words."""
        own = texts.pack("phq9").model_copy(update={"language": "pl"})
        monkeypatch.setattr(texts, "_own", [own])

    def test_what_has_no_words_in_it_is_named_and_not_offered(self, therapist, page, polish):
        address = page("pl")
        drawn = therapist.get(address)
        assert re.findall(r'name="instruments"[^>]*value="(\w+)"', drawn.content.decode()) == ["phq9"]
        said = words(drawn)
        assert "There are no words in Polish here for these:" in said
        assert "GAD-7" in said
        assert therapist.send(address, instruments=["phq9"], channel="sms").status_code == 302

    def test_where_nothing_has_words_there_is_nothing_to_send(self, therapist, page):
        drawn = therapist.get(page("pl"))
        assert "There are no words in Polish here for these:" in words(drawn)
        assert "Send the link" not in words(drawn)
        assert 'name="instruments"' not in drawn.content.decode()

    def test_nothing_is_said_where_everything_has_words(self, therapist, page):
        assert "There are no words in" not in therapist.text(page("en"))

    def test_the_list_of_what_is_due_leads_nowhere_that_refuses(self, therapist, page):
        for language, leads in (("pl", False), ("en", True)):
            address = page(language)
            assert (f'href="{address}"' in therapist.get("/measures/due/").content.decode()) is leads
