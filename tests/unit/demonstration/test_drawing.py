"""Numbers, days and hours of invented people."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from nhs_number.validate import is_valid

from alongside.cli.demonstration import mood, names, nine, population, totals
from alongside.cli.demonstration.assumptions import numbers
from alongside.cli.demonstration.calendar import Diary, half_way, instant, working_day
from alongside.cli.demonstration.mood import Pair
from alongside.cli.demonstration.shapes import SUBSTANCE, TALKING, Traits
from alongside.cli.demonstration.stories import stories
from alongside.definitions import talking_therapies
from alongside.definitions.instruments import instrument
from alongside.kernel.clock import LONDON
from alongside.kernel.periods import OpeningHours, add_working_time
from alongside.measures.rules import check_all

FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)
EIGHT_TO_EIGHT = OpeningHours({day: [(time(8), time(20))] for day in range(7)}, LONDON)


def test_nhs_numbers_are_in_the_test_range_with_right_check_digits_and_never_the_same():
    made = [names.nhs_number(place) for place in range(3_000)]
    assert len(set(made)) == len(made)
    assert all(number.startswith("999") and is_valid(number) for number in made)
    assert "9999999999" not in made


def test_a_wrong_check_digit_would_be_seen():
    number = names.nhs_number(7)
    assert not is_valid(number[:9] + str((int(number[9]) + 1) % 10))


@pytest.mark.parametrize(
    ("day", "not_before", "expected"),
    [
        (FRIDAY, None, FRIDAY),
        (SUNDAY, None, FRIDAY),  # waits are "at most": a weekend goes to the Friday before
        (SUNDAY, date(2026, 11, 21), date(2026, 11, 23)),  # unless that is before somebody was known
    ],
)
def test_working_days(day, not_before, expected):
    assert working_day(day, not_before=not_before) == expected


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 11, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 8, 30, tzinfo=UTC),  # asked yesterday evening
        datetime(2026, 11, 22, 5, 15, tzinfo=UTC),  # nobody is there: two hours after they open
        datetime(2026, 11, 22, 23, 0, tzinfo=UTC),
        datetime(2026, 7, 5, 12, 0, tzinfo=UTC),  # summer time
    ],
)
def test_half_of_four_working_hours_is_left(now):
    asked = half_way(now, timedelta(hours=2), EIGHT_TO_EIGHT)
    due = add_working_time(asked, timedelta(hours=4), EIGHT_TO_EIGHT)
    assert asked <= now
    assert due == add_working_time(now, timedelta(hours=2), EIGHT_TO_EIGHT)


def test_a_diary_gives_no_hour_twice_while_the_day_has_one_left():
    diary = Diary()
    taken = [diary.book("pra_1", f"person {place}", FRIDAY) for place in range(8)]
    assert len(set(taken)) == 8
    assert min(taken) == instant(FRIDAY, "09:00")


def test_a_full_day_goes_on_from_its_first_hour():
    diary = Diary()
    taken = [diary.book("pra_1", f"person {place}", FRIDAY) for place in range(10)]
    assert taken[8:] == taken[:2]
    assert diary.booked("pra_1", FRIDAY) == 10


def test_nobody_is_seen_by_two_services_at_one_hour():
    diary = Diary()
    seen = [diary.book(practitioner, "person 1", FRIDAY) for practitioner in ("pra_1", "pra_2", "pra_1")]
    assert seen == [instant(FRIDAY, at) for at in ("09:00", "10:05", "11:10")]
    assert diary.book("pra_2", "person 2", FRIDAY) == instant(FRIDAY, "09:00")  # the hour left out is not lost


@pytest.mark.parametrize("fate", ["recovered_reliably", "recovered", "improved", "deteriorated", "no_change"])
def test_scores_are_drawn_until_the_definitions_agree(fate):
    found = mood.draw(Random(5), "F431", 4, fate=fate)
    assert mood._fits(mood._judged(found.first, found.last, found.own), fate)


@pytest.mark.parametrize("key", ["spin", "pdss", "oci", "pcl5", "hai", "mi", "phq15"])
def test_a_measure_of_its_own_follows_the_gad7_through_the_cut_off(key):
    measure = instrument(key)
    assert measure.caseness.reached(mood.own_score(key, 8))
    assert not measure.caseness.reached(mood.own_score(key, 7))
    assert mood.own_score(key, 12) - mood.own_score(key, 8) == measure.reliable_change.value
    assert all(mood.own_score(key, gad7) in measure.range for gad7 in range(22))


def test_the_nine_are_seven_one_and_one_and_of_the_seven_one_drinks_more():
    below, more, left_early, improved = 0, 0, 0, 0
    for life in nine.lives(seed=1):
        therapy, keywork = life.course(TALKING), life.course(SUBSTANCE)
        scored = [dict(visit.scores) for visit in therapy.visits if visit.scores]
        used = [use.days for visit in keywork.visits for use in visit.uses]
        first, last = Pair(*_pair(scored[0])), Pair(*_pair(scored[-1]))
        found = mood._judged(first, last, "")
        assert found.at_caseness
        below += found.recovery
        more += found.recovery and used[-1] > used[0]
        left_early += therapy.end_code == "47"
        improved += found.reliable_improvement and not found.recovery
    assert (below, improved, left_early, more) == (7, 1, 1, 1)


def _pair(scores):
    return int(scores["phq9"]), int(scores["gad7"])


def test_the_stories_are_all_there_and_named_once():
    keys = [story.life.key for story in stories()]
    assert len(set(keys)) == len(keys)
    told = " ".join(story.see for story in stories())
    for promised in ("drinking more", "mood stuck", "due in two hours", "12 units", "withdrew consent yesterday",
                     "has told neither", "Sign Language", "Urdu", "by telephone"):  # fmt: skip
        assert promised in told


def test_end_codes_and_descriptors_are_in_the_national_lists():
    codes = {reason.code for reason in talking_therapies.end_reasons()}
    courses = [one for life in population.people(400, seed=2) for one in life.courses if one.service == TALKING]
    assert {one.end_code for one in courses if one.end_code} <= codes


def test_names_come_from_the_seed():
    traits = Traits(30, 1, "female", "White British", 3)
    assert names.name(Random(4), traits) == names.name(Random(4), traits)


def test_every_ethnicity_that_is_drawn_has_its_national_letter():
    assert all(len(names.ethnic_category(one)) == 1 for one in numbers("ethnicity"))


def test_every_total_that_is_drawn_can_be_entered():
    """Tests live through 26 people; of the three hundred that are invented for a reader one has a PHQ-9 of 25."""
    lives = [*(story.life for story in stories()), *population.people(3_000, 1)]
    drawn = [visit.scores for life in lives for course in life.courses for visit in course.visits]
    assert max(total for scores in drawn for key, total in scores if key == "phq9") > 24
    for scores in drawn:
        handed = totals.given(scores)
        check_all(handed, ())
        assert (totals.talk(handed) is not None) is any(one.harm for one in handed)
