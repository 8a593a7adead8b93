"""From flags to the rows of `measures.csv`: every measure, in total and by every group."""

from collections.abc import Iterable, Mapping, Sequence
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
    `applies` is false where the group is a service of a kind that the measure does not count.
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
    columns: dict[str, ir.Value] = {}
    for one in indicators:
        counted = derived[one.numerator]
        applies = derived.service_kind.isin(one.applies_to) if one.applies_to else counted.notnull()
        columns[f"{one.id}.applies"] = applies.sum()
        columns[f"{one.id}.numerator"] = (applies & counted).sum()
        if one.denominator:
            columns[f"{one.id}.denominator"] = (applies & derived[one.denominator]).sum()
    grouped = derived.aggregate(**columns) if breakdown == TOTAL else derived.group_by(breakdown).aggregate(**columns)
    found = grouped.to_pyarrow().to_pylist()
    return {("" if breakdown == TOTAL else line[breakdown]): _by_measure(line, indicators) for line in found}


def _by_measure(line: Mapping[str, int], indicators: Iterable[Indicator]) -> dict[str, Counts]:
    parts = ("applies", "numerator", "denominator")
    return {
        one.id: {part: int(line[f"{one.id}.{part}"] or 0) for part in parts if f"{one.id}.{part}" in line}
        for one in indicators
    }


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
            applies=breakdown != "service" or counts[one.id]["applies"] > 0,
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
