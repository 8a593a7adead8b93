"""An answer about self-harm on the pages: the person's page and what is owed lead to it until it is closed."""

import pytest

from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.measures import queries as measured
from alongside.safety import queries
from tests.integration.web.visiting import browser, words


@pytest.fixture
def prompt(life):
    """Answered from a phone, with nobody there."""
    measures.record_response(
        registration=life.registration,
        instrument="phq9",
        answers=[0] * 8 + [2],
        completed_at=clock.now(),
        entered_by="person",
        by=life.practitioner,
    )
    return queries.open_prompts([life.registration], access=life.practitioner)[0]


def test_the_persons_page_leads_to_it(therapist, life, prompt):
    page = therapist.get(f"/people/{life.registration}/").content.decode()
    assert "An answer about self-harm is waiting for a conversation." in page
    assert f'href="/risk/{prompt.id}/"' in page


def test_the_page_shows_the_answer_and_no_level(therapist, prompt):
    said = therapist.text(f"/risk/{prompt.id}/")
    assert "Thoughts that you would be better off dead or of hurting yourself in some way" in said
    assert "More than half the days" in said
    assert "from their own phone or computer" in said
    assert "116 123" in said
    assert not {"low risk", "medium risk", "high risk"} & set(said.lower().split(". "))


def test_it_is_closed_with_what_came_of_it(therapist, life, prompt):
    path = f"/risk/{prompt.id}/"
    assert "Say what came of the conversation." in words(therapist.send(path))
    assert "Say to whom" in words(therapist.send(path, risk_outcome="escalated"))
    answer = therapist.send(path, risk_outcome="safety_plan_made")
    assert answer.status_code == 302
    assert "waiting for a conversation" not in therapist.text(answer.url)
    assert "Safety plan made or gone through" in therapist.text(path)


def test_whoever_comes_second_is_told(therapist, prompt):
    path = f"/risk/{prompt.id}/"
    entered = therapist.hidden(path) | {"risk_outcome": "talked_about"}
    therapist.post(path, entered)
    assert "Somebody has already said what came of this" in words(therapist.post(path, entered))


def test_the_other_service_has_no_such_page(world, prompt):
    assert browser(world.riverside, "keyworker").get(f"/risk/{prompt.id}/").status_code == 404


def test_a_measure_outside_a_contact_leaves_a_task(therapist, life):
    path = f"/people/{life.registration}/measures/record/"
    fields = {"date-day": "6", "date-month": "3", "date-year": "2026", "phq9": "5", "phq9_harm": "yes"}
    answer = therapist.send(path, **fields)
    said = therapist.text(answer.url)
    assert "Talking with them about it is now a task of yours, due in" in said
    assert "If they may be in danger now, do not wait for the task." in said
    assert "Talk about an answer on self-harm" in therapist.text("/owed/")


def test_what_joins_a_colleagues_prompt_says_whose_it_is(world, therapist, life):
    lead = world.northside.sign_in("team_lead")
    again = {"registration": life.registration, "instrument": "phq9", "answers": [0] * 8 + [2]}
    measures.record_response(**again, completed_at=clock.now(), by=lead)
    answer = therapist.send(
        f"/people/{life.registration}/measures/enter/phq9/",
        **{f"phq9_item{number}": str(value) for number, value in enumerate(again["answers"], 1)},
        **{"date-day": "6", "date-month": "3", "date-year": "2026"},
    )
    said = therapist.text(answer.url)
    assert "is a task already, held by" in said
    assert "task of yours" not in said


def test_possible_dependence_is_said_on_the_persons_page(therapist, life):
    path = f"/people/{life.registration}/measures/record/"
    fields = {"date-day": "6", "date-month": "3", "date-year": "2026"}
    assert "Do not stop suddenly" not in therapist.text(f"/people/{life.registration}/")
    therapist.send(path, **fields, alcohol_days="28", alcohol_amount="18", alcohol_unit="units")
    said = therapist.text(f"/people/{life.registration}/")
    assert "Do not stop suddenly" in said
    assert "over all days of the last 28, by what they said on 6 March 2026;" in said
    assert "ring 999" in said
    assert "A clinician has not checked these words and figures yet" in said


def test_the_warning_says_which_day_it_rests_on_and_that_they_have_said_less_since(therapist, life):
    path = f"/people/{life.registration}/measures/record/"
    march = {"date-month": "3", "date-year": "2026"}
    therapist.send(path, **march, **{"date-day": "1"}, alcohol_days="28", alcohol_amount="30", alcohol_unit="units")
    therapist.send(path, **march, **{"date-day": "2"}, audit="22")
    therapist.send(path, **march, **{"date-day": "5"}, alcohol_days="0")
    for page in (f"/people/{life.registration}/", f"/people/{life.registration}/measures/"):
        said = therapist.text(page)
        assert "Do not stop suddenly" in said
        assert "over all days of the last 28, by what they said on 1 March 2026;" in said
        assert "AUDIT of 20 or more: possible dependence, taken on 2 March 2026;" in said
        assert said.count("since then, on 5 March 2026, they said 0 of 28 days.") == 1


@pytest.mark.parametrize(
    ("kind", "because"),
    [
        ("withdrawal_seizure", "has had a seizure when stopping before"),
        ("withdrawal_delirium", "has had delirium tremens when stopping before"),
    ],
)
def test_what_happened_when_they_stopped_before_is_a_sign_years_later(therapist, life, kind, because):
    happened = {"start-day": "1", "start-month": "6", "start-year": "2014", "source": "person", "certainty": "unsure"}
    therapist.send(f"/people/{life.registration}/events/record/", kind=kind, **happened)
    for page in (f"/people/{life.registration}/", f"/people/{life.registration}/measures/"):
        said = therapist.text(page)
        assert "Do not stop suddenly" in said
        assert because in said
        assert "Have they ever had a seizure" not in said


def test_staff_are_asked_what_happened_when_they_stopped_before(therapist, life):
    fields = {"date-day": "6", "date-month": "3", "date-year": "2026"}
    path = f"/people/{life.registration}/measures/record/"
    therapist.send(path, **fields, alcohol_days="28", alcohol_amount="18", alcohol_unit="units")
    for page in (f"/people/{life.registration}/", f"/people/{life.registration}/measures/"):
        assert "Have they ever had a seizure" in therapist.text(page)
        assert f"/people/{life.registration}/events/record/" in therapist.get(page).content.decode()


def test_an_answer_of_somebody_else_is_taken_on_by_somebody(therapist, life, prompt):
    """Taking it out of a record ends it there; it is still somebody's."""
    [point] = measured.series([life.registration], access=life.practitioner)["phq9"]
    path = f"/measures/{point.response}/wrong-person/"
    assert "Who finds out whose answer about self-harm it is, and talks with them?" in therapist.text(path)
    refused = words(therapist.send(path, reason="It is Nadia's"))
    assert "An answer about self-harm in it waits for a conversation." in refused
    assert queries.open_prompts([life.registration], access=life.practitioner)
    answer = therapist.send(path, reason="It is Nadia's", risk_taken_on_by="Sam, today")
    assert "Record it now for the right person." in therapist.text(answer.url)
    assert queries.open_prompts([life.registration], access=life.practitioner) == []


def test_where_nothing_waits_nobody_is_asked_to_take_it_on(therapist, life):
    response = measures.record_response(
        registration=life.registration, instrument="gad7", total=3, completed_at=clock.now(), by=life.practitioner
    )
    assert "self-harm" not in therapist.text(f"/measures/{response}/wrong-person/")
