"""What a public report may say, so that nobody can be recognised in it.

Counts below 5 are not shown and others are shown to the nearest 5, as NHS England's own scripts do. Percentages are
computed from the unrounded counts and shown as whole numbers. Where a count is hidden, others beside it are hidden
too until nobody who knows the total, and every count that is shown, exactly, could say what the hidden ones are.
Source: nhsengland/Talking-Therapies, Key Metrics suppression scripts; the second step is ours, theirs has none.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from alongside.kernel.numbers import half_up

SMALL = 5
NEAREST = 5
HIDDEN = "*"


def rounded(count: int) -> int | None:
    """The count to the nearest 5, or None where it is below 5 and may not be shown."""
    return None if count < SMALL else (count + 2) // NEAREST * NEAREST


def whole_percent(numerator: int, denominator: int) -> int | None:
    """A rate as a whole percentage of the unrounded counts, half up.

    None where the numerator, the denominator or what is left between them is below 5: with a small denominator a
    rate is as good as its counts, and what is left is a group of people too.
    """
    if min(numerator, denominator, denominator - numerator) < SMALL:
        return None
    return int(half_up(Fraction(100 * numerator, denominator)))


def whole_fraction(value: float) -> Decimal:
    """A fraction to a whole percentage: 0.3512 is 0.35."""
    return half_up(value, 2)


def hidden_groups(counts: Mapping[str, int]) -> frozenset[str]:
    """Which groups of one breakdown may not show their count.

    First every count below 5. Then, while somebody could tell too much by subtraction, the smallest that is still
    shown: the hidden groups must be at least two that are not empty, and add up to at least 5, so that each of
    them could be any number from 0 to 4 for all that the rest of the table says. Breakdowns share one total, which
    is shown wherever it is 5 or more.
    """
    hidden = {group for group, count in counts.items() if count < SMALL}
    shown = sorted(set(counts) - hidden, key=lambda group: (counts[group], group))
    while hidden and shown and not _safe([counts[group] for group in hidden]):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _safe(hidden: list[int]) -> bool:
    return sum(count > 0 for count in hidden) >= 2 and sum(hidden) >= SMALL
