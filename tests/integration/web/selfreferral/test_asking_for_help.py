"""The public door: one question a page, nothing saved before the end, then owned from the first second."""

import re
import time
from datetime import date, timedelta

import pytest

from alongside.definitions.help_now import help_now
from alongside.kernel import clock
from alongside.organisations.models import Service
from alongside.people import queries as people
from alongside.referral import queries
from alongside.tasks import queries as tasks
from alongside.web.selfreferral import answers, limit, views
from tests import factories
from tests.integration.web.visiting import Browser, civil, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def northside():
    return factories.partnership().northside


@pytest.fixture
def visitor(northside):
    return Browser()


def given(northside, **changes):
    usual = {
        "where": {"service": northside.id},
        "why": {"reason": "I cannot sleep"},
        "wants": {"wants": "To sleep"},
        "use": {"substance": "alcohol"},
        "amount": {"days_of_28": "20", "amount": "6"},
        "name": {"given_name": "Amira", "family_name": "Khan", "preferred_name": "Ami"},
        "born": {
            "nhs_number": "943 476 5919",
            "birth_date-day": "17",
            "birth_date-month": "4",
            "birth_date-year": "1988",
        },
        "reach": {"phone": "07700 900123", "email": "", "way": "text"},
        "needs": {"language": "ur", "interpreter": "on", "access_needs": "large print"},
    }
    return usual | changes


def walk(visitor, pages):
    for step, entered in pages.items():
        answer = visitor.send(f"/start/{step}/", **entered)
        assert answer.status_code == 302, answer.content.decode()
    return answer


def test_from_the_first_page_to_whoever_answers(northside, visitor):
    assert walk(visitor, given(northside)).url == "/start/check/"
    page = visitor.get("/start/check/").content.decode()
    assert "Amira Khan (Ami)" in page
    assert "Alcohol: 6 units on a drinking day, 20 days of the last 28 (about 30 units a week)" in page
    done = visitor.send("/start/check/", follow=True).content.decode()
    assert "A person at Northside Talking Therapies reads what you wrote." in done
    assert "They decide by" in done
    assert "Only send a text" in done
    therapist = northside.sign_in("therapist")
    [received] = queries.to_triage(access=therapist)
    assert (received.door, received.reason, received.use.unit) == ("self", "I cannot sleep", "units")
    header = people.header(received.registration, access=therapist)
    assert (header.name, header.language, header.interpreter, header.safe_contact) == (
        "Ami Khan",
        "ur",
        True,
        "Only send a text",
    )
    assert [owed.kind for owed in tasks.owed(access=therapist)] == ["triage"]
    identity, _version = people.identity(received.registration, access=therapist)
    assert (identity.text_is_safe, identity.email_is_safe, identity.may_name_us) == (True, False, False)


def test_nothing_is_saved_before_send(northside, visitor):
    walk(visitor, given(northside))
    assert queries.to_triage(access=northside.sign_in("therapist")) == []


def test_a_second_click_sends_nothing_more(northside, visitor):
    walk(visitor, given(northside))
    entered = visitor.hidden("/start/check/")
    visitor.post("/start/check/", entered)
    assert visitor.post("/start/check/", entered).url == "/start/sent/"
    assert len(queries.to_triage(access=northside.sign_in("therapist"))) == 1


def test_who_uses_nothing_is_not_asked_how_much(northside, visitor):
    pages = given(northside, use={"substance": "nothing"})
    pages.pop("amount")
    walk(visitor, {"where": pages["where"], "why": pages["why"], "wants": pages["wants"]})
    assert visitor.send("/start/use/", **pages["use"]).url == "/start/name/"


@pytest.mark.parametrize(
    ("step", "entered", "words"),
    [
        ("where", {}, "Answer “What do you want help with?”"),
        ("where", {"service": "ser_made_up"}, "Choose one of the answers shown"),
        ("why", {"reason": " "}, "Answer “What is going on?”"),
        ("use", {}, "Answer “Do you drink or use drugs?”"),
        ("name", {"given_name": "Amira", "family_name": ""}, "Enter last name"),
        ("born", {"birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "1988"}, "must be a real date"),
        ("born", civil("birth_date", date(2999, 1, 1)), "must be today or in the past"),
        ("born", civil("birth_date", date(1905, 1, 1)), "more than 120 years ago"),
        ("born", {"nhs_number": "943 476 5918"}, "This NHS number has a digit wrong"),
        ("born", {"nhs_number": "0000000000"}, "This is a filler number that belongs to nobody."),
        ("born", {"nhs_number": "9999999999"}, "This is a filler number that belongs to nobody."),
        ("born", {"nhs_number": "12"}, "An NHS number has 10 digits"),
        ("reach", {"way": "ring"}, "Enter a phone number or an email address"),
        ("reach", {"way": "email", "phone": "07700 900123"}, "Enter an email address, or choose another way."),
        ("reach", {"way": "email", "email": "ami at home"}, "Enter an email address such as"),
        ("reach", {"way": "other", "phone": "07700 900123"}, "Say how we can reach you."),
    ],
)
def test_what_cannot_be_right_is_said_on_its_page(visitor, step, entered, words):
    page = visitor.send(f"/start/{step}/", **entered)
    assert page.status_code == 200
    assert words in page.content.decode()


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"days_of_28": "29"}, "must be a whole number from 0 to 28"),
        ({"days_of_28": "07"}, "must be a whole number from 0 to 28"),
        ({"days_of_28": "2.5"}, "must be a whole number from 0 to 28"),
        ({"amount": "-1"}, "must be a number from 0 to 200"),
        ({"days_of_28": "0", "amount": "6"}, "An amount on no day of use contradicts itself."),
        ({"days_of_28": "6", "amount": "0"}, "0 on a day of use contradicts itself."),
    ],
)
def test_an_amount_that_cannot_be_right_is_said(visitor, entered, words):
    visitor.send("/start/use/", substance="alcohol")
    assert words in visitor.send("/start/amount/", **entered).content.decode()


