"""Effect sizes of a group, from the published means of guided self-help."""

from decimal import Decimal

import pytest

from alongside.kernel.numbers import half_up
from alongside.outcomes.rules import effect_size
from tests.spec.worked import figures


@figures.EFFECTS.each
def test_effect_sizes(measure, first_mean, last_mean, first_sd, effect, published):
    got = effect_size(first_mean, last_mean, first_sd)
    assert half_up(got, 2) == effect
    assert half_up(got, 1) == published


def test_it_is_not_rounded_and_has_a_direction():
    assert effect_size(Decimal(10), Decimal(6), Decimal(8)) == Decimal("0.5")
    assert effect_size(Decimal(6), Decimal(10), Decimal(8)) == Decimal("-0.5")
    assert effect_size(Decimal(6), Decimal(10), Decimal(8), higher_is_worse=False) == Decimal("0.5")


@pytest.mark.parametrize("spread", ["0", "-1"])
def test_without_a_spread_there_is_none(spread):
    with pytest.raises(ValueError, match=r"^first_sd: a standard deviation is more than nought$"):
        effect_size(Decimal(10), Decimal(6), Decimal(spread))


def test_the_smallest_spread_will_do():
    assert effect_size(Decimal(10), Decimal(9), Decimal("0.5")) == 2
