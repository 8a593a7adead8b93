"""PHQ-9 in collaborative care, from the worked examples T-01 to T-07."""

from decimal import Decimal

import pytest

from alongside.outcomes.rules import case_review_in_time, depression_course, needs_case_review, percent_fall


@pytest.mark.parametrize(
    ("case", "first", "last", "response", "remission", "improved", "from_caseload"),
    [
        ("T-01", 18, 9, True, False, True, True),  # exactly half
        ("T-02", 12, 7, False, False, True, True),  # 41.7 %: no response, and improved by the other definition
        ("T-05", 9, 4, True, True, True, False),  # below 10 at the start: counted apart
        ("boundary", 10, 5, True, False, True, True),  # 5 is not below 5
        ("boundary", 10, 4, True, True, True, True),
        ("boundary", 21, 11, False, False, False, True),  # 47.6 %, and still above 9
        ("boundary", 21, 10, True, False, True, True),
        ("boundary", 19, 10, False, False, False, True),
        ("boundary", 19, 9, True, False, True, True),
        ("worse", 12, 20, False, False, False, True),
        ("all of the least there is to fall", 1, 0, True, True, True, False),
        ("nothing to fall from", 0, 0, False, True, True, False),
        ("extremes", 27, 0, True, True, True, True),
    ],
)
def test_response_remission_and_improvement(case, first, last, response, remission, improved, from_caseload):
    got = depression_course(Decimal(first), Decimal(last))
    assert (got.response, got.remission, got.improved, got.from_caseload) == (
        response,
        remission,
        improved,
        from_caseload,
    ), case


@pytest.mark.parametrize(("first", "last", "meaningful"), [(15, 10, True), (15, 11, False), (10, 15, False)])
def test_a_meaningful_fall_is_five_points(first, last, meaningful):
    assert depression_course(Decimal(first), Decimal(last)).meaningful is meaningful


def test_the_fall_in_per_cent():
    assert percent_fall(Decimal(18), Decimal(9)) == 50
    assert percent_fall(Decimal(12), Decimal(15)) == -25
    assert percent_fall(Decimal(0), Decimal(3)) is None


@pytest.mark.parametrize(
    ("week", "improved", "due"),
    [(6, False, False), (7, False, False), (8, False, True), (8, True, False), (20, False, True)],
)
def test_a_review_is_due_for_whoever_has_not_improved_by_week_eight(week, improved, due):
    # T-04: 20 to 14 at week 6 is not yet flagged.
    assert needs_case_review(week, improved) is due


@pytest.mark.parametrize(("week", "met"), [(7, False), (8, True), (11, True), (12, True), (13, False)])
def test_a_consultation_in_weeks_eight_to_twelve_meets_the_task(week, met):
    assert case_review_in_time(week) is met  # T-07
