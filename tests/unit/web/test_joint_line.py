"""The joint time line: what is drawn of what was measured, what is only in the table, and what nobody has checked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alongside.definitions.instruments import Whose
from alongside.measures.queries import Course, Step
from alongside.web.people.joint import Beside, picture, table

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
BESIDE = Beside({}, frozenset())
SCALES = ("phq9", "gad7", "spin", "pdss", "oci", "wsas", "core10", "pcl5")  # the last of them was taken longest ago
SUBSTANCES = ("alcohol", "cannabis", "cocaine", "crack", "tobacco")


def step(value, weeks=0, band=""):
    return Step(at=NOON - weeks * WEEK, value=Decimal(value), band=band, response="", language="", amount=None, unit="")


def drawn(scales=(), substances=(), *, steps=None, jurisdiction="uk"):
    scores = {key: steps or [step(20, number)] for number, key in enumerate(scales)}
    uses = {key: [step(28 - number)] for number, key in enumerate(substances)}
    whose = Whose(jurisdiction=jurisdiction)
    return picture({"reg": Course(scores=scores, uses=uses)}, BESIDE, [], "reg", whose, NOON.date())


@pytest.mark.parametrize(
    ("scales", "substances", "left_out"),
    [
        (SCALES[:6], SUBSTANCES[:3], ()),
        (SCALES[:7], (), ("CORE-10",)),
        (SCALES, SUBSTANCES, ("CORE-10", "PCL-5", "Crack", "Tobacco")),
    ],
)
def test_what_has_no_lane_is_named(scales, substances, left_out):
    chart = drawn(scales, substances)
    assert chart.left_out == left_out
    assert len(chart.lanes) + len(left_out) == len(scales) + len(substances)


@pytest.mark.parametrize(
    ("key", "jurisdiction", "cutoff", "told", "unchecked"),
    [
        ("phq9", "uk", "10", "20 → 12", ""),
        ("spin", "uk", "19", "20 → 12; reliable change 10*", "reliable change 10"),
        ("dast10", "uk", "3*", "20 → 12", "cut-off 3"),
        ("pcl5", "uk", "32*", "20 → 12; reliable change 10*", "cut-off 32, reliable change 10"),
        ("gad7", "us", "10*", "20 → 12", "cut-off 10"),
        ("core10", "uk", "", "20 → 12", ""),
    ],
)
def test_a_figure_that_nobody_checked_has_a_sign(key, jurisdiction, cutoff, told, unchecked):
    chart = drawn([key], steps=[step(20, 8), step(12)], jurisdiction=jurisdiction)
    [lane] = chart.lanes
    assert (lane.cutoff, lane.told, lane.unchecked) == (cutoff, told, unchecked)
    assert chart.unchecked == ((lane,) if unchecked else ())


def test_of_one_score_no_change_is_drawn_and_none_is_marked():
    [lane] = drawn(["spin"]).lanes
    assert (lane.told, lane.unchecked) == ("20", "")


def test_a_band_that_nobody_checked_has_the_sign_in_the_table():
    scores = {"sats": [step(4, 1, band="late_persuasion")], "phq9": [step(12, band="moderate")]}
    found = table({"reg": Course(scores=scores, uses={})}, BESIDE, {}, [], NOON.date(), "uk")
    assert [(one.said, one.band_unchecked) for one in found] == [
        ("12 · moderate", False),
        ("4 · late persuasion*", True),
    ]
