"""The 28-day calendar on its page: days give units, days of use and an average week at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alongside.kernel import clock
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
    said = therapist.text(answer.url)
    assert "The calendar is saved." in said
    assert "16 days without of 28 90 units in all about 22.5 units a week" in said
    assert [(one.days, one.amount, one.unit) for one in used(life)] == [(12, Decimal("7.5"), "units")]
    days = queries.day_by_day([life.registration], "alcohol", access=life.practitioner)
    assert len(days) == 28
    assert sum(days.values()) == 90
    assert "Last time" in therapist.text(path)


def test_a_month_without_is_one_where_somebody_says_so(therapist, life, path):
    assert "No drinking on the days left empty" in therapist.text(path)
    answer = therapist.send(path, unit="units", rest_without="on")
    assert "28 days without of 28" in therapist.text(answer.url)
    assert [(one.days, one.amount) for one in used(life)] == [(0, None)]


def test_an_empty_calendar_is_no_month_without(therapist, life, path):
    said = words(therapist.send(path, unit="units"))
    assert "Nothing is entered. Enter the days, or tick that there was none on the days left empty." in said
    assert used(life) == []


def test_a_week_that_nobody_came_to_is_asked_about_and_nothing_is_lost(therapist, life, path):
    begun = {name: amount for name, amount in MONTH.items() if int(name[3:]) <= 21}
    answer = therapist.send(path, **begun, unit="units")
    assert "Nothing is entered in these weeks: 4." in words(answer)
    assert 'name="day7" value="12"' in answer.content.decode()
    assert used(life) == []
    therapist.send(path, **begun, unit="units", rest_without="on")
    assert [one.days for one in used(life)] == [9]


def test_an_unusual_amount_asks_whether_it_is_right(therapist, life, path):
    typed = MONTH | {"day3": "9999"}
    assert 'name="sure"' not in therapist.get(path).content.decode()
    answer = therapist.send(path, **typed, unit="units")
    assert "9999 units on one day: is it right?" in words(answer)
    assert 'name="sure"' in answer.content.decode()
    assert used(life) == []
    therapist.send(path, **typed, unit="units", sure="on")
    assert [one.days for one in used(life)] == [12]


def test_what_was_saved_is_shown_by_week_and_day_by_day(therapist, life, path):
    month = {f"day{number}": "10" for number in range(1, 15)} | {"day15": "4", "day22": "0"}
    answer = therapist.send(path, **month, unit="units")
    assert answer.url == f"{path}kept/"
    said = therapist.text(answer.url)
    assert "15 of 28 days, about 9.6 units on each" in said
    assert "Week 1 7 of 7 70 10 Fri 6 February to Thu 12 February" in said
    assert "Week 3 1 of 7 4 4 Fri 20 February to Thu 26 February" in said
    assert "Week 4 0 of 7 0 \N{EN DASH} Fri 27 February to Thu 5 March" in said
    assert "Time-line follow-back" in said
    assert said.count(" 10 10 10 10 10 10 10 ") == 2


def test_where_there_is_no_calendar_the_page_says_what_to_do(therapist, life, path):
    assert "Nobody has filled in a calendar of this yet." in therapist.text(f"{path}kept/")
    assert therapist.get(f"/people/{life.registration}/measures/calendar/tea/kept/").status_code == 404


def test_the_other_service_reads_it_as_far_as_it_was_agreed(world, therapist, path):
    therapist.send(path, **MONTH, unit="units")
    assert browser(world.riverside, "keyworker").get(f"{path}kept/").status_code == 404


def test_wrong_days_are_named_and_nothing_is_saved(therapist, life, path):
    said = words(therapist.send(path, **(MONTH | {"day3": "four"}), unit="units"))
    assert "Give the amount as a number from 0 to 9999" in said
    assert used(life) == []


def test_the_days_of_use_are_of_the_last_day_and_not_of_the_day_they_were_entered(therapist, life, path):
    therapist.send(path, **MONTH, unit="units", version="2026-03-03")
    [one] = used(life)
    assert one.at == datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC)


def test_days_that_end_today_are_of_now(therapist, life, path):
    therapist.send(path, **MONTH, unit="units", version="2026-03-06")
    assert [one.at for one in used(life)] == [clock.now()]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("2020-01-01", "These 28 days end on 1 January 2020, more than a week ago. Open the calendar again"),
        ("0001-01-05", "We cannot tell which days these are. Open the calendar again."),
        ("1899-12-31", "We cannot tell which days these are. Open the calendar again."),
        ("yesterday", "We cannot tell which days these are. Open the calendar again."),
        ("9999-12-31", "The last day is in the future."),
    ],
)
def test_a_page_of_days_long_ago_is_refused_with_what_to_do(therapist, life, path, version, said):
    answer = therapist.send(path, **MONTH, unit="units", version=version)
    assert said in words(answer)
    assert f'<a href="{path}">' in answer.content.decode()
    assert 'name="day7" value="12"' in answer.content.decode()
    assert used(life) == []


def test_what_was_saved_last_is_shown_though_its_days_are_older(therapist, life, path):
    therapist.send(path, **MONTH, unit="units")
    with clock.at(clock.now() + timedelta(minutes=1)):
        older = therapist.send(path, day28="3", unit="units", rest_without="on", version="2026-03-03")
        assert "27 days without of 28 3 units in all" in therapist.text(older.url)


@pytest.mark.parametrize("about", ["nonsense", "Alcohol", "phq9"])
def test_there_is_no_calendar_of_what_nobody_asks_about(therapist, life, path, about):
    nowhere = path.replace("alcohol", about)
    assert therapist.get(nowhere).status_code == 404
    assert therapist.post(nowhere, MONTH | {"unit": "units"}).status_code == 404
    assert used(life) == []


def test_signs_that_turn_words_round_are_taken_out(therapist, life):
    path = f"/people/{life.registration}/measures/calendar/other/"
    therapist.send(path, day28="1", unit="grams", named="\u202eenimatek\u2066\u200f\x00 2", rest_without="on")
    [one] = queries.uses([life.registration], access=life.practitioner)["other"]
    assert one.named == "enimatek 2"


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
    assert "None of it on the days left empty" in therapist.text(path)
    therapist.send(path, day28="1", unit="grams", rest_without="on")
    assert "cannabis" in queries.calendars([life.registration], access=life.practitioner)


def test_the_other_service_cannot_fill_it_in(world, path):
    assert browser(world.riverside, "keyworker").get(path).status_code == 404


def test_a_level_that_differs_by_sex_is_said_where_the_sex_is_recorded(therapist, life, path):
    """100 units a week: over the level of a man, once he is recorded as one."""
    month = {f"day{number}": "20" for number in range(1, 21)}
    said = therapist.text(therapist.send(path, **month, unit="units", rest_without="on").url)
    assert "More than 14 units a week" in said
    assert "More than 50 units" not in said
    identity, version = people.identity(life.registration, access=life.practitioner)
    changed = replace(identity, sex="male")
    persons.correct_identity(registration=life.registration, identity=changed, version=version, by=life.practitioner)
    assert "More than 50 units a week is higher-risk drinking for a man" in therapist.text(path)


def test_the_measures_page_says_not_to_stop_suddenly(therapist, life, path):
    month = {f"day{number}": "20" for number in range(1, 21)}
    therapist.send(path, **month, unit="units", rest_without="on")
    said = therapist.text(f"/people/{life.registration}/measures/")
    assert "Do not stop suddenly" in said
    assert "drinks more than 15 units on a drinking day, on more than half of the last 28 days" in said
