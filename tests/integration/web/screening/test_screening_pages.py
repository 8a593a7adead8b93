"""Screening on the pages: a row a topic, one form for several, one click from a questionnaire, and each step that
follows."""

import re
from datetime import timedelta

import pytest

from alongside.consultation import actions as consultation
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.people.rules import Correcting
from alongside.screening import actions, queries
from alongside.screening.models import Screening
from alongside.screening.rules import Asked, State, Step
from alongside.sharing import actions as sharing
from tests import factories, lives
from tests.integration.web.visiting import browser, civil, cost, words

TODAY = lives.NOW.date()
AS_DRAWN = dict.fromkeys(["alcohol", "drugs", "tobacco", "gambling"], "not_today") | civil("date", TODAY)


@pytest.fixture
def life(world):
    return lives.joint(world, given_name="Amira", family_name="Khan")


@pytest.fixture
def page(life):
    return f"/people/{life.registration}/screening/"


@pytest.fixture
def keyworker(world):
    return browser(world.riverside, "keyworker")


def ask(life, topic="alcohol", found="positive", **changes):
    usual = {"registration": life.registration, "asked": [Asked(topic, found)], "by": life.practitioner}
    return actions.record(**usual | changes)[0]


def their(life, topic, found):
    return ask(life, topic, found, registration=life.there, by=life.keyworker)


def answer(life, instrument="audit_c", total=7):
    return measures.record_response(
        registration=life.registration,
        instrument=instrument,
        total=total,
        completed_at=clock.now(),
        harm=False,
        by=life.practitioner,
    )


def states(life):
    return {one.topic: one.state for one in queries.screenings([life.registration], access=life.practitioner)}


class TestThePersonsPage:
    def test_what_nobody_asked_yet_is_there_by_topic(self, therapist, page):
        said = therapist.text(page)
        for topic in ("Alcohol", "Drugs", "Tobacco", "Gambling"):
            assert f"{topic} Not asked yet in this stay" in said
        assert "Mood" not in said
        assert "There may be more: ask the person." in said

    def test_a_substance_use_service_asks_about_mood(self, keyworker, life):
        said = keyworker.text(f"/people/{life.there}/screening/")
        assert "Mood Not asked yet in this stay" in said
        assert "Alcohol Not asked" not in said

    def test_a_yes_leads_to_its_next_step(self, therapist, life, page):
        made = ask(life)
        answer = therapist.get(page).content.decode()
        assert f'href="/screening/{made}/"' in answer
        assert "Yes: to be talked about" in answer

    def test_what_is_owed_leads_there_too(self, therapist, life):
        made = ask(life)
        assert f'href="/screening/{made}/"' in therapist.get("/owed/").content.decode()
        assert "Talk about what screening found" in therapist.text("/owed/")

    def test_what_the_other_service_asked_is_not_asked_twice(self, keyworker, therapist, life, page):
        ask(life, "mood", "negative")
        said = keyworker.text(f"/people/{life.there}/screening/")
        assert "Do not make them say it twice" in said
        assert "Northside Talking Therapies, 6 March 2026. Asked: no." in said
        their(life, "gambling", "positive")
        assert "Riverside Substance Use Service, 6 March 2026. Asked: yes." in therapist.text(page)

    def test_a_kind_that_is_closed_shows_nothing(self, keyworker, life):
        ask(life, "mood", "negative")
        answer(life, "phq9", 12)
        sharing.stop(
            registration=life.registration,
            recipient=f"service:{life.keyworker.service}",
            by=life.practitioner,
        )
        said = keyworker.text(f"/people/{life.there}/screening/")
        assert "twice" not in said
        assert "PHQ-9 12" not in said

    def test_an_answer_of_an_earlier_stay_is_asked_again(self, therapist, world):
        known = lives.treated(world.northside, given_name="Sam")
        ask(known, "drugs", "negative", asked_at=lives.NOW - 30 * lives.WEEK)
        said = therapist.text(f"/people/{known.registration}/screening/")
        assert "Drugs Not asked yet in this stay" in said
        assert "Earlier" in said

    def test_when_the_next_step_is_due_and_that_nobody_agreed_that_yet(self, therapist, life, page):
        assert "your services have not agreed them yet" not in therapist.text(page)
        ask(life)
        said = therapist.text(page)
        assert "Next step: you" in said
        assert "your services have not agreed them yet" in said

    def test_it_costs_the_same_however_much_was_asked(self, therapist, life, page):
        ask(life, "gambling", "negative")
        few = cost(therapist, page)
        for topic in ("alcohol", "drugs", "tobacco", "gambling"):
            ask(life, topic, "negative")
            their(life, topic, "negative")
        assert cost(therapist, page) == few <= 13

    def test_the_desk_has_no_such_page(self, world, life, page):
        assert browser(world.northside, "administrator").get(page).status_code == 403

    def test_somebody_elses_person_is_not_there(self, page):
        stranger = factories.partnership().northside
        assert browser(stranger, "therapist").get(page).status_code == 404


