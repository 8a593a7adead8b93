"""Recording a contact on its page: what is saved, what is said next, and what is refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.contacts import queries as contacts
from alongside.contacts.rules import State
from alongside.definitions.instruments import instruments
from alongside.kernel import clock
from alongside.measures import actions as measuring
from alongside.measures import queries as measures
from alongside.measures.rules import Context, Helper, Noticed
from alongside.safety import queries as risks
from tests import lives
from tests.integration.web.visiting import browser, words

CAME = {
    "attendance": "attended",
    "date-day": "6",
    "date-month": "3",
    "date-year": "2026",
    "start": "14:00",
    "minutes": "50",
    "kind": "treatment",
    "mode": "face_to_face",
}


@pytest.fixture
def path(life):
    CAME["version"] = life.episode  # as the page carries it
    return f"/people/{life.registration}/contacts/record/"


def saved(life):
    return contacts.timeline([life.registration], access=life.practitioner)


def series(life):
    return measures.series([life.registration], access=life.practitioner)


def test_everything_of_a_contact_is_saved_at_once_and_the_page_says_so(therapist, life, path):
    next_one = {"next_date-day": "13", "next_date-month": "3", "next_date-year": "2026", "next_start": "10:00"}
    use = {"alcohol_days": "12", "alcohol_amount": "8"}
    answer = therapist.send(path, **CAME, **next_one, **use, phq9="14", phq9_harm="no", gad7="9", talked_about="Sleep.")
    assert answer.url == f"/people/{life.registration}/"
    said = therapist.text(answer.url)
    assert "Saved: attended on time." in said
    assert "The next contact is booked for Fri 13 March." in said
    assert sorted(one.state for one in saved(life)) == [State.KEPT, State.PLANNED]
    assert {key: points[0].value for key, points in series(life).items()} == {"phq9": 14, "gad7": 9}
    assert measures.uses([life.registration], access=life.practitioner)["alcohol"][0].amount == 8


def test_a_measure_is_entered_by_question(therapist, life, path):
    answers = {f"phq9_item{number}": "1" for number in range(1, 9)} | {"phq9_item9": "0"}
    answer = therapist.send(path, **CAME, **answers)
    assert series(life)["phq9"][0].value == 8
    assert "better off dead" not in therapist.text(answer.url)


def test_how_they_answered_is_kept_with_the_measures_of_the_contact(therapist, life, path):
    how = {"intoxicated": "yes", "in_withdrawal": "no", "weeks_since_use": "1", "helper": "worker", "language": "BFI"}
    assert therapist.send(path, **CAME, **how, phq9="14", phq9_harm="no", gad7="9").status_code == 302
    kept = measures.circumstances([life.registration], access=life.practitioner).values()
    assert list(kept) == [Context("bfi", Helper.WORKER, noticed=Noticed(True, False, 1))] * 2


def test_when_they_last_used_agrees_with_the_days_of_use(therapist, life, path):
    answer = therapist.send(path, **CAME, gad7="9", weeks_since_use="900", alcohol_days="3")
    assert "They last drank or used more than 4 weeks ago, and on days of the last 28." in words(answer)
    assert saved(life) == []


def test_how_they_answered_without_a_measure_is_refused_and_stays_open(therapist, life, path):
    answer = therapist.send(path, **CAME, in_withdrawal="yes")
    assert "You say how they answered, and no measure is entered. Enter one, or take this out." in words(answer)
    assert '<details class="al-details" open><summary>How they answered' in answer.content.decode()
    assert saved(life) == []


def test_an_answer_about_harm_asks_for_a_conversation_and_gives_no_score(therapist, life, path):
    answers = {f"phq9_item{number}": "1" for number in range(1, 10)}
    said = words(therapist.send(path, **CAME, **answers))
    assert "Talk with them about it before they leave" in said
    assert "Say what came of the conversation." in said
    assert "risk score" not in said.lower()
    assert saved(life) == []


def test_with_what_came_of_the_talk_the_contact_is_saved(therapist, life, path):
    answers = {f"phq9_item{number}": "1" for number in range(1, 10)}
    talk = {"risk_outcome": "escalated", "risk_escalated_to": "The crisis team"}
    answer = therapist.send(path, **CAME, **answers, **talk)
    assert answer.status_code == 302
    assert "waiting for a conversation" not in therapist.text(answer.url)
    [prompt] = risks.prompts([life.registration], access=life.practitioner)
    assert (prompt.outcome, prompt.escalated_to, prompt.open) == ("escalated", "The crisis team", False)


def test_half_a_measure_with_a_talk_is_kept_without_a_score(therapist, life, path):
    half = {"phq9_item9": "3", "risk_outcome": "talked_about"}
    assert "They did not want to go on" in words(therapist.send(path, **CAME, **half))
    assert saved(life) == []
    assert therapist.send(path, **CAME, **half, phq9_unfinished="on").status_code == 302
    [prompt] = risks.prompts([life.registration], access=life.practitioner)
    assert (prompt.outcome, prompt.open) == ("talked_about", False)
    assert series(life) == {}


def test_escalated_needs_to_whom(therapist, life, path):
    said = words(therapist.send(path, **CAME, phq9="4", phq9_harm="yes", risk_outcome="escalated"))
    assert "Say to whom: a name, a team or a service." in said
    assert saved(life) == []


def test_a_total_from_paper_asks_too(therapist, life, path):
    said = words(therapist.send(path, **CAME, phq9="4", phq9_harm="yes"))
    assert "Talk with them about it before they leave" in said
    assert saved(life) == []
    assert therapist.send(path, **CAME, phq9="4", phq9_harm="yes", risk_outcome="talked_about").status_code == 302


def test_a_gap_elsewhere_does_not_hide_an_answer_about_harm(therapist, life, path):
    said = words(therapist.send(path, **CAME, phq9_item9="2"))
    assert "Talk with them about it before they leave" in said
    assert "This question is not answered" in said
    assert saved(life) == []


def test_a_missed_contact_says_who_calls_and_by_when(therapist, life, path):
    answer = therapist.send(path, **(CAME | {"attendance": "did_not_attend"}))
    said = therapist.text(answer.url)
    assert "What happens next: “Call after a missed contact”, held by you, due in 3 days, 17:00 Mon 9 March." in said
    assert "These times are placeholders" in said


def test_a_planned_contact_is_recorded_from_the_diary(therapist, life):
    contact = lives.planned(life, lives.NOW - lives.WEEK / 7)
    page = therapist.get(f"/contacts/{contact}/record/")
    assert b"Nobody had planned it" not in page.content
    answer = therapist.send(f"/contacts/{contact}/record/", **CAME)
    assert answer.status_code == 302
    assert [(one.id, one.state) for one in saved(life)] == [(contact, State.KEPT)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"attendance": ""}, "Answer “Did they come?”"),
        ({"date-day": "31", "date-month": "2"}, "must be a real date"),
        ({"date-day": "7"}, "The contact is in the future"),
        ({"date-year": "2025"}, "before the referral was received"),
        ({"start": "25:00"}, "must be a time such as 14:30"),
        ({"minutes": "0"}, "must be a whole number from 1 to 480"),
        ({"mode": "pigeon"}, "Select a valid choice"),
        ({"phq9": "014"}, "“014” is not written as a whole number from 0 to 27"),
        ({"phq9": "14.0"}, "“14.0” is not written as a whole number from 0 to 27"),
        ({"phq9": "28"}, "28 is outside the range"),
        ({"gad7": "9.5"}, "“9.5” is not written as a whole number"),
        ({"phq9_item1": "4"}, "Choose one of the answers shown"),
        ({"phq9_item1": "1"}, "This question is not answered"),
        ({"phq9": "9", "phq9_item1": "1"}, "Give either every answer of PHQ-9 or its total, not both"),
        ({"phq9": "9"}, "Say what the PHQ-9 on paper answers about self-harm."),
        ({"reqol10": "9"}, "Say what the ReQoL-10 on paper answers about self-harm."),
        ({"phq9": "25", "phq9_harm": "no"}, "A PHQ-9 of 25 holds an answer about self-harm."),
        ({"phq9": "0", "phq9_harm": "yes"}, "A PHQ-9 of 0 holds no answer about self-harm."),
        ({"phq9_harm": "yes"}, "Enter the total of PHQ-9 that goes with it"),
        ({"phq9_harm": "maybe", "phq9": "9"}, "Choose one of the answers shown"),
        (
            {f"phq9_item{number}": "1" for number in range(1, 10)} | {"phq9_harm": "no"},
            "The answers of PHQ-9 say it by themselves.",
        ),
        ({"alcohol_days": "29"}, "Give a whole number of days from 0 to 28"),
        ({"alcohol_days": "12.0"}, "Give a whole number of days from 0 to 28"),
        ({"alcohol_amount": "8"}, "Give a whole number of days from 0 to 28"),
        ({"cannabis_days": "3", "cannabis_amount": "a lot", "cannabis_unit": "grams"}, "Give the amount as a number"),
        ({"attendance": "did_not_attend", "phq9": "9"}, "Measures belong to a contact that took place"),
        ({"attendance": "did_not_attend", "unplanned": "on"}, "that nobody had planned cannot be missed"),
        (
            {"next_date-day": "1", "next_date-month": "3", "next_date-year": "2026", "next_start": "9:00"},
            "in the future",
        ),
        ({"next_start": "9:00"}, "Enter the date of the next contact"),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(therapist, life, path, wrong, says):
    answer = therapist.send(path, **(CAME | wrong))
    said = words(answer)
    assert answer.status_code == 200
    assert says in said
    assert "Something needs putting right" in said
    assert "Nothing has been saved yet" in said
    assert saved(life) == []
    assert series(life) == {}


@pytest.mark.parametrize(
    ("wrong", "lines"),
    [
        ({"phq9": "7.5"}, ["PHQ-9: “7.5” is not written as a whole number from 0 to 27."]),
        (
            {"phq9": "9"},
            [
                (
                    "PHQ-9, self-harm: Say what the PHQ-9 on paper answers about self-harm. "
                    "If it was left out, ask them first."
                )
            ],
        ),
        ({"gad7": "22"}, ["GAD-7: 22 is outside the range: a whole number from 0 to 21."]),
        ({"phq9_item1": "1"}, ["PHQ-9: 8 of 9 questions have no answer: 2, 3, 4, 5, 6, 7, 8, 9"]),
        (
            {f"phq9_item{number}": "1" for number in (1, 2, 4, 5, 6, 7, 8, 9)},
            ["PHQ-9, question 3: choose an answer"],
        ),
        (
            {"gad7_item1": "1", "gad7_item2": "9"},
            [
                "GAD-7, question 2: Choose one of the answers shown",
            ],
        ),
        ({"alcohol_days": "7.5"}, ["Alcohol: Give a whole number of days from 0 to 28."]),
        (
            {"alcohol_days": "x", "cannabis_days": "29", "phq9": "28"},
            [
                "PHQ-9: 28 is outside the range: a whole number from 0 to 27.",
                "Alcohol: Give a whole number of days from 0 to 28.",
                "Cannabis: Give a whole number of days from 0 to 28.",
            ],
        ),
        ({"phq9": "9", "phq9_item1": "1"}, ["Give either every answer of PHQ-9 or its total, not both"]),
        (
            {"next_date-day": "3", "next_date-month": "4", "next_date-year": "26", "next_start": "9:00"},
            ["The date of the next contact must have a year of 4 numbers, such as 1984"],
        ),
    ],
)
def test_each_line_at_the_top_says_what_it_is_about(therapist, path, wrong, lines):
    page = therapist.send(path, **(CAME | wrong)).content.decode()
    summary = page.partition("nhsuk-error-summary__list")[2].partition("</ul>")[0]
    assert re.findall(r">([^<>]+)</a></li>", summary) == lines


def test_every_problem_is_a_link_to_its_own_box(therapist, path):
    page = therapist.send(path, **(CAME | {"phq9": "014", "gad7": "22", "alcohol_days": "x"})).content.decode()
    for field in ("phq9", "gad7", "alcohol_days"):
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}"' in page


def test_a_double_click_is_one_contact(therapist, life, path):
    entered = therapist.hidden(path) | CAME
    first, again = therapist.post(path, entered), therapist.post(path, entered)
    assert (first.status_code, again.status_code) == (302, 302)
    assert len(saved(life)) == 1


def test_a_page_without_its_token_is_refused(therapist, life, path):
    assert "This page is incomplete" in words(therapist.post(path, CAME))
    assert saved(life) == []


@pytest.mark.parametrize("version", ["", "epi_nothing", "con_x"])
def test_a_page_that_names_no_treatment_of_this_person_saves_nothing(therapist, life, path, version):
    answer = therapist.send(path, **(CAME | {"version": version}))
    assert answer.status_code in (200, 404)
    assert saved(life) == []


def test_the_page_carries_the_treatment_it_showed(therapist, life, path):
    assert therapist.shown_version(path) == life.episode


def test_somebody_without_treatment_here_cannot_be_recorded_yet(therapist, world):
    from tests import factories

    registration = factories.registered(world.northside)
    said = therapist.text(f"/people/{registration}/contacts/record/")
    assert "Nobody of your service treats this person yet" in said


def test_the_desk_may_not_record(world, path):
    assert browser(world.northside, "administrator", "administration").get(path).status_code == 403


def test_what_was_promised_last_time_stands_beside_the_form(therapist, life, path):
    lives.seen(life)
    said = therapist.text(path)
    assert "last time 11" in said
    assert "last time 8 of 28 days, about 9 units on each" in said


def test_recording_with_two_measures_costs_twelve_statements_at_most(therapist, life, path):
    therapist.send(path, **CAME, phq9="9", phq9_harm="no", gad7="7")
    entered = therapist.hidden(path) | CAME | {"phq9": "10", "phq9_harm": "no", "gad7": "8"}
    with CaptureQueriesContext(connection) as caught:
        answer = therapist.post(path, entered)
    assert answer.status_code == 302
    quiet = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET ")
    sent = [one["sql"][:120] for one in caught.captured_queries if not one["sql"].startswith(quiet)]
    assert len(sent) <= 12, "\n".join(sent)


def test_what_is_answered_while_the_page_is_open_stays_open(therapist, path, life):
    """The page shows one prompt; another comes from elsewhere; the talk closes the one that was shown."""

    def answered(last):
        given = {"registration": life.registration, "by": life.practitioner, "completed_at": clock.now()}
        measuring.record_response(instrument="phq9", answers=[1] * 8 + [last], entered_by="person", **given)

    answered(1)
    entered = therapist.hidden(path) | CAME | {"risk_outcome": "talked_about"}
    answered(3)
    assert therapist.post(path, entered).status_code == 302
    [left] = risks.open_prompts([life.registration], access=life.practitioner)
    assert [one["item9"] for _at, one in left.answers] == [3]


def test_every_total_that_hides_an_answer_asks_about_it(therapist, path):
    page = therapist.get(path).content.decode()
    hiding = [one.key for one in instruments() if one.by_total and one.hides_harm]
    assert {"phq9", "core10", "reqol10"} <= set(hiding)
    assert [key for key in hiding if f'name="{key}_harm"' not in page] == []


def test_a_paper_total_of_another_questionnaire_is_owed_too(therapist, path, life):
    said = words(therapist.send(path, **CAME, core10="40", core10_harm="yes"))
    assert "What came of the conversation?" in said
    therapist.send(path, **CAME, core10="40", core10_harm="yes", risk_outcome="talked_about")
    [prompt] = risks.prompts([life.registration], access=life.practitioner)
    assert (prompt.instrument, prompt.open) == ("core10", False)
