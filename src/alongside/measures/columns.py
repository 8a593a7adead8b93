"""Scoring as table expressions, equal by test to `measures.rules`. Expressions only, no Python per row."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from operator import add

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import Instrument, Item, instruments
from alongside.kernel.errors import Invalid
from alongside.measures.rules import NOT_ANSWERED, WHOLE

ADDED = ("score", "band", "status")
WORKING = "_answer"  # columns of our own on the way, gone at the end
SEPARATOR = "; "
EXACT = "decimal(10,2)"


def score_table(instrument: Instrument, table: ir.Table) -> ir.Table:
    """The table with `score` (whole number, null where refused), `band` and `status` added.

    Reads `item1`, `item2`, …; every other column passes through. `status` is `scored`, or each item that
    stands in the way and why. Raises `Invalid` for missing item columns, for columns that are in the way, and
    for an instrument that is entered by total only.
    """
    _check_columns(instrument, table)
    answers = [_Answer(table[f"item{number}"], item, number) for number, item in enumerate(instrument.items, 1)]
    # In steps, each naming what the next one uses: as one expression every answer would be spelt out many times.
    read = table.mutate(**{answer.name: answer.value for answer in answers})
    points = [answer.points(read[answer.name]) for answer in answers]
    summed = read.mutate(score=reduce(add, points))
    faults = reduce(add, [answer.fault(summed[answer.name]) for answer in answers])
    status = ibis.ifelse(summed.score.notnull(), "scored" + SEPARATOR, faults)
    scored = summed.mutate(band=band(instrument, summed.score), status=status)
    trimmed = scored.status.left(scored.status.length() - len(SEPARATOR))
    return scored.mutate(status=trimmed).drop(*(answer.name for answer in answers))


def band(instrument: Instrument, score: ir.NumericValue) -> ir.StringValue:
    """The key of the band that holds `score`; null where the instrument has none or the score is null."""
    if not instrument.bands:
        return ibis.null("string")
    return ibis.cases(*((score.between(held.minimum, held.maximum), held.key) for held in instrument.bands))


def is_case(key: ir.StringValue, score: ir.NumericValue) -> ir.BooleanValue:
    """Whether `score` reaches the cut-off of the instrument `key`; null where either is not known."""
    cutoff = figure(key, lambda known: known.caseness and known.caseness.value)
    above = [known.key for known in instruments() if known.caseness and known.caseness.operator == ">"]
    return ibis.ifelse(key.isin(above), score > cutoff, score >= cutoff)


def is_valid_total(key: ir.StringValue, score: ir.NumericValue) -> ir.BooleanValue:
    """Whether `score` could be a total of the instrument `key`: in range, not too fine. Never null."""
    fine = [known.key for known in instruments() if known.decimals[1]]
    written = ibis.ifelse(key.isin(fine), score.round(2) == score, score.round(0) == score)
    least = figure(key, lambda known: known.range.minimum)
    most = figure(key, lambda known: known.range.maximum)
    return (written & (score >= least) & (score <= most)).fill_null(False)


def figure(key: ir.StringValue, of: Callable[[Instrument], Decimal | None]) -> ir.DecimalValue:
    """One figure of each row's instrument, exact; null where the instrument or its figure is unknown."""
    known = [(found.key, of(found)) for found in instruments()]
    return key.cases(
        *((name, ibis.literal(value, EXACT)) for name, value in known if value is not None),
        else_=ibis.null(EXACT),
    )


class _Answer:
    """One item's column: read as a whole number (null where it is none), then its points or its fault."""

    def __init__(self, column: ir.Column, item: Item, number: int) -> None:
        self.name = f"{WORKING}{number}"
        self.item, self.number = item, number
        self.text = column.cast("string").strip().fill_null("")
        self.value = column.cast("int64") if column.type().is_integer() else self._parse(column)

    def _parse(self, column: ir.Column) -> ir.IntegerValue:
        # Nearly every answer is spelt plainly; only the others are worth a pattern.
        whole = self.text.re_extract(f"^({WHOLE})$", 1).split(".")[0].nullif("").cast("int64")
        plain = ((str(value), ibis.literal(value, "int64")) for value in self.item.values)
        return column.cast("string").cases(*plain, else_=whole)

    def points(self, value: ir.IntegerValue) -> ir.IntegerValue:
        """What the answer scores; null where it may not be given, so that the sum is null too."""
        worth = min(self.item.values) + max(self.item.values) - value if self.item.reverse else value
        return ibis.ifelse(self._allowed(value), worth, ibis.null("int64"))

    def fault(self, value: ir.IntegerValue) -> ir.StringValue:
        """Why the answer is unusable, with a separator after it; empty where it is usable."""
        given = value.cast("string").fill_null(self.text)
        choices = ", ".join(map(str, self.item.values))
        missing = self.text.lower().isin(NOT_ANSWERED)
        why = ibis.ifelse(missing, "not answered", given + f" is not one of {choices}")
        return ibis.ifelse(self._allowed(value), "", f"item{self.number}: " + why + SEPARATOR)

    def _allowed(self, value: ir.IntegerValue) -> ir.BooleanValue:
        return value.isin(self.item.values).fill_null(False)


def _check_columns(instrument: Instrument, table: ir.Table) -> None:
    if not instrument.by_items:
        raise Invalid("instrument", "{name} is entered by total only: we hold no items for it.", name=instrument.name)
    missing = [name for name in instrument.item_columns if name not in table.columns]
    if missing:
        raise Invalid(
            missing[0], "{name} needs the columns {known}: add them.", name=instrument.name, known=", ".join(missing)
        )
    in_the_way = [name for name in table.columns if name.casefold() in ADDED or name.startswith(WORKING)]
    if in_the_way:
        raise Invalid(in_the_way[0], "There is already a column of this name: rename it or leave it out.")