def test_units_are_asked_of_alcohol_alone_and_contradict_nothing_else(visitor):
    visitor.send("/start/use/", substance="cannabis")
    assert visitor.send("/start/amount/", days_of_28="20", amount="0").status_code == 302


def test_an_amount_that_fits_no_longer_is_asked_for_again(northside, visitor):
    walk(visitor, given(northside, use={"substance": "cannabis"}, amount={"days_of_28": "20", "amount": "0"}))
    visitor.send("/start/use/", substance="alcohol")
    assert visitor.get("/start/check/").url == "/start/amount/"


def test_a_skipped_page_is_asked_for(northside, visitor):
    pages = given(northside)
    pages.pop("wants")
    walk(visitor, pages)
    assert visitor.get("/start/check/").url == "/start/wants/"
    assert visitor.send("/start/check/").url == "/start/wants/"
    assert queries.to_triage(access=northside.sign_in("therapist")) == []


def test_a_change_goes_straight_back_to_reading_it_over(northside, visitor):
    walk(visitor, given(northside))
    assert visitor.send("/start/why/", reason="Worry").url == "/start/check/"
    assert "Worry" in visitor.get("/start/check/").content.decode()


def test_leaving_quickly_forgets_everything(northside, visitor):
    walk(visitor, given(northside))
    answer = visitor.get("/start/leave/")
    assert answer.url.startswith("https://www.bbc.co.uk/")
    assert answers.KEPT not in visitor.session
    assert "I cannot sleep" not in visitor.get("/start/why/").content.decode()


def test_answers_are_forgotten_after_an_hour(northside, visitor):
    walk(visitor, given(northside))
    session = visitor.session
    session[answers.BEGUN] = int(time.time()) - answers.LONGEST - 1
    session.save()
    assert visitor.get("/start/check/").url == "/start/where/"


def test_after_sending_the_session_keeps_no_answer(northside, visitor):
    walk(visitor, given(northside))
    visitor.send("/start/check/")
    assert answers.KEPT not in visitor.session
    assert "Khan" not in str(dict(visitor.session))


def test_somebody_in_danger_is_not_told_that_numbers_were_not_checked(northside, visitor):
    assert "checked" not in words(visitor.get("/start/"))
    staff = Browser()
    staff.force_login(factories.User.objects.get(practitioner=northside.sign_in("therapist").actor))
    assert "Nobody in your service has checked the numbers under “Help now”" in staff.text("/referrals/")


def test_a_local_line_that_nobody_checked_says_what_to_do_if_it_is_wrong(northside, visitor, monkeypatch):
    usual = help_now("uk")
    local = usual.lines[0].model_copy(update={"local": True, "name": "Northside crisis line"})
    lines = (local, *usual.lines[1:])
    monkeypatch.setattr(views, "help_in", lambda _: (usual.model_copy(update={"lines": lines}),))
    said = words(visitor.get("/start/"))
    assert said.count("If nobody answers, ring 111 and choose option 2.") == 1


def test_whoever_declines_a_self_referral_tells_the_person(northside, visitor):
    walk(visitor, given(northside))
    visitor.send("/start/check/")
    therapist = northside.sign_in("therapist")
    [received] = queries.to_triage(access=therapist)
    staff = Browser()
    staff.force_login(factories.User.objects.get(practitioner=therapist.actor))
    said = staff.text(f"/referrals/{received.id}/decline/")
    assert "Whoever referred them" not in said
    assert "You tell the person yourself what was decided and what you offer." in said
    assert "You tell the person this yourself, in words they can use." in said


def test_help_now_stands_on_every_page(northside, visitor):
    for path in ("/start/", "/start/where/", "/start/why/"):
        page = visitor.get(path).content.decode()
        assert 'href="tel:999"' in page
        assert 'href="tel:116123"' in page
        assert "Leave this page quickly" in page


