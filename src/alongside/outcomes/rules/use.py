"""Change in days of drinking or using."""

from enum import StrEnum


class UseChange(StrEnum):
    """Days used at the end against days used at the start, by the plain difference.

    Reliable-change figures by substance were not found in any source, so none is claimed.
    """

    LESS = "less"
    SAME = "same"
    MORE = "more"


def use_change(first_days: int, last_days: int) -> UseChange:
    """Whether fewer, as many or more of the last 28 days were days of use."""
    if last_days == first_days:
        return UseChange.SAME
    return UseChange.LESS if last_days < first_days else UseChange.MORE


def is_abstinent(days: int) -> bool:
    """No day of use in the last 28."""
    return days == 0
