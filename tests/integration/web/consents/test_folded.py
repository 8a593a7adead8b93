"""The account of looks is folded: what one reader looked at on one day is one row, and each look stands in it."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.web.consents.account import ACTS, Line
from alongside.web.consents.folding import edition, folded
from tests import factories
from tests.integration.web.visiting import browser

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
USUAL = {
    "what": ACTS["shown"],
    "who": "Kim",
    "role": "Therapist",
    "service": "Northside",
    "kinds": ["scores"],
    "purpose": "care",
    "why": "they treat the person",
    "policy": "p1",
    "href": "",
    "withheld": False,
}


def line(minutes, **changes):
    return Line(at=MORNING - timedelta(minutes=minutes), **(USUAL | changes))


def test_looks_of_one_day_are_one_row_with_all_their_kinds():
    looks = [line(0), line(5, kinds=["plan", "scores"]), line(9)]
    [row] = folded(looks)
    assert (row.line.at, row.line.kinds, row.looks) == (MORNING, ["scores", "plan"], tuple(looks))


@pytest.mark.parametrize(
    "changed",
    [
        *(
            {"who": "Sam"},
            {"role": "Team lead"},
            {"service": "Riverside"},
            {"purpose": "emergency"},
            {"withheld": True},
        ),
        *({"why": "they agreed on Monday"}, {"policy": "p2"}, {"href": "/looks/1/"}, {"what": "Told Desk"}),
    ],
)
def test_whatever_differs_is_a_row_of_its_own(changed):
    assert len(folded([line(0), line(1, **changed)])) == 2


def test_another_day_is_another_row():
    assert len(folded([line(0), line(24 * 60)])) == 2


def test_the_day_is_that_of_the_clinic():
    """23:30 in London in summer is still that day, whatever the day is by Greenwich."""
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert len(folded([line(0) for _one in "a"] + [Line(at=late, **USUAL)])) == 2
    assert len(folded([Line(at=late, **USUAL), Line(at=late - timedelta(hours=12), **USUAL)])) == 1


def test_what_was_told_is_never_folded():
    told = {"what": "Told Desk without consent"}
    assert len(folded([line(0, **told), line(1, **told)])) == 2


def test_the_persons_own_looks_are_one_row_whatever_they_looked_for():
    assert len(folded([line(0, own=True), line(1, own=True, why="it is their own record")])) == 1


def test_the_policy_is_named_once_where_one_decided_all():
    assert edition([line(0), line(1)]) == "p1"
    assert edition([line(0), line(1, policy="p2")]) == ""


@pytest.mark.django_db
def test_the_page_holds_each_look():
    joint = factories.JointJourney()
    therapist = browser(joint.world.northside, "therapist")
    for _number in range(3):
        therapist.get(f"/people/{joint.northside}/")
    page = browser(joint.world.riverside, "keyworker").text(f"/people/{joint.riverside}/sharing/looked/")
    assert "3 looks on that day" in page
