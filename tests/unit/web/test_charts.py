"""Pictures of numbers: where each mark falls."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from alongside.web.charts import spark
from alongside.web.people.axis import LEFT, RIGHT, WIDTH
from alongside.web.people.chart import OF_DAYS, SCORES, TITLE, USE, Drawn, Reading, draw
from alongside.web.people.foot import BESIDE, HIGH, LONG_BEFORE, Happened

START, END = date(2026, 1, 5), date(2026, 3, 2)


def month(day):
    return day.isoformat()


def reading(day, value, own=True, harm=False):
    return Reading(day, Decimal(value), f"{value} as said", own, harm=harm)


def series(*values, own=True, key="phq9"):
    days = [START, date(2026, 2, 2), END]
    readings = [reading(day, value, own) for day, value in zip(days, values, strict=False)]
    return Drawn(key, key.upper(), readings, Decimal(27), cutoff=Decimal(10), reliable=Decimal(6))


def lanes(*measures, used=(), events=()):
    return draw(measures, used, events, until=END, month=month).lanes


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
    assert draw([series()], [], [Happened(START, "triangle", "Opened")], until=END, month=month) is None


def test_the_highest_score_is_at_the_top_and_nought_at_the_bottom():
    [lane] = lanes(series(27, 0))
    assert [dot.y for dot in lane.dots] == [f"{TITLE:.1f}", f"{TITLE + SCORES:.1f}"]


def test_each_measure_has_its_own_range():
    wide = Drawn("ibs_sss", "IBS", [reading(START, 500), reading(END, 250)], Decimal(500))
    [phq9, ibs] = lanes(series(27), wide)
    assert Decimal(ibs.dots[0].y) == Decimal(ibs.top)
    assert Decimal(ibs.dots[1].y) == Decimal(ibs.top) + SCORES // 2
    assert Decimal(phq9.bottom) < Decimal(ibs.top)  # no lane lies on another


def test_a_scale_that_begins_at_one_stands_on_its_lowest_answer():
    [lane] = lanes(Drawn("mi", "MI", [reading(START, 1)], Decimal(5), least=Decimal(1)))
    assert lane.dots[0].y == f"{TITLE + SCORES:.1f}"


def test_time_runs_from_the_first_day_to_today():
    [lane] = lanes(series(9, 9, 9))
    assert (lane.dots[0].x, lane.dots[-1].x) == (f"{LEFT:.1f}", f"{WIDTH - RIGHT:.1f}")


def test_what_happened_before_the_first_measure_widens_the_line():
    chart = draw([series(9)], [], [Happened(date(2025, 12, 1), "triangle", "Opened")], until=END, month=month)
    assert chart.events[0].x == f"{LEFT:.1f}"
    assert Decimal(chart.lanes[0].dots[0].x) > LEFT


def test_the_cutoff_and_the_band_of_no_reliable_change_are_drawn():
    [lane] = lanes(series(18, 12))
    per_point = Decimal(SCORES) / 27
    assert lane.cutoff == "10"
    assert Decimal(lane.cutoff_y) == round(TITLE + SCORES - 10 * per_point, 1)
    top, height = map(Decimal, lane.band)
    assert top == round(TITLE + SCORES - 24 * per_point, 1)
    assert height == round(12 * per_point, 1)  # six points each way from the first score


@pytest.mark.parametrize("values", [(18,), (27, 3)])
def test_the_band_stays_inside_its_lane_and_needs_two_scores(values):
    [lane] = lanes(series(*values))
    assert (lane.band is None) is (len(values) == 1)
    if lane.band:
        assert Decimal(lane.band[0]) >= Decimal(lane.top)


def test_a_measure_without_figures_claims_none():
    [lane] = lanes(Drawn("biq", "BIQ", [reading(START, 40), reading(END, 3)], Decimal(72)))
    assert (lane.cutoff, lane.cutoff_y, lane.band) == ("", "", None)


def test_days_of_use_are_bars_out_of_28():
    [lane] = lanes(used=[Drawn("alcohol", "Alcohol", [reading(START, OF_DAYS)], Decimal(OF_DAYS))])
    assert lane.bars[0].height == f"{USE:.1f}"


def test_a_line_joins_only_what_one_service_took():
    mixed = [reading(START, 18), reading(START, 9, own=False)]
    [lane] = lanes(Drawn("phq9", "PHQ-9", mixed, Decimal(27)))
    assert len(lane.dots) == 2
    assert len(lane.points.split()) == 1


def test_no_line_joins_totals_out_of_different_maxima():
    [lane] = lanes(Drawn("wsas", "WSAS", [reading(START, 20), reading(END, 12)], Decimal(40), joined=False))
    assert lane.points == ""
    assert [dot.said for dot in lane.dots] == ["WSAS 20 as said", "WSAS 12 as said"]


def test_what_only_the_other_service_took_is_joined_too():
    [lane] = lanes(series(18, 12, 9, own=False))
    assert len(lane.points.split()) == 3


def test_a_score_with_an_answer_about_self_harm_has_a_ring_however_low_it_is():
    told = [reading(START, 1, harm=True), reading(END, 20)]
    chart = draw([Drawn("phq9", "PHQ-9", told, Decimal(27)), series(9, 8, key="gad7")], [], [], until=END, month=month)
    assert [[dot.harm for dot in lane.dots] for lane in chart.lanes] == [[True, False], [False, False]]
    assert [lane.told_of_harm for lane in chart.lanes] == [1, 0]
    assert chart.told_of_harm


def test_without_such_an_answer_there_is_no_ring_to_explain():
    assert not draw([series(18, 12)], [], [], until=END, month=month).told_of_harm


def test_months_are_thinned_until_they_fit():
    years = Drawn("phq9", "PHQ-9", [reading(date(2023, 1, 1), 9)], Decimal(27))
    assert len(draw([years], [], [], until=END, month=month).months) <= 8


def noted(*days, shape="plus"):
    happened = [Happened(day, shape, str(day), about=day) for day in days]
    return draw([series(18, 9)], [], happened, until=END, month=month)


class TestNumberedMarks:
    """What happened in somebody's life and what changed in their medicines."""

    def test_they_are_numbered_by_day_with_what_a_list_says_of_them(self):
        days = [date(2026, 2, 20), date(2026, 1, 7), date(2026, 2, 1)]
        found = noted(*days).notes
        assert [(one.number, one.about) for one in found] == list(enumerate(sorted(days), 1))

    def test_of_one_day_the_first_is_what_was_told_first(self):
        happened = [Happened(START, "plus", "evening"), Happened(START, "square", "morning")]  # the newest first
        chart = draw([series(18)], [], happened, until=END, month=month)
        assert [one.label for one in chart.notes] == ["morning", "evening"]

    def test_they_have_no_mark_among_what_the_services_did(self):
        happened = [Happened(START, "triangle", "Opened"), Happened(START, "square", "Home lost")]
        chart = draw([series(18)], [], happened, until=END, month=month)
        assert [one.label for one in chart.events] == ["Opened"]
        assert [one.label for one in chart.notes] == ["Home lost"]

    def test_none_covers_another(self):
        found = noted(*[date(2026, 2, 1)] * 3, date(2026, 2, 2), date(2026, 3, 1)).notes
        assert len({(one.y, one.x) for one in found}) == len(found)
        for one in found:
            for other in found:
                apart = abs(one.x - other.x) >= BESIDE + LEFT
                assert one is other or one.y != other.y or apart

    def test_those_with_room_share_a_row(self):
        assert len({one.y for one in noted(date(2026, 1, 7), date(2026, 2, 20)).notes}) == 1

    def test_each_row_makes_the_picture_higher_and_months_stay_below(self):
        none, two = noted(), noted(*[date(2026, 2, 1)] * 2)
        assert two.height - none.height == two.months_y - none.months_y == 2 * HIGH
        assert max(one.y for one in two.notes) < two.months_y

    def test_the_last_has_room_for_its_number(self):
        [last] = noted(END).notes
        assert last.x + BESIDE <= WIDTH

    def test_what_was_long_before_does_not_squeeze_the_rest(self):
        just, before = START - LONG_BEFORE, START - LONG_BEFORE - timedelta(days=1)
        assert noted(before).lanes == noted().lanes
        assert (noted(before).notes, noted(before).earlier) == ((), 1)
        assert [one.about for one in noted(just, before).notes] == [just]

    def test_one_of_the_other_service_says_so(self):
        chart = draw([series(9)], [], [Happened(START, "plus", "x", own=False)], until=END, month=month)
        assert not chart.notes[0].own
