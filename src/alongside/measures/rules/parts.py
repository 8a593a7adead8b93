"""The parts of an instrument: subscales, clusters and counts.

A gap leaves a part open (None) unless what was answered decides it already: one symptom present is enough for “any”.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from alongside.definitions.instruments import Instrument, Part
from alongside.kernel.numbers import quotient

Points = Sequence[int | None]

NO, YES = Decimal(0), Decimal(1)


class PartPlan:
    """The parts of an instrument made ready, once: a definition is slow to ask."""

    def __init__(self, instrument: Instrument) -> None:
        self._parts = tuple(_Ready(part) for part in instrument.parts)

    def values(self, points: Points) -> tuple[tuple[str, Decimal | None], ...]:
        """Each part with its value, in the order of the definition. `points` are by item, None where not answered."""
        found: dict[str, Decimal | None] = {}
        for part in self._parts:
            found[part.key] = _of_parts(part, found) if part.rule == "all" else _of_items(part, points)
        return tuple(found.items())


class _Ready:
    """One part, with the places of its items among all."""

    __slots__ = ("key", "least", "needed", "parts", "places", "rule")

    def __init__(self, part: Part) -> None:
        self.key, self.rule, self.parts, self.needed = part.key, part.rule, part.parts, part.needed
        self.places = tuple(number - 1 for number in part.items)
        self.least = part.at_least or 0


def _of_items(part: _Ready, points: Points) -> Decimal | None:
    given = [points[place] for place in part.places]
    answered = given if None not in given else [one for one in given if one is not None]
    if part.rule == "any":
        return _decided(_met(part, answered), part.needed, len(given) - len(answered))
    if len(answered) < len(given):
        return None
    match part.rule:
        case "count":
            return _number(_met(part, answered))
        case "mean":
            return quotient(sum(answered), len(answered))  # type: ignore[arg-type] # none of them is None
        case _:
            return _number(sum(answered))  # type: ignore[arg-type] # the same


def _met(part: _Ready, answered: Points) -> int:
    least, met = part.least, 0
    for one in answered:
        if one >= least:  # type: ignore[operator] # the same
            met += 1
    return met


def _of_parts(part: _Ready, found: Mapping[str, Decimal | None]) -> Decimal | None:
    open_still = False
    for name in part.parts:
        value = found[name]
        if value is None:
            open_still = True
        elif not value:
            return NO
    return None if open_still else YES


def _decided(met: int, needed: int, gaps: int) -> Decimal | None:
    if met >= needed:
        return YES
    return None if met + gaps >= needed else NO


@cache
def _number(value: int) -> Decimal:
    return Decimal(value)
