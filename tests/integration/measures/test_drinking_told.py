"""All that was said and measured of somebody's drinking, from wherever it was said, the oldest first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alongside.access.queries import read_together
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.measures import actions, queries
from alongside.measures.queries import Drunk, Told
from alongside.measures.rules import Calendar, Use
from alongside.people.rules import Correcting
from tests.integration.measures.conftest import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YESTERDAY = datetime(2026, 3, 5, 15, tzinfo=UTC)
TOP = [7, 7, 7, 7, "30"] + [None] * 51


@pytest.fixture
def told(person, therapist):
    def read(access=therapist):
        return read_together(queries.drinking([person], access=access))[0]

    return read


@pytest.fixture
def respond(person, therapist):
    def record(instrument, answers=None, total=None, at=YESTERDAY):
        given = {"registration": person, "completed_at": at, "by": therapist}
        return actions.record_response(instrument=instrument, answers=answers, total=total, **given)

    return record


def use(person, therapist, days, amount=None, at=YESTERDAY, substance="alcohol"):
    said = Use(substance, days, amount=amount, unit="units" if amount else "")
    return actions.record_use(registration=person, use=said, asked_at=at, by=therapist)


def test_use_records_profiles_and_calendars_tell_the_same_thing(told, respond, person, therapist):
    use(person, therapist, "20", "12", YESTERDAY - 9 * DAY)
    respond("top", TOP, at=YESTERDAY - 8 * DAY)
    respond("aor", [7, None, 7, 7, None], at=YESTERDAY - 7 * DAY)
    calendar = Calendar("alcohol", YESTERDAY.date(), ["10"] * 14 + [""] * 14, rest_without=True)
    actions.record_calendar(registration=person, calendar=calendar, by=therapist)
    found = told().drunk
    assert [(one.days, one.amount, one.unit, one.whole) for one in found] == [
        (20, Decimal(12), "units", True),
        (28, Decimal(30), "units", True),
        (21, None, "", False),
        (14, Decimal(10), "units", True),
    ]
    assert [one.at for one in found] == sorted(one.at for one in found)


def test_of_two_at_one_time_the_one_that_was_written_later_comes_later(told, person, therapist):
    for minutes, days in enumerate(("28", "3", "17")):
        with clock.at(NOW + timedelta(minutes=minutes)):
            use(person, therapist, days, "5")
    assert [one.days for one in told().drunk] == [28, 3, 17]


def test_totals_of_what_is_asked_for_come_with_it_and_no_others(told, respond):
    respond("audit", total="22", at=YESTERDAY - DAY)
    respond("audit", total="19")
    respond("sadq", total="14")
    respond("gad7", total="10")
    assert told().scores == {
        "audit": [(YESTERDAY - DAY, Decimal(22)), (YESTERDAY, Decimal(19))],
        "sadq": [(YESTERDAY, Decimal(14))],
    }


def test_other_substances_and_profiles_without_a_day_of_drinking_say_nothing(told, respond, person, therapist):
    use(person, therapist, "28", substance="cannabis")
    respond("top", [None] * 55 + [12])
    assert told() == Told([], {})


def test_what_was_put_right_or_is_closed_is_not_there(told, respond, therapist):
    first = respond("top", TOP)
    assert told().drunk == [Drunk(YESTERDAY, 28, Decimal(30), "units")]
    actions.correct_response(response=first, answers=[0, *TOP[1:]], why=Correcting("mistyped"), by=therapist)
    assert [one.days for one in told().drunk] == [21]
    mood_only = replace(therapist, own=therapist.own & ~policy.categories_mask("use_pattern"))
    assert told(mood_only).drunk == []
