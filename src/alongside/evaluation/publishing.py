"""From exact rows to what an audience may read: the one place where figures are hidden or rounded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from alongside.evaluation.rows import TOTAL, Row
from alongside.evaluation.rules.audience import Audience
from alongside.evaluation.rules.disclosure import (
    HIDDEN,
    hidden_groups,
    rounded,
    whole_fraction,
    whole_percent,
)

HEADER = ("measure", "period", "breakdown", "group", "numerator", "denominator", "value", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as text, ready for a file or a page. Empty where not applicable, `*` where hidden.

    `value` and limits are fractions: unrounded where exact, whole percentages where public.
    """

    measure: str
    period: str
    breakdown: str
    group: str
    numerator: str
    denominator: str = ""
    value: str = ""
    lower: str = ""
    upper: str = ""
    exact: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in HEADER)


def published(rows: Sequence[Row], audience: Audience) -> tuple[Shown, ...]:
    """Every row as `audience` may read it, in the same order."""
    if audience.exact:
        return tuple(_exact(row) for row in rows)
    hidden = _hidden(rows)
    return tuple(replace(_public(row, hidden), exact=False) for row in rows)


def _exact(row: Row) -> Shown:
    numbers = (row.denominator, row.value, row.lower, row.upper)
    return _shown(row, str(row.numerator), *("" if number is None else repr(number) for number in numbers))


def _shown(row: Row, *cells: str) -> Shown:
    return Shown(row.measure, row.period, row.breakdown, row.group, *cells)


Cell = tuple[str, str, str, str]  # measure, breakdown, numerator or denominator, group


def _hidden(rows: Iterable[Row]) -> frozenset[Cell]:
    families: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        if not row.applies:  # a service of another kind counts nobody, as everybody knows: it protects nobody
            continue
        families[row.measure, row.breakdown, "numerator"][row.group] = row.numerator
        if row.denominator is not None:
            families[row.measure, row.breakdown, "denominator"][row.group] = row.denominator
    return frozenset((*family, group) for family, counts in families.items() for group in _hide(family, counts))


def _hide(family: tuple[str, str, str], counts: Mapping[str, int]) -> frozenset[str]:
    if family[1] == TOTAL:
        return frozenset(group for group, count in counts.items() if rounded(count) is None)
    return hidden_groups(counts)


def _public(row: Row, hidden: frozenset[Cell]) -> Shown:
    if not row.applies:
        return _shown(row, "0", "" if row.denominator is None else "0")
    over = _count(row, "numerator", row.numerator, hidden)
    under = "" if row.denominator is None else _count(row, "denominator", row.denominator, hidden)
    rate = whole_percent(row.numerator, row.denominator or 0)
    if HIDDEN in (over, under) or rate is None or row.lower is None or row.upper is None:
        return _shown(row, over, under)
    limits = (str(whole_fraction(limit)) for limit in (row.lower, row.upper))
    return _shown(row, over, under, f"{rate / 100:.2f}", *limits)


def _count(row: Row, part: str, count: int, hidden: frozenset[Cell]) -> str:
    return HIDDEN if (row.measure, row.breakdown, part, row.group) in hidden else str(rounded(count))
