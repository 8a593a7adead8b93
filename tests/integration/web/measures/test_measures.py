"""Measures outside a contact, read as series and put right."""

import re

import pytest

from alongside.measures import queries
from alongside.measures.rules import Context, Helper, Noticed
from alongside.organisations.models import Service
from tests import lives
from tests.integration.web.visiting import browser, civil, words

TODAY = civil("date", lives.NOW.date())


@pytest.fixture
def life(life):
    return lives.seen(life)


def scores(life, key="phq9"):
    return [point.value for point in queries.series([life.registration], access=life.practitioner)[key]]


def test_several_are_saved_together_and_once(therapist, life):
    path = f"/people/{life.registration}/measures/record/"
    fields = TODAY | {"phq9": "9", "phq9_harm": "no", "audit_c": "6", "alcohol_days": "7"}
    entered = therapist.hidden(path) | fields
    for _ in range(2):
        answer = therapist.post(path, entered)
        assert answer.status_code == 302
    assert "Saved:" in therapist.text(answer.url)
    assert scores(life) == [*lives.PHQ9, 9]
    assert scores(life, "audit_c") == [6]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({}, "Enter at least one measure or days of use"),
        ({"phq9": "9", "date-day": "7"}, "must be today or in the past"),
        ({"gad7": "22"}, "22 is outside the range"),
        ({"mi": "2", "phq9": "9"}, "is not written as a number"),
        ({"other_days": "3"}, "Say which substance it was"),
        ({"audit_c_item1": "3"}, "This question is not answered"),
        ({"alcohol_days": "0", "alcohol_amount": "20"}, "Alcohol: An amount on no day of use contradicts itself."),
        ({"alcohol_days": "6", "alcohol_amount": "0"}, "Alcohol: 0 on a day of use contradicts itself."),
        ({"phq9": "9", "weeks_since_use": "x"}, "must be a whole number from 0 to 5200"),
        ({"phq9": "9", "language": "English!"}, "“English!” is not the code of a language. Do you mean en (English)?"),
        (
            {"gad7": "9", "alcohol_days": "0", "weeks_since_use": "2"},
            "They last drank or used less than 4 weeks ago, and on no day of the 28 that are entered.",
        ),
        (
            {"gad7": "9", "alcohol_days": "6", "weeks_since_use": "900"},
            "They last drank or used more than 4 weeks ago, and on days of the last 28.",
        ),
        ({"alcohol_days": "6", "intoxicated": "yes"}, "You say how they answered, and no measure is entered."),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(therapist, life, wrong, says):
    answer = therapist.send(f"/people/{life.registration}/measures/record/", **(TODAY | wrong))
    assert answer.status_code == 200
    assert says in words(answer)
    assert scores(life) == list(lives.PHQ9)


def test_an_unusual_amount_waits_for_a_tick_and_is_not_lost(therapist, life):
    path = f"/people/{life.registration}/measures/record/"
    typed = TODAY | {"alcohol_days": "1", "alcohol_amount": "9999", "alcohol_unit": "units"}
    assert 'name="alcohol_sure"' not in therapist.get(path).content.decode()
    answer = therapist.send(path, **typed)
    assert "Alcohol: Is this right? 9999 units on one day is unusual." in words(answer)
    assert 'name="alcohol_sure"' in answer.content.decode()
    assert 'value="9999"' in answer.content.decode()
    assert therapist.send(path, **typed, alcohol_sure="on").status_code == 302
    assert queries.uses([life.registration], access=life.practitioner)["alcohol"][-1].amount == 9999


def test_how_they_answered_is_said_of_every_measure_on_the_page(therapist, life):
    path = f"/people/{life.registration}/measures/record/"
    page = therapist.get(path).content.decode()
    assert re.search(r"<details[^>]* open[^>]*><summary>How they answered", page) is None
    noticed = {"intoxicated": "yes", "weeks_since_use": "0", "helper": "relative", "language": "cy"}
    therapist.send(path, **TODAY, phq9="9", phq9_harm="no", gad7="4", **noticed)
    kept = queries.circumstances([life.registration], access=life.practitioner).values()
    assert list(kept) == [Context("cy", Helper.RELATIVE, noticed=Noticed(True, None, 0))] * 2
    refused = therapist.send(path, **TODAY, phq9="99", helper="relative").content.decode()
    assert re.search(r'<details class="al-details" open><summary>How they answered', refused)


def test_the_series_say_what_changed_and_what_counts(therapist, life):
    said = therapist.text(f"/people/{life.registration}/measures/")
    assert "19 → 11" in said
    assert "reliably better" in said
    assert "cut-off 10 or more; reliable change 6" in said
    assert "24 → 8" in said
    assert "fewer days" in said


def test_the_measures_lead_to_the_chart(therapist, life):
    link = f'href="/people/{life.registration}/#line">See them on one time line'
    assert link in therapist.get(f"/people/{life.registration}/measures/").content.decode()
    assert 'id="line"' in therapist.get(f"/people/{life.registration}/").content.decode()


def test_a_score_is_put_right(therapist, life):
    point = queries.series([life.registration], access=life.practitioner)["phq9"][-1]
    path = f"/measures/responses/{point.response}/correct/"
    day = {"date-day": "27", "date-month": "2", "date-year": "2026"}
    assert "PHQ-9: “012” is not written as a whole number" in words(
        therapist.send(path, **day, phq9="012", reason="A slip")
    )
    assert "Answer “What was wrong?”" in words(therapist.send(path, **day, phq9="12"))
    assert therapist.send(path, **day, phq9="12", reason="A slip", told_others="nobody else").status_code == 302
    assert scores(life)[-1] == 12


