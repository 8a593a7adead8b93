"""How many questions somebody was asked lately: theirs, not those of what a clinician rates."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.measures.rules import Taken
from alongside.web.measures.burden import MONTH, Burden, burden

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)


def taken(key, ago=timedelta()):
    return Taken(key, "", NOW - ago, "svc", "reg", "res")


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        ([], Burden(0, 0)),
        ([taken("phq9"), taken("gad7")], Burden(2, 16)),
        ([taken("phq9", MONTH), taken("gad7", MONTH + timedelta(seconds=1))], Burden(1, 9)),
        ([taken(key) for key in ("ciwa_ar", "cows", "sats", "aus", "dus")], Burden(0, 0)),  # a clinician rates these
        ([taken("sats"), taken("phq9")], Burden(1, 9)),
        ([taken("c_ssrs")], Burden(1, 7)),  # a clinician fills it in by asking
    ],
)
def test_only_what_the_person_answers_is_counted(found, asked):
    assert burden(found, NOW) == asked
