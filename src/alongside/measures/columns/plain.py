"""The quick way, for what nearly every table holds: whole numbers, of which every one is needed and all are added up.

Nothing is worked out answer by answer. One comparison says whether all answers are allowed, one sum what they are
worth; only a row that is refused is looked at again, for its reasons.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import add, and_, or_
from typing import TypeVar

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import Instrument
from alongside.measures.columns.answers import AnswerColumn, is_run, one_of
from alongside.measures.columns.steps import Scoring, may_not_apply
from alongside.measures.columns.words import keeps_words, word_at

V = TypeVar("V")
MANY = 500  # totals from which a list of the band of each is too long


def is_plain(instrument: Instrument, table: ir.Table, prefix: str) -> bool:
    """Whether these columns can be scored by `PlainScoring`."""
    kinds = {table[prefix + item.key].type().copy(nullable=True) for item in instrument.items}
    asked = all(item.scored and not item.skip for item in instrument.items)
    added_up = instrument.rule == "sum" and instrument.missing is None and not may_not_apply(instrument)
    return asked and added_up and len(kinds) == 1 and kinds.pop().is_integer()


class PlainColumn(AnswerColumn):
    """A column of whole numbers, taken as it stands: its value is asked for only where it is needed."""

    def value_of(self, step: ir.Table) -> ir.NumericValue:
        given = step[self.column_name]
        return ibis.ifelse(one_of(given, self.item.values), given.cast("int64"), ibis.null("int64"))

    def points_of(self, step: ir.Table) -> ir.NumericValue:
        return self.points(step)

    def reaches(self, step: ir.Table, at_least: int) -> ir.BooleanValue:
        return one_of(step[self.column_name], [value for value in self.item.values if value >= at_least])

    def not_allowed(self, step: ir.Table) -> ir.StringValue:
        return self.refusal(step[self.column_name].cast("string"))

    def fault(self, step: ir.Table) -> ir.StringValue:
        """Why the answer stands in the way; null where it does not."""
        given = step[self.column_name]
        gap = (given.isnull(), f"{self.label}: not answered")
        return ibis.cases(gap, (~one_of(given, self.item.values), self.not_allowed(step)))

    def quick_points(self, step: ir.Table) -> ir.FloatingValue:
        """What the answer scores if it is allowed. Floating, because the engine looks for overflow at each sum of
        whole numbers; these sums are far too small to be anything but exact."""
        given = step[self.column_name].cast("float32")
        return self.item.least + self.item.most - given if self.item.reverse else given


class PlainScoring(Scoring):
    """As `Scoring`, for columns of which `is_plain` holds."""

    column = PlainColumn

    def table(self) -> ir.Table:
        step = self.source.mutate(**{f"{self.prefix}score": self._quick_total(self.source)})
        step = step.mutate(**self._named(self._parts_where_usable(step)))
        step = step.mutate(**self._said(step))
        return step.select(*self.source.columns, *self.added)

    def _is_refused(self, step: ir.Table) -> ir.BooleanValue:
        return step[f"{self.prefix}score"].isnull()

    def _fault(self, step: ir.Table, answer: PlainColumn) -> ir.StringValue:
        return answer.fault(step)

    def _band(self, step: ir.Table) -> ir.StringValue:
        """Looked up by the score, of which there are few."""
        banding = self.one.banding(self.jurisdiction)
        least, most = (sum(ends) for ends in zip(*((one.least, one.most) for one in self.one.items), strict=True))
        if banding is None or not keeps_words(step) or most - least > MANY or least < banding.bands[0].minimum:
            return super()._band(step)
        words = [banding.holding(Decimal(total)) for total in range(least, most + 1)]
        return word_at(words, step[f"{self.prefix}score"] + (1 - least))

    def _flags(self, step: ir.Table) -> ir.StringValue:
        if len(self.one.flags) != 1 or not keeps_words(step):
            return super()._flags(step)
        (flag,) = self.one.flags
        return ibis.cases((self._is_raised(step, flag), word_at([flag.key], ibis.literal(1))))

    def _quick_total(self, step: ir.Table) -> ir.IntegerValue:
        """A missing answer makes the sum null, and a wrong one the comparison false. In half the room that other whole
        numbers take here: handing a score over costs as much as adding it up."""
        total = _in_pairs(add, [answer.quick_points(step) for answer in self.answers])
        return ibis.ifelse(reduce(and_, self._allowed(step)), total.cast("int32"), ibis.null("int32"))

    def _allowed(self, step: ir.Table) -> Iterator[ir.BooleanValue]:
        """Whether all answers are allowed, asked once for all items that may be answered alike."""
        alike: dict[tuple[int, ...], list[ir.IntegerValue]] = {}
        for answer in self.answers:
            alike.setdefault(tuple(sorted(answer.item.values)), []).append(step[answer.column_name])
        for values, given in alike.items():
            yield _all_within(given, values)


def _all_within(given: Sequence[ir.IntegerValue], values: Sequence[int]) -> ir.BooleanValue:
    """Gaps may pass: the sum tells."""
    most = values[-1]
    if values[0] == 0 and is_run(values) and most & (most + 1) == 0:
        # 0 to 3 fill two bits: whatever sets another bit, and a negative number does, is none of them.
        bits = _in_pairs(or_, given)
        return (bits >= 0) & (bits <= most)
    if is_run(values) and len(given) > 1:
        return (ibis.least(*given) >= values[0]) & (ibis.greatest(*given) <= most)
    return reduce(and_, (one_of(one, values) for one in given))


def _in_pairs(combine: Callable[[V, V], V], values: Sequence[V]) -> V:
    """As `reduce`, but the first with the second, the third with the fourth, and so on. A column read from a file is a
    list of few values and a place a row: two of these, or two that were worked out, combine faster than one of each."""
    while len(values) > 1:
        values = [reduce(combine, values[place : place + 2]) for place in range(0, len(values), 2)]
    return values[0]
