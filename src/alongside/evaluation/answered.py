"""Scores that are left out by how they were answered, and how many."""

from collections.abc import Mapping
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from alongside.evaluation.rules.wanted import Wanted, Why

ANY = "left_out"  # for whichever reason


def unwanted(rows: ir.Table, language: ir.StringValue, wanted: Wanted) -> dict[Why, ir.BooleanValue]:
    """By each reason that somebody asked for: whether a score is to be left out for it. What nobody said is no reason.

    `language` is the version that was answered, empty for English.
    """
    found: dict[Why, ir.BooleanValue] = {}
    for why in wanted.reasons:
        match why:
            case Why.CLOUDED:
                found[why] = rows.clouded.fill_null(False)
            case Why.HELPED:
                found[why] = rows.helped.fill_null(False)
            case Why.RECENT_USE:
                found[why] = (rows.weeks_since_use < wanted.without_use_within).fill_null(False)
            case Why.LANGUAGE:
                found[why] = language != wanted.only_language
    return found


def for_any(reasons: Mapping[Why, ir.BooleanValue]) -> ir.BooleanValue:
    """Whether any of the reasons holds."""
    return reduce(or_, reasons.values(), ibis.literal(False))


def counted(scored: ir.Table, wanted: Wanted) -> tuple[dict[Why, int], int]:
    """How many scores are left out for each reason that somebody asked for, and how many there are of them in all: one
    may be left out for more than one."""
    if not wanted.reasons:
        return {}, 0
    sums = scored.aggregate(**{name: scored[name].sum().fill_null(0) for name in (ANY, *wanted.reasons)})
    [row] = sums.to_pyarrow().to_pylist()
    return {why: row[why] for why in wanted.reasons}, row[ANY]
