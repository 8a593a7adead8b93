"""The 28-day calendar on its page: days give units, days of use and an average week at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from alongside.measures import actions, queries
from alongside.people import actions as persons
from alongside.people import queries as people
from alongside.people.rules import Correcting
from tests.integration.web.visiting import browser, words

WEEK = {1: "", 2: "", 3: "4", 4: "", 5: "", 6: "6.5", 7: "12"}
MONTH = {f"day{7 * week + day}": amount for week in range(4) for day, amount in WEEK.items()}


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/measures/calendar/alcohol/"


def used(life):
    return queries.uses([life.registration], access=life.practitioner).get("alcohol", [])


def test_it_gives_days_and_units_at_once(therapist, life, path):
    answer = therapist.send(path, **MONTH, unit="units")
    assert "16 days without of 28; 90 units in all; about 22.5 units a week" in therapist.text(answer.url)
    assert [(one.days, one.amount, one.unit) for one in used(life)] == [(12, Decimal("7.5"), "units")]
    days = queries.day_by_day([life.registration], "alcohol", access=life.practitioner)
    assert len(days) == 28
    assert sum(days.values()) == 90
    assert "Last time" in therapist.text(path)


def test_a_month_without_is_a_month_without(therapist, life, path):
    answer = therapist.send(path, unit="units")
    assert "28 days without of 28" in therapist.text(answer.url)
    assert [(one.days, one.amount) for one in used(life)] == [(0, None)]


def test_wrong_days_are_named_and_nothing_is_saved(therapist, life, path):
    said = words(therapist.send(path, **(MONTH | {"day3": "four"}), unit="units"))
    assert "Give the amount as a number from 0 to 9999" in said
    assert used(life) == []


def test_one_calendar_is_saved_once(therapist, life, path):
    entered = therapist.hidden(path) | MONTH | {"unit": "units"}
    for _ in range(2):
        therapist.post(path, entered)
    assert len(used(life)) == 1


def test_putting_the_days_right_takes_the_calendar_away(therapist, life, path):
    therapist.send(path, **MONTH, unit="units")
    [one] = used(life)
    actions.withdraw_wrong_person(record=one.record, why=Correcting("Somebody else's"), by=life.practitioner)
    assert queries.calendars([life.registration], access=life.practitioner) == {}


def test_other_substances_have_theirs(therapist, life):
    path = f"/people/{life.registration}/measures/calendar/cannabis/"
    assert "Cannabis" in therapist.text(path)
    therapist.send(path, day28="1", unit="grams")
    assert "cannabis" in queries.calendars([life.registration], access=life.practitioner)


def test_the_other_service_cannot_fill_it_in(world, path):
    assert browser(world.riverside, "keyworker").get(path).status_code == 404


def test_a_level_that_differs_by_sex_is_said_where_the_sex_is_recorded(therapist, life, path):
    """100 units a week: over the level of a man, once he is recorded as one."""
    month = {f"day{number}": "20" for number in range(1, 21)}
    said = therapist.text(therapist.send(path, **month, unit="units").url)
    assert "More than 14 units a week" in said
    assert "More than 50 units" not in said
    identity, version = people.identity(life.registration, access=life.practitioner)
    changed = replace(identity, sex="male")
    persons.correct_identity(registration=life.registration, identity=changed, version=version, by=life.practitioner)
    assert "More than 50 units a week is higher-risk drinking for a man" in therapist.text(path)


def test_the_measures_page_says_not_to_stop_suddenly(therapist, life, path):
    month = {f"day{number}": "20" for number in range(1, 21)}
    said = therapist.text(therapist.send(path, **month, unit="units").url)
    assert "Do not stop suddenly" in said
    assert "drinks more than 15 units on a drinking day, on more than half of the last 28 days" in said
