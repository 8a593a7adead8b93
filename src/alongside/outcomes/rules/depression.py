"""PHQ-9 as collaborative care reads it: response, remission and improvement.

Two definitions of “improved” are in use, and they differ: each is named after its source and never mixed. The figures
are data with sources (`definitions.collaborative_care`); `outcomes.columns.depression_course` is the same for tables.
"""

from dataclasses import dataclass
from decimal import Decimal

from alongside.definitions.collaborative_care import collaborative_care


@dataclass(frozen=True, slots=True)
class DepressionCourse:
    """What became of a PHQ-9 between the first and the last score.

    `response`: a fall of half or more. `remission`: below 5 now. `meaningful`: a fall of 5 points or more. These three
    are customary in collaborative care (from memory, but that remission is below 5 is CMS159's). `improved`: below 10,
    or a fall of half or more, as in Bao and others, Psychiatric Services (ps.201400577), n = 5,439. `from_caseload`:
    whether the first score was one that collaborative care usually takes on (10 or more); others are counted apart.
    """

    response: bool
    remission: bool
    meaningful: bool
    improved: bool
    from_caseload: bool


def depression_course(first: Decimal, last: Decimal) -> DepressionCourse:
    """The course from two PHQ-9 totals. A first score of nought has nothing to fall from: no response is claimed."""
    known = collaborative_care()
    response = first > 0 and 100 * (first - last) >= known.response.percent * first
    return DepressionCourse(
        response=response,
        remission=last < known.remission.below,
        meaningful=first - last >= known.meaningful.points,
        improved=last < known.improved.below or response,
        from_caseload=first >= known.caseload.least,
    )


def percent_fall(first: Decimal, last: Decimal) -> Decimal | None:
    """The fall in per cent of the first score, unrounded; None where it was nought. A rise is negative."""
    return 100 * (first - last) / first if first else None


def needs_case_review(week: int, improved: bool) -> bool:
    """Whether a consultation between the 8th and the 12th week is due: somebody not improved by week 8.

    Source: Bao and others, Psychiatric Services (ps.201400577).
    """
    return week >= collaborative_care().review.from_week and not improved


def case_review_in_time(week: int) -> bool:
    """Whether a consultation in that week met the task of weeks 8 to 12."""
    review = collaborative_care().review
    return review.from_week <= week <= review.to_week
