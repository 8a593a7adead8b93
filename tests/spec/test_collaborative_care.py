"""PHQ-9 in collaborative care, from the worked examples T-01 to T-08."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from alongside.caseload import rules as caseload
from alongside.definitions.instruments import instrument
from alongside.measures.rules import score
from alongside.outcomes.rules import (
    Ends,
    TimedScore,
    case_review_in_time,
    depression_course,
    ends,
    needs_case_review,
    percent_fall,
)
from tests.spec.worked import care


@care.COURSES.each
def test_response_remission_and_improvement(first, last, response, remission, improved, from_caseload):
    got = depression_course(Decimal(first), Decimal(last))
    assert (got.response, got.remission, got.improved, got.from_caseload) == (
        response,
        remission,
        improved,
        from_caseload,
    )


@care.MEANINGFUL.each
def test_a_meaningful_fall_is_five_points(first, last, meaningful):
    assert depression_course(Decimal(first), Decimal(last)).meaningful is meaningful


def test_the_fall_in_per_cent():
    assert percent_fall(Decimal(18), Decimal(9)) == 50
    assert percent_fall(Decimal(12), Decimal(15)) == -25
    assert percent_fall(Decimal(0), Decimal(3)) is None


@care.LAST_COUNTS.each
def test_the_last_score_counts_and_not_the_lowest(scores, first, last, remission):
    taken = [TimedScore("phq9", Decimal(one), date(2025, month, 1)) for month, one in enumerate(scores, 1)]
    found = ends(taken, "phq9")
    assert (found.first, found.last) == (first, last)
    assert depression_course(found.first, found.last).remission is remission


@care.REVIEW_DUE.each
def test_a_review_is_due_for_whoever_has_not_improved_by_week_eight(first, last, week, due):
    improved = depression_course(Decimal(first), Decimal(last)).improved
    assert needs_case_review(week, improved) is due


@care.REVIEW_MET.each
def test_a_consultation_in_weeks_eight_to_twelve_meets_the_task(week, met):
    assert case_review_in_time(week) is met


NOT_IMPROVED = caseload.Facts(
    scores=[caseload.Measured("phq9", Ends(Decimal(20), Decimal(18)))],
    uses=[],
    weeks=20,
    review_weeks=8,
    seen=True,
    missed_in_a_row=0,
    planned=True,
    overdue=False,
    to_talk=False,
)


@care.SAFETY.each
def test_a_conversation_about_self_harm_comes_before_those_who_do_not_improve(
    item_nine, total, flag, waits, before_non_improvers
):
    worth = score(instrument("phq9"), (3, total - item_nine - 3, *[0] * 6, item_nine))
    assert worth.value == total
    assert bool(worth.flags) is flag
    answered = replace(NOT_IMPROVED, scores=[], to_talk=flag and waits)
    mine, theirs = (caseload.place(caseload.reasons(facts)) for facts in (answered, NOT_IMPROVED))
    assert (mine < theirs) is before_non_improvers
