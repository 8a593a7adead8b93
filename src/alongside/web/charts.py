"""Small pictures of numbers as inline SVG: coordinates only, drawn by the templates. Pure."""

from collections.abc import Sequence
from decimal import Decimal

WIDE, HIGH, EDGE = 64, 20, 2


def spark(values: Sequence[Decimal], highest: int) -> str:
    """The points of a sparkline in a box of 64 by 20, zero at the bottom; empty for fewer than two values."""
    if len(values) < 2:
        return ""
    step = Decimal(WIDE - 2 * EDGE) / (len(values) - 1)
    return " ".join(f"{_x(place * step)},{_y(value, highest)}" for place, value in enumerate(values))


def _x(along: Decimal) -> str:
    return f"{EDGE + along:.1f}"


def _y(value: Decimal, highest: int) -> str:
    return f"{HIGH - EDGE - value * (HIGH - 2 * EDGE) / highest:.1f}"
