"""Bands, cut-offs and ranges of many totals at once, each row with an instrument of its own."""

from collections.abc import Callable
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import UK, Banding, Cutoff, Instrument, instruments

EXACT = "decimal(10,2)"  # of figures in definitions


def band(banding: Banding | None, score: ir.NumericValue) -> ir.StringValue:
    """The key of the band that holds `score`; null where there are no bands or the score is null."""
    if banding is None:
        return ibis.null("string")
    return ibis.cases(*((score >= _plainly(held.minimum), held.key) for held in reversed(banding.bands)))


def _plainly(edge: Decimal) -> int | Decimal:
    """A whole number as one: beside a decimal the engine would make every score a decimal first, which is slow."""
    return int(edge) if edge == int(edge) else edge


def is_case(key: ir.StringValue, score: ir.NumericValue, language: ir.StringValue | None = None) -> ir.BooleanValue:
    """Whether `score` reaches the cut-off of the instrument `key`; null where either is not known.

    `language` is the version that each was answered in, where any was not answered in English: some have cut-offs of
    their own.
    """
    cutoff = figure(key, lambda known: known.caseness and known.caseness.value)
    above = [known.key for known in instruments() if known.caseness and known.caseness.operator == ">"]
    usual = ibis.ifelse(key.isin(above), score > cutoff, score >= cutoff)
    if language is None:
        return usual
    own = [((key == known) & (language == one.language), _reaches(one, score)) for known, one in _of_versions()]
    return ibis.cases(*own, else_=usual) if own else usual


def _of_versions() -> list[tuple[str, Cutoff]]:
    """The caseness cut-off of every instrument and language version that has one of its own, by instrument."""
    return [
        (known.key, one)
        for known in instruments()
        for one in known.cutoffs
        if one.key == "caseness" and one.language and one.jurisdiction in (None, UK)
    ]


def _reaches(cutoff: Cutoff, score: ir.NumericValue) -> ir.BooleanValue:
    return _COMPARED[cutoff.operator](score, ibis.literal(cutoff.value, EXACT))


_COMPARED: dict[str, Callable[[ir.NumericValue, ir.NumericValue], ir.BooleanValue]] = {
    ">=": lambda score, value: score >= value,
    ">": lambda score, value: score > value,
    "<=": lambda score, value: score <= value,
    "<": lambda score, value: score < value,
}


def is_valid_total(key: ir.StringValue, score: ir.NumericValue) -> ir.BooleanValue:
    """Whether `score` could be a total of the instrument `key`: in range, and whole where every total of it is. Never
    null."""
    divided = [known.key for known in instruments() if known.divides]
    written = key.isin(divided) | (score.round(0) == score)
    least = figure(key, lambda known: known.range and known.range.minimum)
    most = figure(key, lambda known: known.range and known.range.maximum)
    return (written & (score >= least) & (score <= most)).fill_null(False)


def figure(key: ir.StringValue, of: Callable[[Instrument], Decimal | None]) -> ir.DecimalValue:
    """One figure of each row's instrument, exact; null where the instrument or its figure is unknown."""
    known = [(found.key, of(found)) for found in instruments()]
    return key.cases(
        *((name, ibis.literal(value, EXACT)) for name, value in known if value is not None),
        else_=ibis.null(EXACT),
    )
