"""What a public report may say, as tables, and an attack on it that must fail."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.evaluation.publishing import published
from alongside.evaluation.rows import Row, reading_order, with_intervals
from alongside.evaluation.rules.audience import Audience, stamp
from alongside.evaluation.rules.disclosure import hidden_groups, rounded, whole_percent
from alongside.kernel.errors import Invalid
from tests.spec.worked import figures


@figures.ROUNDED.each
def test_rounded(count: int, shown: int | None) -> None:
    assert rounded(count) == shown


@figures.PERCENT.each
def test_whole_percent(numerator: int, denominator: int, shown: int | None) -> None:
    assert whole_percent(numerator, denominator) == shown


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 40, "b": 60}, ""),
        ({"a": 3, "b": 60, "c": 50}, "ac"),  # 3 alone is the total less the rest
        ({"a": 3, "b": 4, "c": 50}, "ab"),
        ({"a": 1, "b": 1, "c": 50, "d": 70}, "abc"),  # two hidden ones that add up to 2 are 0 to 2 each
        ({"a": 0, "b": 0, "c": 50, "d": 70}, "abcd"),  # an empty group may be known to be empty: it hides nobody
        ({"a": 0, "b": 3, "c": 6, "d": 70}, "abc"),
        ({"a": 40}, ""),
        ({"a": 3}, "a"),
    ],
)
def test_hidden_groups(counts: dict[str, int], hidden: str) -> None:
    assert hidden_groups(counts) == set(hidden)


def attack(counts: Mapping[str, int], hidden: frozenset[str]) -> set[str]:
    """Small groups that somebody narrows below "anything from 0 to 4", knowing the total and every shown count."""
    left = sum(counts[group] for group in hidden)
    others = len([group for group in hidden if counts[group] > 0])
    found = set()
    for group in hidden:
        if 0 < counts[group] < 5:
            least = left if others == 1 else 0  # the only hidden group that is not empty holds all that is left
            if least > 0 or left < 4:
                found.add(group)
    return found


breakdowns = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=2)


@given(breakdowns)
def test_nothing_small_is_worked_out(counts: dict[str, int]) -> None:
    hidden = hidden_groups(counts)
    assert all(group in hidden for group, count in counts.items() if count < 5)
    if hidden != set(counts):  # with everything hidden, only the total is left, and it hides itself below 5
        assert attack(counts, hidden) == set()


def test_hiding_only_small_counts_is_not_enough() -> None:
    """The attack can win: against hiding the small counts alone it finds them."""
    counts = {"a": 3, "b": 60, "c": 50}
    assert attack(counts, frozenset("a")) == {"a"}


def rows() -> tuple[Row, ...]:
    groups = {"": (53, 110), "a": (30, 55), "b": (21, 48), "c": (2, 7)}
    bare = [Row("recovery", "sex" if group else "total", group, over, under) for group, (over, under) in groups.items()]
    return with_intervals([*bare, Row("finished_course", "service", "using", 0, None, applies=False)])


def cells(audience: Audience) -> dict[str, tuple[str, ...]]:
    return {row.group or row.measure: row.cells[4:] for row in published(rows(), audience)}


def test_public_rows() -> None:
    assert cells(Audience.PUBLIC) == {
        "recovery": ("55", "110", "0.48", "0.39", "0.57"),
        "a": ("30", "55", "0.55", "0.42", "0.67"),
        "b": ("*", "50", "", "", ""),  # hidden so that c cannot be worked out
        "c": ("*", "5", "", "", ""),
        "using": ("0", "", "", "", ""),  # a service of another kind counts nobody, as everybody knows
    }


def test_exact_rows_are_not_rounded() -> None:
    exact = cells(Audience.INTERNAL)
    assert exact["c"][:3] == ("2", "7", repr(2 / 7))
    assert exact == cells(Audience.PUBLICATION)


@pytest.mark.parametrize(
    ("audience", "approved_by", "decision", "field"),
    [
        (Audience.PUBLICATION, "", "", "--approved-by"),
        (Audience.PUBLICATION, " ", "exact", "--approved-by"),
        (Audience.PUBLICATION, "A. Name", "", "--decision"),
        (Audience.PUBLIC, "A. Name", "", "--approved-by"),
        (Audience.INTERNAL, "", "exact", "--decision"),
    ],
)
def test_a_stamp_that_says_too_little_or_too_much(
    audience: Audience, approved_by: str, decision: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        stamp(audience, approved_by, decision)
    assert refused.value.field == field


def test_groups_are_in_reading_order() -> None:
    groups = ["unknown", "10", "9", "1", "north", "Mixed"]
    assert sorted(groups, key=reading_order) == ["1", "9", "10", "Mixed", "north", "unknown"]
