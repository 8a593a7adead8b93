"""The parts of an instrument: subscales, clusters and counts.

A gap leaves a part open (None) unless what was answered decides it already: one symptom present is enough for “any”.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from alongside.definitions.instruments import Instrument, Part
from alongside.kernel.numbers import quotient

Points = Sequence[int | None]


def part_values(instrument: Instrument, points: Points) -> tuple[tuple[str, Decimal | None], ...]:
    """Each part with its value, in the order of the definition. `points` are by item, None where not answered."""
    if not instrument.parts:
        return ()
    found: dict[str, Decimal | None] = {}
    for part in instrument.parts:
        found[part.key] = _of_parts(part, found) if part.rule == "all" else _of_items(part, points)
    return tuple(found.items())


def _of_items(part: Part, points: Points) -> Decimal | None:
    given = [points[number - 1] for number in part.items]
    answered = [one for one in given if one is not None]
    least = part.at_least or 0
    if part.rule == "any":
        return _decided(sum(one >= least for one in answered), part.needed, len(given) - len(answered))
    if len(answered) < len(given):
        return None
    match part.rule:
        case "count":
            return Decimal(sum(one >= least for one in answered))
        case "mean":
            return quotient(sum(answered), len(answered))
        case _:
            return Decimal(sum(answered))


def _of_parts(part: Part, found: Mapping[str, Decimal | None]) -> Decimal | None:
    values = [found[name] for name in part.parts]
    if 0 in values:
        return Decimal(0)
    return None if None in values else Decimal(1)


def _decided(met: int, needed: int, gaps: int) -> Decimal | None:
    if met >= needed:
        return Decimal(1)
    return None if met + gaps >= needed else Decimal(0)
