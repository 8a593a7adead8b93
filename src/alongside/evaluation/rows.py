"""From flags to the rows of `measures.csv`: every measure, in total and by every group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np
from statsmodels.stats.proportion import proportion_confint

from alongside.definitions.indicators import Indicator
from alongside.evaluation.tables.catalogue import UNKNOWN

TOTAL = "total"
ALL = "all"
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `denominator` is None for a count; `value` and limits are None for counts and where it is 0.

    `value`, `lower` and `upper` are unrounded fractions; the limits are Wilson's, 95 %. `group` is empty in total.
    `applies` is false where the group is a service of a kind that the measure does not count, and in total where
    there is no episode of such a kind at all.
    """

    measure: str
    breakdown: str
    group: str
    numerator: int
    denominator: int | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    applies: bool = True
    period: str = ALL


def wilson(numerators: Sequence[int], denominators: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % limits for each pair; denominators must be above 0."""
    lower, upper = proportion_confint(np.asarray(numerators), np.asarray(denominators), method="wilson")
    return np.asarray(lower), np.asarray(upper)


def count_flags(derived: ir.Table, indicators: Sequence[Indicator], breakdown: str) -> dict[str, dict[str, Counts]]:
    """How many episodes carry each flag, by measure within group: `{group: {measure: {"numerator": …}}}`."""
    wanted = {one.id: _wanted(one) for one in indicators}
    # Measures share flags, and each is added up once.
    flags = dict.fromkeys(flag for parts in wanted.values() for flag in parts.values())
    sums = {f"sum_{place}": _carries(derived, *flag).sum() for place, flag in enumerate(flags)}
    grouped = derived.aggregate(**sums) if breakdown == TOTAL else derived.group_by(breakdown).aggregate(**sums)
    found: dict[str, dict[str, Counts]] = {}
    for line in grouped.to_pyarrow().to_pylist():
        counts = {flag: int(line[f"sum_{place}"] or 0) for place, flag in enumerate(flags)}
        group = "" if breakdown == TOTAL else line[breakdown]
        found[group] = {key: {part: counts[flag] for part, flag in parts.items()} for key, parts in wanted.items()}
    return found


Flag = tuple[str, tuple[str, ...]]  # the flag, and the kinds of service it is counted in


def _wanted(one: Indicator) -> dict[str, Flag]:
    parts: dict[str, Flag] = {"applies": ("", one.applies_to), "numerator": (one.numerator, one.applies_to)}
    return parts | ({"denominator": (one.denominator, one.applies_to)} if one.denominator else {})


def _carries(derived: ir.Table, flag: str, kinds: tuple[str, ...]) -> ir.BooleanValue:
    within = derived.service_kind.isin(kinds) if kinds else derived.service_kind.notnull()
    return within & derived[flag] if flag else within


def measure_rows(derived: ir.Table, indicators: Sequence[Indicator], breakdowns: Sequence[str]) -> tuple[Row, ...]:
    """Every measure in total and by each breakdown: by measure, then breakdown, then group in reading order."""
    counted = {name: count_flags(derived, indicators, name) for name in (TOTAL, *breakdowns)}
    bare = [
        Row(
            one.id,
            breakdown,
            group,
            counts[one.id]["numerator"],
            counts[one.id].get("denominator"),
            applies=breakdown not in (TOTAL, "service") or counts[one.id]["applies"] > 0,
        )
        for one in indicators
        for breakdown, groups in counted.items()
        for group, counts in sorted(groups.items(), key=lambda pair: reading_order(pair[0]))
    ]
    return with_intervals(bare)


def with_intervals(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with value and limits wherever something is counted in the denominator."""
    done = list(rows)
    places = [place for place, row in enumerate(rows) if row.denominator]
    if not places:
        return tuple(done)
    numerators = [rows[place].numerator for place in places]
    denominators = [rows[place].denominator or 0 for place in places]
    for place, over, under, lower, upper in zip(
        places, numerators, denominators, *wilson(numerators, denominators), strict=True
    ):
        done[place] = replace(rows[place], value=over / under, lower=float(lower), upper=float(upper))
    return tuple(done)


def reading_order(group: str) -> tuple[int, int, str]:
    """Numbers by size, then words, then `unknown`: decile 10 comes after 9 and not after 1."""
    if group == UNKNOWN:
        return (2, 0, group)
    return (0, int(group), group) if group.isascii() and group.isdigit() else (1, 0, group)
