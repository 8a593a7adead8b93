"""The published England tables: their rates must follow from their counts by our denominators and our rounding.

Rates are to one decimal, half up. Dividing by "at caseness", the usual mistake, and rounding to even must both fail.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from alongside.definitions.indicators import indicators
from alongside.kernel.numbers import half_up, percent

pytestmark = pytest.mark.oracle

ROOT = Path(__file__).parents[2]
PUBLISHED = (
    Path(os.environ.get("ALONGSIDE_ORACLES", ROOT / "../shared/oracles")) / "nhstt/england_annual_to_2022_23.parquet"
)

# Our measure, and how the published tables call it and the flags of its denominator.
NAMES = {
    "recovery": "recovery",
    "reliable_improvement": "improvement",
    "reliable_deterioration": "deterioration",
    "no_reliable_change": "no_reliable_change",
    "reliable_recovery": "reliable_recovery",
}
Counts = dict[str, int]
DENOMINATORS: dict[str | None, Callable[[Counts], int]] = {
    "could_recover": lambda counts: counts["finished_course_treatment"] - counts["not_at_caseness"],
    "finished": lambda counts: counts["finished_course_treatment"],
}


@pytest.fixture(scope="module")
def rows() -> list[tuple[Counts, dict[str, str]]]:
    """Counts and published percentages of each line of the tables (year by breakdown by group)."""
    if not PUBLISHED.is_file():
        pytest.skip(f"The published tables are not here ({PUBLISHED}). Set ALONGSIDE_ORACLES to their folder.")
    counts: dict[tuple[str, ...], Counts] = defaultdict(dict)
    rates: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for row in pq.read_table(PUBLISHED).to_pylist():
        line = (row["reporting_period"], row["variable_type"], row["variable_a"], row["variable_b"])
        if row["measure_statistic"] == "count" and row["value"].isdigit():
            counts[line][row["measure_name"]] = int(row["value"])
        elif row["measure_statistic"] == "percentage":
            rates[line][row["measure_name"]] = row["value"]
    return [(counts[line], rates[line]) for line in rates]


def compared(rows: list[tuple[Counts, dict[str, str]]], measure: str) -> Iterator[tuple[int, Counts, str]]:
    """Numerator, counts and published rate of every line that publishes a number for the measure."""
    for counts, rates in rows:
        published = rates.get(NAMES[measure], "")
        if published.replace(".", "").isdigit() and {NAMES[measure], "finished_course_treatment"} <= set(counts):
            yield counts[NAMES[measure]], counts, published


def denominator(measure: str) -> Callable[[Counts], int]:
    [found] = [one for one in indicators() if one.id == measure]
    return DENOMINATORS[found.denominator]


@pytest.mark.parametrize("measure", NAMES)
def test_published_rates_follow_from_published_counts(measure: str, rows: list[tuple[Counts, dict[str, str]]]) -> None:
    lines = list(compared(rows, measure))
    under = denominator(measure)
    wrong = [line for line in lines if percent(line[0], under(line[1])) != half_up(Fraction(line[2]), 1)]
    assert (len(lines), wrong) == (565, [])  # the tables hold 748 lines; 183 publish no number


def test_dividing_by_at_caseness_is_caught(rows: list[tuple[Counts, dict[str, str]]]) -> None:
    lines = list(compared(rows, "recovery"))
    right = [n for n, counts, rate in lines if percent(n, counts["at_caseness"]) == half_up(Fraction(rate), 1)]
    assert len(right) < len(lines) / 2


def test_rounding_to_even_is_caught(rows: list[tuple[Counts, dict[str, str]]]) -> None:
    under = denominator("recovery")
    even = [
        n
        for n, counts, rate in compared(rows, "recovery")
        if under(counts) and round(Fraction(100 * n, under(counts)), 1) != Fraction(rate)
    ]
    assert even
