"""How large the change of a group was, in standard deviations of its first scores."""

from decimal import Decimal


def effect_size(first_mean: Decimal, last_mean: Decimal, first_sd: Decimal, higher_is_worse: bool = True) -> Decimal:
    """The change of the mean for the better by the standard deviation of the first scores, unrounded; negative where
    the group got worse. It is said of a group, never of one person.

    As NHS England publishes it by therapy (Talking Therapies annual data, 2024-25: guided self-help, PHQ-9, 0.7).
    Raises `ValueError` where the deviation is nought or less.
    """
    if first_sd <= 0:
        raise ValueError("first_sd: a standard deviation is more than nought")
    fall = first_mean - last_mean
    return (fall if higher_is_worse else -fall) / first_sd