class TestRecording:
    def test_nothing_is_asked_unless_it_is_said(self, therapist, page):
        drawn = therapist.get(f"{page}record/").content.decode()
        assert re.findall(r'name="(\w+)" type="radio" value="not_today" checked', drawn) == [
            "alcohol",
            "drugs",
            "tobacco",
            "gambling",
        ]

    def test_several_at_once(self, therapist, life, page):
        sent = therapist.send(f"{page}record/", **AS_DRAWN | {"alcohol": "positive", "drugs": "negative"})
        assert sent.url == page
        assert states(life) == {"alcohol": "positive", "drugs": "negative"}
        assert "Saved: 2 topics." in therapist.text(page)

    def test_none_is_refused(self, therapist, page):
        assert "at least one of these" in words(therapist.send(f"{page}record/", **AS_DRAWN))

    def test_the_same_form_twice_is_one(self, therapist, life, page):
        path = f"{page}record/"
        entered = therapist.hidden(path) | AS_DRAWN | {"tobacco": "negative"}
        assert therapist.post(path, entered).status_code == therapist.post(path, entered).status_code == 302
        assert states(life) == {"tobacco": "negative"}

    def test_the_same_yes_twice_is_one(self, therapist, life, page):
        """What is open is not asked about again: the second form finds its own first one before that."""
        path = f"{page}record/"
        entered = therapist.hidden(path) | AS_DRAWN | {"tobacco": "positive", "drugs": "negative"}
        therapist.post(path, entered)
        assert therapist.post(path, entered).status_code == 302
        assert len(queries.screenings([life.registration], access=life.practitioner)) == 2

    def test_what_is_open_is_not_asked_about_again(self, therapist, life, page):
        ask(life)
        said = therapist.text(f"{page}record/")
        assert "Already a yes, and open: Alcohol." in said
        assert 'name="alcohol"' not in therapist.get(f"{page}record/").content.decode()

    def test_a_service_without_a_list_may_ask_about_everything(self, world):
        from alongside.organisations import actions as organisations

        made = organisations.add_service(
            partnership=world.id, name="Harbour", kind="housing", organisation="A trust", by=factories.SETTING_UP
        )
        team = organisations.add_team(service=made, name="Team", by=factories.SETTING_UP)
        harbour = factories.Service(made, "Harbour", team)
        known = lives.treated(harbour, given_name="Ola")
        worker = browser(harbour, "therapist")
        assert 'name="trauma"' in worker.get(f"/people/{known.registration}/screening/record/").content.decode()
        assert "Not asked yet" not in worker.text(f"/people/{known.registration}/screening/")


class TestFromAQuestionnaire:
    def test_a_positive_one_is_recorded_in_one_click(self, therapist, life, page):
        response = answer(life)
        said = therapist.text(page)
        assert "AUDIT-C 7 reaches its cut-off: it suggests yes." in said
        path = f"{page}alcohol/{response}/"
        sent = therapist.send(path, on=page, found="positive")
        assert sent.url == page
        [made] = queries.screenings([life.registration], access=life.practitioner)
        assert (made.topic, made.state, made.response) == ("alcohol", State.POSITIVE, response)
        assert "it suggests" not in therapist.text(page)

    def test_the_practitioner_may_say_something_else(self, therapist, life, page):
        path = f"{page}alcohol/{answer(life)}/"
        assert "What was found is yours to say" in therapist.text(path)
        therapist.send(path, found="negative")
        assert states(life) == {"alcohol": "negative"}

    def test_an_unchecked_cutoff_says_so(self, therapist, life, page):
        answer(life, "fast", 4)
        assert "Nobody has checked this cut-off against its source yet." in therapist.text(page)

    def test_where_no_cutoff_fits_the_practitioner_says(self, therapist, life, page):
        answer(life, "dudit", 8)  # its cut-offs are by sex, and theirs is not recorded
        assert "It has no cut-off here that decides: you say what you found." in therapist.text(page)

    def test_a_no_that_stands_is_not_said_again(self, therapist, life, page):
        with clock.at(lives.NOW - timedelta(hours=2)):
            ask(life, "alcohol", "negative")
        with clock.at(lives.NOW - timedelta(hours=1)):
            answer(life, total=2)
        assert "it suggests" not in therapist.text(page)
        answer(life, total=9)
        assert "it suggests yes" in therapist.text(page)

    def test_a_questionnaire_that_was_put_right_leaves_a_doubt(self, therapist, life, page):
        response = answer(life)
        ask(life, asked=[Asked("alcohol", "positive", response)])
        assert "was put right since" not in therapist.text(page)
        measures.correct_response(response=response, total=1, why=Correcting("A slip"), by=life.practitioner)
        assert "The questionnaire behind this was put right since." in therapist.text(page)

    def test_the_form_of_a_questionnaire_leads_back(self, therapist, life, page):
        href = f"/people/{life.registration}/measures/enter/audit_c/?then=screening"
        assert f'href="{href}"' in therapist.get(page).content.decode()
        items = {f"audit_c_item{number}": "2" for number in (1, 2, 3)}
        assert therapist.send(href, **civil("date", TODAY), **items).url == page
        assert "reaches its cut-off" in therapist.text(page)

    @pytest.mark.parametrize("made_up", ["alcohol/rsp_0000000000/", "weather/rsp_0000000000/"])
    def test_what_was_never_answered_is_not_there(self, therapist, page, made_up):
        assert therapist.get(page + made_up).status_code == 404