def numbers(visitor, path):
    return re.findall(r'href="tel:(\d+)"', visitor.get(path).content.decode().partition("<main")[0])


def test_help_now_is_of_the_country_of_the_service_that_they_choose(northside, visitor):
    elsewhere = factories.partnership("us").northside
    both = ["999", "111", "116123", "911", "988"]
    assert numbers(visitor, "/start/") == both
    assert "In the United States" in visitor.text("/start/")
    assert numbers(visitor, "/start/where/") == both
    walk(visitor, given(elsewhere, amount={"days_of_28": "28", "amount": "20"}))
    assert numbers(visitor, "/start/why/") == both[3:]
    assert numbers(visitor, "/start/check/") == both[3:]
    said = words(visitor.send("/start/check/", follow=True))
    assert "call 911" in said  # the signs of an emergency for somebody who drinks so much
    assert "999" not in said
    assert "In the United States" not in said
    visitor.get("/start/leave/")
    walk(visitor, given(northside))
    assert numbers(visitor, "/start/why/") == both[:3]


@pytest.mark.parametrize("path", ["/start/nowhere/", "/start/check/x/"])
def test_a_page_that_is_not_one_is_not_there(visitor, path):
    assert visitor.get(path).status_code == 404


def test_somebody_known_and_somebody_new_read_the_same(northside, visitor):
    known = Browser()
    factories.registered(northside, given_name="Amira", family_name="Khan")
    pages = []
    for client in (visitor, known):
        walk(client, given(northside))
        pages.append(client.send("/start/check/", follow=True).content)
    assert pages[0] == pages[1]


class TestALimit:
    """Of forms sent from one connection in an hour: one more is refused, and says what to do instead."""

    @pytest.fixture(autouse=True)
    def _two(self, monkeypatch):
        monkeypatch.setattr(limit, "MOST", 2)

    def send(self, northside, address="192.0.2.7"):
        visitor = Browser(REMOTE_ADDR=address)
        walk(visitor, given(northside))
        return visitor.send("/start/check/")

    def waiting(self, northside):
        return len(queries.to_triage(access=northside.sign_in("therapist")))

    def test_one_more_is_refused_and_the_service_may_be_rung(self, northside):
        assert [self.send(northside).status_code for _ in range(3)] == [302, 302, 429]
        assert self.waiting(northside) == 2

    def test_it_says_what_to_do_and_keeps_what_was_written(self, northside):
        for _ in range(2):
            self.send(northside)
        said = words(self.send(northside))
        assert "This was not sent" in said
        assert "after 16:00" in said
        assert "Amira Khan (Ami)" in said

    def test_another_connection_and_the_next_hour_are_not_held_up(self, northside):
        for _ in range(3):
            self.send(northside)
        assert self.send(northside, "192.0.2.8").status_code == 302
        with clock.at(clock.now() + timedelta(hours=1)):
            assert self.send(northside).status_code == 302

    def test_it_counts_for_the_whole_hour(self, northside, monkeypatch):
        for _ in range(2):
            self.send(northside)
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 3000)  # the cache's own clock, fifty minutes on
        assert self.send(northside).status_code == 429

    def test_a_connection_cannot_choose_itself_another_address(self, northside):
        sent = [self.send(northside, f"2001:db8:1:2::{end}").status_code for end in range(1, 4)]
        assert sent == [302, 302, 429]

    def test_a_second_click_does_not_count(self, northside, visitor):
        walk(visitor, given(northside))
        entered = visitor.hidden("/start/check/")
        for _ in range(3):
            visitor.post("/start/check/", entered)
        assert self.send(northside, "127.0.0.1").status_code == 302
        assert self.waiting(northside) == 2


@pytest.mark.parametrize(
    ("days", "units", "said"),
    [("28", "16", True), ("28", "15", False), ("14", "31", True), ("", "40", False)],  # 15 a day over all 28 days
)
def test_whoever_drinks_a_lot_every_day_reads_not_to_stop_suddenly(northside, visitor, days, units, said):
    walk(visitor, given(northside, amount={"days_of_28": days, "amount": units}))
    done = words(visitor.send("/start/check/", follow=True))
    assert ("Do not stop suddenly" in done) is said
    assert ("is an emergency: ring 999" in done) is said
    assert "To plan it safely" not in done  # the service has given no number, and none is made up


def test_they_read_the_number_of_the_service_where_it_has_given_one(northside, visitor):
    Service.objects.filter(pk=northside.id).update(phone="01632 960 123")
    walk(visitor, given(northside, amount={"days_of_28": "28", "amount": "16"}))
    done = words(visitor.send("/start/check/", follow=True))
    assert "To plan it safely, ring Northside Talking Therapies: 01632 960 123" in done