def test_who_comes_second_keeps_what_they_typed_and_is_led_to_what_stands(therapist, life):
    point = queries.series([life.registration], access=life.practitioner)["phq9"][-1]
    path = f"/measures/responses/{point.response}/correct/"
    day = {"date-day": "27", "date-month": "2", "date-year": "2026"}
    second = therapist.hidden(path) | day | {"phq9": "13", "reason": "I heard thirteen"}
    therapist.send(path, **day, phq9="12", reason="A slip")
    stands = queries.series([life.registration], access=life.practitioner)["phq9"][-1].response
    page = therapist.post(path, second)
    assert "Somebody has already put this right." in words(page)
    assert "I heard thirteen" in words(page)
    assert f'href="/measures/responses/{stands}/correct/"' in page.content.decode()
    assert scores(life)[-1] == 12
    assert therapist.get(path).url == f"/measures/responses/{stands}/correct/"


def test_what_was_put_right_twice_leads_to_the_last(therapist, life):
    point = queries.uses([life.registration], access=life.practitioner)["alcohol"][-1]
    path = f"/measures/use/{point.record}/correct/"
    fields = {"date-day": "27", "date-month": "2", "date-year": "2026", "alcohol_amount": "9", "alcohol_unit": "units"}
    for days in ("10", "11"):
        stands = queries.uses([life.registration], access=life.practitioner)["alcohol"][-1].record
        therapist.send(f"/measures/use/{stands}/correct/", **fields, alcohol_days=days, reason="A slip")
    stands = queries.uses([life.registration], access=life.practitioner)["alcohol"][-1].record
    assert therapist.get(path).url == f"/measures/use/{stands}/correct/"
    assert therapist.get(f"/measures/{point.record}/wrong-person/").url == f"/measures/{stands}/wrong-person/"


def test_what_was_taken_out_meanwhile_is_said(therapist, life):
    point = queries.series([life.registration], access=life.practitioner)["phq9"][-1]
    path = f"/measures/{point.response}/wrong-person/"
    second = therapist.hidden(path) | {"reason": "I think it was Amira Reed's"}
    therapist.send(path, reason="Another Amira")
    page = therapist.post(path, second)
    assert "Somebody has already put this right." in words(page)
    assert "Amira Reed" in words(page)
    assert f'href="/people/{life.registration}/measures/"' in page.content.decode()
    assert therapist.get(path).url == f"/people/{life.registration}/measures/"
    assert "Somebody has already put this right." in therapist.text(f"/people/{life.registration}/measures/")


def test_what_was_put_right_is_not_there_for_somebody_it_is_closed_to(world, therapist, life):
    point = queries.series([life.registration], access=life.practitioner)["phq9"][-1]
    path = f"/measures/responses/{point.response}/correct/"
    day = {"date-day": "27", "date-month": "2", "date-year": "2026"}
    therapist.send(path, **day, phq9="12", reason="A slip")
    assert browser(world.riverside, "keyworker").get(path).status_code == 404


def test_days_of_use_are_put_right(therapist, life):
    days = queries.uses([life.registration], access=life.practitioner)["alcohol"][-1]
    path = f"/measures/use/{days.record}/correct/"
    fields = {"date-day": "27", "date-month": "2", "date-year": "2026", "alcohol_amount": "9", "alcohol_unit": "units"}
    assert "Alcohol: Give a whole number of days from 0 to 28" in words(
        therapist.send(path, **fields, alcohol_days="30", reason="A slip")
    )
    assert therapist.send(path, **fields, alcohol_days="10", reason="A slip").status_code == 302
    assert queries.uses([life.registration], access=life.practitioner)["alcohol"][-1].days == 10


def test_a_score_of_somebody_else_is_taken_out(therapist, life):
    point = queries.series([life.registration], access=life.practitioner)["phq9"][-1]
    answer = therapist.send(f"/measures/{point.response}/wrong-person/", reason="Another Amira")
    assert "Taken out of this record" in therapist.text(answer.url)
    assert scores(life) == list(lives.PHQ9[:-1])


@pytest.mark.parametrize(
    "path", ["responses/rsp_nothing/correct", "use/use_nothing/correct", "rsp_nothing/wrong-person"]
)
def test_what_does_not_exist_is_not_there(therapist, path):
    assert therapist.get(f"/measures/{path}/").status_code == 404


def test_an_unusual_amount_is_put_right_to_another_with_a_tick(therapist, life):
    [*_earlier, last] = queries.uses([life.registration], access=life.practitioner)["alcohol"]
    path = f"/measures/use/{last.record}/correct/"
    typed = TODAY | {"alcohol_days": "2", "alcohol_amount": "75", "alcohol_unit": "units", "reason": "Misheard"}
    assert "alcohol_sure" not in therapist.get(path).content.decode()
    answer = therapist.send(path, **typed)
    assert "Is this right? 75 units on one day is unusual." in words(answer)
    assert 'name="alcohol_sure"' in answer.content.decode()
    assert therapist.send(path, **typed, alcohol_sure="on").status_code == 302


def test_other_definitions_of_a_change_are_one_click_away_and_open_in_the_united_states(therapist, life):
    path = f"/people/{life.registration}/measures/"
    page = therapist.get(path)
    assert page.content.decode().count("More about this change") == 1  # PHQ-9; nobody stated norms for GAD-7
    assert "A fall of 42.1 %." in words(page)
    assert "Response: not reached. A fall of half or more." in words(page)
    assert "16 days fewer than at first." in words(page)
    Service.objects.filter(pk=life.practitioner.service).update(jurisdiction="us")
    page = therapist.get(path)
    assert "More about this change" not in words(page)
    assert "Response: not reached. A fall of half or more." in words(page)
    assert "from memory · not yet checked against its source" in words(page)
