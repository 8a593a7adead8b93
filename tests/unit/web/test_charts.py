"""Pictures of numbers: where each mark falls."""

from datetime import date
from decimal import Decimal

import pytest

from alongside.web.charts import spark
from alongside.web.people.chart import (
    DAYS,
    HIGHEST,
    LEFT,
    RIGHT,
    SCORES,
    TOP,
    USE,
    WIDTH,
    Drawn,
    Happened,
    Reading,
    draw,
)

START, END = date(2026, 1, 5), date(2026, 3, 2)


def month(day):
    return day.isoformat()


def series(*values, own=True, key="phq9"):
    days = [START, date(2026, 2, 2), END]
    readings = [Reading(day, Decimal(value), own) for day, value in zip(days, values, strict=False)]
    return Drawn(key, key.upper(), readings, Decimal(10))


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ([], ""),
        ([9], ""),  # one value is no course
        ([27, 0], "2.0,2.0 62.0,18.0"),
        ([0, 27, 0], "2.0,18.0 32.0,2.0 62.0,18.0"),
    ],
)
def test_a_sparkline_runs_from_edge_to_edge(values, points):
    assert spark([Decimal(value) for value in values], 27) == points


def test_nothing_measured_is_no_chart():
    assert draw([series()], None, [Happened(START, "triangle", "Opened")], until=END, month=month) is None


def test_the_highest_score_is_at_the_top_and_nought_at_the_bottom():
    [line] = draw([series(HIGHEST, 0)], None, [], until=END, month=month).lines
    assert [dot.y for dot in line.dots] == [f"{TOP:.1f}", f"{TOP + SCORES:.1f}"]


def test_time_runs_from_the_first_day_to_today():
    [line] = draw([series(9, 9, 9)], None, [], until=END, month=month).lines
    assert (line.dots[0].x, line.dots[-1].x) == (f"{LEFT:.1f}", f"{WIDTH - RIGHT:.1f}")


def test_what_happened_before_the_first_measure_widens_the_line():
    chart = draw([series(9)], None, [Happened(date(2025, 12, 1), "triangle", "Opened")], until=END, month=month)
    assert chart.events[0].x == f"{LEFT:.1f}"
    assert Decimal(chart.lines[0].dots[0].x) > LEFT


def test_days_of_use_are_bars_out_of_28():
    chart = draw([], Drawn("alcohol", "Alcohol", [Reading(START, Decimal(DAYS))]), [], until=END, month=month)
    assert chart.bars[0].height == f"{USE:.1f}"


def test_a_line_joins_only_what_one_service_took():
    mixed = Drawn("phq9", "PHQ-9", [Reading(START, Decimal(18)), Reading(START, Decimal(9), own=False)], None)
    [line] = draw([mixed], None, [], until=END, month=month).lines
    assert len(line.dots) == 2
    assert len(line.points.split()) == 1


def test_what_only_the_other_service_took_is_joined_too():
    [line] = draw([series(18, 12, 9, own=False)], None, [], until=END, month=month).lines
    assert len(line.points.split()) == 3


def test_two_names_never_lie_on_one_another():
    lines = draw([series(9, 9), series(9, 9, key="gad7")], None, [], until=END, month=month).lines
    assert abs(Decimal(lines[0].label_y) - Decimal(lines[1].label_y)) >= 13


def test_months_are_thinned_until_they_fit():
    years = Drawn("phq9", "PHQ-9", [Reading(date(2023, 1, 1), Decimal(9))], None)
    assert len(draw([years], None, [], until=END, month=month).months) <= 8
