"""Change in days of drinking or using."""

from dataclasses import dataclass
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
    if last_days < first_days:
        return UseChange.LESS
    return UseChange.MORE if last_days > first_days else UseChange.SAME


def is_abstinent(days: int) -> bool:
    """No day of use in the last 28."""
    return days == 0


@dataclass(frozen=True, slots=True)
class DaysChange:
    """Days of using one substance in 28, first and last: the plain difference and whether there were none at the end.

    Whether a difference is reliable (“improved”, “deteriorated”) is not said: the profile's published thresholds by
    substance were found in no source.
    """

    difference: int
    abstinent: bool
    change: UseChange


def days_change(first_days: int, last_days: int) -> DaysChange:
    """What became of the days of use of one substance. Source: Treatment Outcomes Profile, sections 1 and 2."""
    return DaysChange(last_days - first_days, is_abstinent(last_days), use_change(first_days, last_days))