class TestTakingItOn:
    def test_talked_about_and_offered_in_one_go(self, therapist, life, page):
        made = ask(life)
        path = f"/screening/{made}/"
        sent = therapist.send(path, discussed="Drinks alone", following="offered", offered="A talk with Riverside")
        assert sent.url == page
        said = therapist.text(page)
        assert "Help offered: see that it starts" in said
        assert "Drinks alone" in said
        assert "A talk with Riverside" in said

    def test_an_offer_says_what(self, therapist, life):
        path = f"/screening/{ask(life)}/"
        assert "Say what you offered." in words(therapist.send(path, following="offered"))
        assert states(life) == {"alcohol": "positive"}

    def test_it_starts_with_a_question_that_was_asked(self, therapist, world, life, page):
        made = ask(life)
        actions.take_on(screening=made, steps=[Step("discussed"), Step("offered", "Ask them")], by=life.practitioner)
        one = {"registration": life.registration, "answering_service": world.riverside.id, "text": "Cut down how?"}
        asked = consultation.ask(**one, by=life.practitioner)
        assert "The question of 6 March 2026: Cut down how?" in therapist.text(f"/screening/{made}/")
        therapist.send(f"/screening/{made}/", following=asked)
        assert f'href="/consultations/{asked}/"' in therapist.get(page).content.decode()
        assert states(life) == {"alcohol": "started"}

    def test_the_same_form_twice_is_one(self, therapist, life):
        path = f"/screening/{ask(life)}/"
        entered = therapist.hidden(path) | {"following": "later"}
        assert therapist.post(path, entered).status_code == therapist.post(path, entered).status_code == 302
        assert states(life) == {"alcohol": "discussed"}

    def test_whoever_comes_second_is_told(self, therapist, life):
        made = ask(life)
        path = f"/screening/{made}/"
        entered = therapist.hidden(path) | {"following": "offered", "offered": "A group"}
        actions.take_on(screening=made, steps=[Step("discussed")], by=life.practitioner)
        assert "Somebody has taken this on since you opened it" in words(therapist.post(path, entered))
        assert states(life) == {"alcohol": "discussed"}

    def test_when_it_is_over_there_is_nothing_to_say(self, therapist, life, page):
        made = ask(life)
        actions.take_on(screening=made, steps=[Step("in_treatment", "With us")], by=life.practitioner)
        assert therapist.get(f"/screening/{made}/").url == page

    def test_the_other_service_has_no_such_page(self, keyworker, life):
        made = ask(life)
        for path in ("", "correct/", "wrong-person/"):
            assert keyworker.get(f"/screening/{made}/{path}").status_code == 404


class TestPuttingRight:
    def test_what_was_found(self, therapist, life, page):
        path = f"/screening/{ask(life)}/correct/"
        therapist.send(path, **civil("date", TODAY), found="negative", reason="I ticked the wrong line")
        assert states(life) == {"alcohol": "negative"}
        assert therapist.get(path).url == page

    def test_about_somebody_else(self, therapist, life):
        path = f"/screening/{ask(life)}/wrong-person/"
        assert therapist.send(path, reason=" ").status_code == 200
        assert states(life) == {"alcohol": "positive"}
        therapist.send(path, reason="It was Sam")
        assert states(life) == {}


class TestAroundIt:
    def test_a_discharge_says_what_it_would_close(self, therapist, world):
        known = lives.treated(world.northside, given_name="Sam")
        made = ask(known)
        path = f"/people/{known.registration}/discharge/"
        assert "Still open from screening" in therapist.text(path)
        assert f'href="/screening/{made}/"' in therapist.get(path).content.decode()
        entered = {"end_code": "46", **civil("ended_on", TODAY), "return_route": "Ring us"}
        assert therapist.send(path, **entered).status_code == 302
        assert Screening.objects.get(pk=made).state == State.LEFT

    def test_how_many_came_how_far(self, therapist, life):
        made = ask(life)
        actions.take_on(screening=made, steps=[Step("discussed")], by=life.practitioner)
        assert 'href="/screening/"' in therapist.get("/caseload/").content.decode()
        assert "Alcohol 1 1 1 0 0 1" in therapist.text("/screening/")
        assert "Alcohol" in therapist.text("/screening/?weeks=13")
        assert "Alcohol" in therapist.text("/screening/?weeks=nonsense")

    def test_nothing_to_count_says_where_to_begin(self, therapist, life):
        assert "Nobody whom you may see was asked in this time" in therapist.text("/screening/")
