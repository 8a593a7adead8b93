"""Why somebody is looked at first: one row a case."""

from decimal import Decimal

import pytest

from alongside.caseload.rules import Facts, Measured, Used, Why, place, reasons
from alongside.outcomes.rules import Ends


def scored(key, first, last=None):
    return Measured(key, Ends(Decimal(first), None if last is None else Decimal(last)))


def in_bsl(first, last=None, *, began_in="bfi"):
    number = None if last is None else Decimal(last)
    return Measured("phq9", Ends(Decimal(first), number, began_in, "" if last is None else "bfi"))


def facts(**changes):
    """Somebody who asks for no attention: seen, better, booked."""
    usual = {
        "scores": [scored("phq9", 18, 8), scored("gad7", 14, 6)],
        "uses": [Used("alcohol", 20, 8)],
        "weeks": 6,
        "review_weeks": 12,
        "seen": True,
        "missed_in_a_row": 0,
        "planned": True,
        "overdue": False,
        "to_talk": False,
    }
    return Facts(**(usual | changes))


SAME = [scored("phq9", 15, 14), scored("gad7", 12, 11)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"scores": [scored("phq9", 10, 16)]}, [Why.WORSE]),  # exactly the reliable change
        ({"scores": [scored("phq9", 10, 15)]}, []),  # one less is not
        ({"scores": [scored("phq9", 18, 8), scored("gad7", 6, 10)]}, [Why.WORSE]),  # either measure counts
        ({"uses": [Used("alcohol", 8, 9)]}, [Why.BETTER_USING_MORE]),  # never mood alone
        ({"uses": [Used("alcohol", 8, 9)], "scores": SAME}, [Why.USING_MORE]),
        ({"uses": [Used("alcohol", 8, 8)]}, []),
        ({"uses": [Used("alcohol", 8)]}, []),  # asked once: nothing to compare
        ({"uses": [Used("alcohol", 20, 8), Used("crack", 0, 2)]}, [Why.BETTER_USING_MORE]),  # any substance
        ({"missed_in_a_row": 1}, [Why.MISSED]),
        ({"overdue": True}, [Why.OVERDUE]),
        ({"scores": SAME, "weeks": 12}, [Why.STUCK]),  # from the agreed review on
        ({"scores": SAME, "weeks": 11}, []),
        ({"scores": [scored("phq9", 9, 9)], "weeks": 20}, []),  # below the cut-off is not stuck
        ({"scores": [in_bsl(9, 8)], "weeks": 20}, [Why.STUCK]),  # its cut-off is 8
        ({"scores": [in_bsl(9, 7)], "weeks": 20}, []),
        ({"scores": [in_bsl(9, 9, began_in="")], "weeks": 20}, []),  # between two versions there is no change to tell
        ({"scores": [in_bsl(4, 12, began_in="")]}, []),
        ({"scores": [in_bsl(4, 12)]}, [Why.WORSE]),
        ({"scores": [scored("phq9", 15)], "weeks": 20}, []),  # once is not a course
        ({"to_talk": True}, [Why.TO_TALK]),
        ({"to_talk": True, "scores": [scored("phq9", 5, 20)]}, [Why.TO_TALK, Why.WORSE]),
        ({"planned": False}, [Why.NOT_PLANNED]),
        ({"seen": False, "scores": [], "uses": []}, [Why.NEW]),
        (
            {"scores": [scored("phq9", 5, 20)], "missed_in_a_row": 2, "planned": False},
            [Why.WORSE, Why.MISSED, Why.NOT_PLANNED],
        ),
    ],
)
def test_the_reasons(changes, expected):
    assert list(reasons(facts(**changes))) == expected


def test_safety_stands_before_stuck_and_stuck_before_new():
    found = [(), (Why.NEW,), (Why.STUCK,), (Why.WORSE, Why.STUCK), (Why.MISSED,), (Why.TO_TALK, Why.NEW)]
    first = [(Why.TO_TALK, Why.NEW), (Why.WORSE, Why.STUCK), (Why.MISSED,), (Why.STUCK,), (Why.NEW,), ()]
    assert sorted(found, key=place) == first
