"""Goal attainment scaling: how far several goals, each rated from -2 to +2, were reached, as one T-score.

T = 50 + 10 sum(x) / sqrt((1 - r) n + r n²) with equal weights and the customary r = 0.3, so that goals reached just
as expected give 50. Source: Kiresuk and Sherman 1968, Community Mental Health Journal 4:443-53; the formula is from
memory and unverified.
"""

from collections.abc import Sequence
from decimal import Decimal

from alongside.kernel.numbers import half_up

BETWEEN_GOALS = Decimal("0.3")  # the correlation that is customarily assumed


def goal_attainment(ratings: Sequence[int]) -> Decimal:
    """The T-score of one or more ratings of -2 to +2, to two decimals. Raises `ValueError` where there are none."""
    if not ratings:
        raise ValueError("there is no goal to rate")
    count = len(ratings)
    spread = ((1 - BETWEEN_GOALS) * count + BETWEEN_GOALS * count * count).sqrt()
    return half_up(50 + 10 * sum(ratings) / spread, 2)
