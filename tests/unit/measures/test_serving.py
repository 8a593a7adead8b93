"""One set of answers serves both services for a week."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.measures.rules import Taken, from_elsewhere, serves

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
HERE, THERE = "svc_here", "svc_there"
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


def taken(ago: timedelta, service: str = THERE, instrument: str = "phq9", substance: str = "") -> Taken:
    return Taken(instrument, substance, NOW - ago, service, f"reg_{service}", f"rsp_{ago}")


@pytest.mark.parametrize(
    ("ago", "service", "does"),
    [
        (0 * DAY, THERE, True),
        (7 * DAY, THERE, True),
        (7 * DAY + MOMENT, THERE, False),
        (400 * DAY, HERE, True),  # a service's own answers are its own
    ],
)
def test_anothers_answers_serve_for_seven_days(ago, service, does):
    assert serves(taken(ago, service), HERE, NOW) is does


def test_only_the_newest_of_each_is_said():
    newest = taken(DAY)
    assert from_elsewhere([taken(3 * DAY), newest, taken(2 * DAY)], HERE, NOW) == [newest]


def test_what_was_asked_here_since_needs_nobody_elses():
    assert from_elsewhere([taken(3 * DAY), taken(2 * DAY, HERE)], HERE, NOW) == []
    assert from_elsewhere([taken(2 * DAY), taken(3 * DAY, HERE)], HERE, NOW) == [taken(2 * DAY)]


def test_an_answer_about_one_substance_says_nothing_of_another():
    alcohol, heroin = taken(DAY, instrument="sds", substance="alcohol"), taken(2 * DAY, HERE, "sds", "heroin")
    assert from_elsewhere([alcohol, heroin], HERE, NOW) == [alcohol]


def test_another_services_answers_are_looked_at_for_whom_they_are_to_serve():
    assert from_elsewhere([taken(8 * DAY)], HERE, NOW) == []
    assert from_elsewhere([taken(7 * DAY)], HERE, NOW) == [taken(7 * DAY)]


def test_the_newest_comes_first():
    older, newer = taken(3 * DAY), taken(DAY, instrument="gad7")
    assert from_elsewhere([older, newer], HERE, NOW) == [newer, older]
    assert newer.serves_until == NOW + 6 * DAY
