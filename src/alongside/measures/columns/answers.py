"""One item's column: read, its points, and what is wrong with it."""

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import Item
from alongside.measures.rules.answers import NOT_ANSWERED, WHOLE

WORKING = "_answer"  # columns of our own on the way, gone at the end
SEPARATOR = "; "
EXACT = "decimal(12,2)"
MANY = 12  # answers from which a table of spellings is no quicker than a pattern


class AnswerColumn:
    """One item of a table, in steps that each name what the next one uses: `read`, then its value, then its points.

    As one expression every answer would be spelt out many times.
    """

    def __init__(self, column: ir.Column, item: Item, prefix: str) -> None:
        self.item = item
        self.label = item.key
        self.is_integer = column.type().is_integer()
        self.column_name = column.get_name()
        self.read_name = f"{WORKING}_{prefix}{item.number}_read"
        self.value_name = f"{WORKING}_{prefix}{item.number}"
        self.points_name = f"{WORKING}_{prefix}{item.number}_points"

    def value_of(self, step: ir.Table) -> ir.NumericValue:
        """The answer where it is allowed, from the step that made it."""
        return step[self.value_name]

    def points_of(self, step: ir.Table) -> ir.NumericValue:
        """What it scores, from the step that made it."""
        return step[self.points_name]

    def text(self, step: ir.Table) -> ir.StringValue:
        return step[self.column_name].cast("string").strip().fill_null("")

    def is_blank(self, step: ir.Table) -> ir.BooleanValue:
        """Whether the question was not answered."""
        if self.is_integer:
            return step[self.column_name].isnull()
        return self.text(step).lower().isin(NOT_ANSWERED)

    def read(self, step: ir.Table) -> ir.NumericValue:
        """The answer as a number, whether it is allowed or not; null where it is none."""
        if self.item.decimals:
            spelt = rf"^((?:0|[1-9][0-9]{{0,8}})(?:\.[0-9]{{1,{self.item.decimals}}})?)$"
            return self.text(step).re_extract(spelt, 1).nullif("").cast(EXACT)
        if self.is_integer:
            return step[self.column_name]
        # Nearly every answer is spelt plainly; only the others are worth a pattern.
        whole = self.text(step).re_extract(f"^({WHOLE})$", 1).split(".")[0].nullif("").cast("int64")
        if len(self.item.values) > MANY:
            return whole
        plain = ((str(value), ibis.literal(value, "int64")) for value in self.item.values)
        return step[self.column_name].cast("string").cases(*plain, else_=whole)

    def value(self, step: ir.Table) -> ir.NumericValue:
        """The answer where it is allowed, else null."""
        kind = EXACT if self.item.decimals else "int64"
        read = step[self.read_name]
        return ibis.ifelse(one_of(read, self.item.values), read.cast(kind), ibis.null(kind))

    def points(self, step: ir.Table) -> ir.NumericValue:
        """What an allowed answer scores; null where there is none."""
        value = self.value_of(step)
        worth = self.item.least + self.item.most - value if self.item.reverse else value
        if self.item.not_applicable is None:
            return worth
        return ibis.ifelse(value == self.item.not_applicable, 0, worth)

    def not_allowed(self, step: ir.Table) -> ir.StringValue:
        """What is wrong with an answer that may not be given, as scored tables print it."""
        if self.item.decimals:
            given = self.text(step)
        elif self.is_integer:
            given = step[self.read_name].cast("string")
        else:
            given = step[self.read_name].cast("string").fill_null(self.text(step))
        return self.refusal(given)

    def refusal(self, given: ir.StringValue) -> ir.StringValue:
        return f"{self.label}: " + given + f" is not one of {self._choices}"

    def reaches(self, step: ir.Table, at_least: int) -> ir.BooleanValue:
        """Whether an allowed answer is so high; null or false where there is none."""
        return self.value_of(step) >= at_least

    @property
    def _choices(self) -> str:
        if self.item.between:
            return f"{self.item.between[0]} to {self.item.between[1]}"
        return ", ".join(map(str, self.item.values))


def one_of(read: ir.NumericValue, values: Iterable[int]) -> ir.BooleanValue:
    """Whether it is one of these numbers; null where it is null."""
    held = sorted(values)
    return read.between(held[0], held[-1]) if is_run(held) else read.isin(held)


def is_run(values: Sequence[int]) -> bool:
    """Whether these numbers, the least first, follow one another without a gap."""
    return list(values) == list(range(values[0], values[-1] + 1))
