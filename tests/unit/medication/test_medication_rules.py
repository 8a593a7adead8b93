"""What may be said of a change of medicine."""

from datetime import date, timedelta

import pytest

from alongside.definitions import policy
from alongside.kernel.errors import Several
from alongside.medication import rules
from alongside.medication.rules import LONGEST, Told

TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)
STARTED = Told("Sertraline", "started", TODAY, "50 mg")


def test_what_is_told_is_kept_and_its_words_trimmed():
    assert rules.check(Told(" Sertraline ", "started", TODAY, " 50 mg "), TODAY) == STARTED


@pytest.mark.parametrize(
    "told",
    [
        Told("Sertraline", "started", TODAY),  # they do not know how much
        Told("Sertraline", "stopped", TODAY - 900 * DAY),
        Told("Methadone", "dose_changed", TODAY, "30 ml", "prescriber"),
        Told("a" * LONGEST, "started", TODAY, "a" * LONGEST),
    ],
)
def test_what_may_be_told(told):
    assert rules.check(told, TODAY) == told


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"medicine": " "}, "medicine"),
        ({"medicine": "a" * (LONGEST + 1)}, "medicine"),
        ({"what": "prescribed"}, "what"),
        ({"day": TODAY + DAY}, "day"),
        ({"what": "dose_changed", "dose": " "}, "dose"),
        ({"what": "stopped"}, "dose"),
        ({"dose": "a" * (LONGEST + 1)}, "dose"),
        ({"source": "gossip"}, "source"),
    ],
)
def test_what_is_wrong_is_named(changes, field):
    usual = {"medicine": "Sertraline", "what": "started", "day": TODAY, "dose": "50 mg"}
    with pytest.raises(Several) as caught:
        rules.check(Told(**usual | changes), TODAY)
    assert [one.field for one in caught.value.problems] == [field]


def test_it_is_what_the_consent_grid_calls_my_medicines():
    assert policy.category_keys(rules.needs()) == ["medicines"]
