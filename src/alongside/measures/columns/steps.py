"""A table of answers made into scores, step by step, for every rule and every kind of column."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add, and_, or_

import ibis
import ibis.expr.types as ir

from alongside.definitions.instruments import Flag, Instrument, Part
from alongside.definitions.value_sets import profiles, value_set
from alongside.measures.columns.answers import SEPARATOR, WORKING, AnswerColumn
from alongside.measures.columns.expressions import WORKED_OUT, exact_quotient, joined
from alongside.measures.columns.totals import band
from alongside.measures.rules.goals import goal_attainment

REFUSED = f"{WORKING}_refused"
GAPS = f"{WORKING}_gaps"
NOTHING = ibis.null("string")


def score_columns(instrument: Instrument) -> tuple[str, ...]:
    """The columns that scoring adds: the score where there is a total, band, the index where there is a profile, every
    part, flags and the status."""
    total = ("score",) if instrument.by_total else ()
    index = ("index",) if instrument.rule == "profile" else ()
    out_of = ("out_of",) if instrument.rule == "sum" and may_not_apply(instrument) else ()
    return (*total, "band", *index, *out_of, *(part.key for part in instrument.parts), "flags", "status")


class Scoring:
    # In steps, each naming what the next one uses: as one expression every answer would be spelt out many times.

    column = AnswerColumn

    def __init__(self, instrument: Instrument, table: ir.Table, prefix: str, jurisdiction: str) -> None:
        self.one = instrument
        self.prefix = prefix
        self.jurisdiction = jurisdiction
        self.source = table
        self.answers = [self.column(table[prefix + item.key], item, prefix) for item in instrument.items]
        self.added = [prefix + name for name in score_columns(instrument)]
        self.lenient = instrument.missing is not None or instrument.rule == "parts"

    def table(self) -> ir.Table:
        step = self.source.mutate(**{answer.read_name: answer.read(self.source) for answer in self.answers})
        step = step.mutate(**{answer.value_name: answer.value(step) for answer in self.answers})
        for turn in self._points_in_turn():
            step = step.mutate(**{answer.points_name: self._points(step, answer) for answer in turn})
        step = step.mutate(**self._refused(step))
        step = step.mutate(**self._worth(step))
        step = step.mutate(**self._said(step))
        return step.select(*self.source.columns, *self.added)

    def _is_refused(self, step: ir.Table) -> ir.BooleanValue:
        return step[REFUSED]

    # --- points

    def _points_in_turn(self) -> Iterator[list[AnswerColumn]]:
        """Plain points first, then those of questions that earlier points may have skipped: as many at once as hang on
        points that are made, because every step names every column again."""
        made: set[int] = set()
        left = self.answers
        while left:
            ready = [one for one in left if not one.item.skip or made.issuperset(one.item.skip.items)]
            yield ready
            made |= {one.item.number for one in ready}
            left = [one for one in left if one not in ready]

    def _points(self, step: ir.Table, answer: AnswerColumn) -> ir.NumericValue:
        return self._points_or_skipped(step, answer) if answer.item.skip else answer.points(step)

    def _points_or_skipped(self, step: ir.Table, answer: AnswerColumn) -> ir.NumericValue:
        unasked = answer.is_blank(step) & self._skipped(step, answer)
        return ibis.ifelse(unasked, 0, answer.points(step))

    def _skipped(self, step: ir.Table, answer: AnswerColumn) -> ir.BooleanValue:
        skip = answer.item.skip
        earlier = [self.answers[number - 1].points_of(step) for number in skip.items]
        return reduce(add, earlier).isin(skip.sums).fill_null(False)

    # --- whether there is a score

    def _refused(self, step: ir.Table) -> dict[str, ir.Value]:
        """Whether something stands in the way; where gaps are allowed, how many scored items have one."""
        points = [answer.points_of(step) for answer in self.answers if answer.item.scored]
        if not self._has_oddities():
            # Anything unusable leaves a null, so the sum says it at once.
            return {REFUSED: reduce(add, points).isnull()}
        scored = [answer for answer in self.answers if answer.item.scored]
        # An answer that may not be given is a fault of its own and no gap.
        gaps = reduce(add, (self._is_gap(step, answer).cast("int64") for answer in scored))
        wrong = reduce(or_, (self._is_wrong(step, answer) for answer in self.answers))
        needed = reduce(or_, (self._is_needed(step, answer) for answer in self.answers), ibis.literal(False))
        return {GAPS: gaps, REFUSED: wrong | needed | (gaps > self._may_miss(len(points)))}

    def _is_gap(self, step: ir.Table, answer: AnswerColumn) -> ir.BooleanValue:
        return answer.points_of(step).isnull() & answer.is_blank(step)

    def _is_needed(self, step: ir.Table, answer: AnswerColumn) -> ir.BooleanValue:
        """Whether a question that has to be answered, whatever else may be missing, was not."""
        return answer.points_of(step).isnull() if answer.item.needed else ibis.literal(False)

    def _has_oddities(self) -> bool:
        return self.lenient or any(item.skip or not item.scored for item in self.one.items)

    def _may_miss(self, scored: int) -> int:
        if self.one.rule == "parts":  # every part stands by itself, so one answer is enough
            return scored - 1
        return self.one.missing.at_most if self.one.missing else 0

    def _is_wrong(self, step: ir.Table, answer: AnswerColumn) -> ir.BooleanValue:
        """An answer that may not be given, or that contradicts earlier ones."""
        value = answer.value_of(step)
        wrong = value.isnull() & ~answer.is_blank(step)
        if answer.item.skip and answer.item.skip.strict:
            wrong |= value.notnull() & self._contradicts(step, answer)
        return wrong

    def _contradicts(self, step: ir.Table, answer: AnswerColumn) -> ir.BooleanValue:
        """Whether earlier answers say that the question does not apply and this one, where it was given, does not."""
        skipped = self._skipped(step, answer)
        return skipped & (answer.value_of(step) != 0) if answer.item.skip.nought_fits else skipped

    # --- what it is worth

    def _worth(self, step: ir.Table) -> dict[str, ir.Value]:
        made = self._parts_where_usable(step)
        if self.one.by_total:
            total = self._total(step)
            refused_already = not self._has_oddities() and self.one.rule == "sum"
            made["score"] = total if refused_already else self._if_usable(step, total)
        return self._named(made)

    def _parts_where_usable(self, step: ir.Table) -> dict[str, ir.Value]:
        return {part: self._if_usable(step, value) for part, value in self._parts(step).items()}

    def _if_usable(self, step: ir.Table, value: ir.Value) -> ir.Value:
        return ibis.ifelse(self._is_refused(step), ibis.null(value.type()), value)

    def _named(self, made: Mapping[str, ir.Value]) -> dict[str, ir.Value]:
        return {self.prefix + name: value for name, value in made.items()}

    def _total(self, step: ir.Table) -> ir.NumericValue:
        points = [answer.points_of(step) for answer in self.answers if answer.item.scored]
        if self.one.rule == "goal_attainment":
            return self._goals(points)
        if not self.lenient and self.one.rule == "sum":
            return reduce(add, points)
        total = reduce(add, (one.fill_null(0) for one in points))
        answered = len(points) - step[GAPS] if self.lenient else ibis.literal(len(points))
        return exact_quotient(total * len(points) if self.one.rule == "sum" else total, answered)

    def _goals(self, points: Sequence[ir.NumericValue]) -> ir.NumericValue:
        """The T-score by number of goals and their sum, from the one rule: a root has no exact expression."""
        count = reduce(add, (one.notnull().cast("int64") for one in points))
        total = reduce(add, (one.fill_null(0) for one in points))
        sums = {(n, s): goal_attainment([s] + [0] * (n - 1)) for n in range(1, len(points) + 1) for s in _reach(n)}
        place = count * 1000 + total
        known = ((n * 1000 + s, ibis.literal(value, WORKED_OUT)) for (n, s), value in sums.items())
        return place.cases(*known, else_=ibis.null(WORKED_OUT))

    def _parts(self, step: ir.Table) -> dict[str, ir.Value]:
        made: dict[str, ir.Value] = {}
        for part in self.one.parts:
            made[part.key] = self._part(part, step, made)
        return made

    def _part(self, part: Part, step: ir.Table, made: Mapping[str, ir.Value]) -> ir.Value:
        if part.rule == "all":
            return reduce(and_, (made[name] == 1 for name in part.parts)).cast("int64")
        points = [self.answers[number - 1].points_of(step) for number in part.items]
        match part.rule:
            case "any" if part.needed > 1:
                return self._enough(points, part.at_least or 0, part.needed)
            case "any":
                return reduce(or_, (one >= part.at_least for one in points)).cast("int64")
            case "count":
                return reduce(add, ((one >= part.at_least).cast("int64") for one in points))
            case "mean":
                return exact_quotient(reduce(add, points), ibis.literal(len(points)))
            case _:
                return reduce(add, points)

    def _enough(self, points: Sequence[ir.NumericValue], at_least: int, needed: int) -> ir.IntegerValue:
        """1 where `needed` of them are met, 0 where gaps could not make them so many, else null."""
        met = reduce(add, ((one >= at_least).fill_null(False).cast("int64") for one in points))
        gaps = reduce(add, (one.isnull().cast("int64") for one in points))
        return ibis.cases((met >= needed, 1), (met + gaps < needed, 0), else_=ibis.null("int64"))

    # --- what it is called

    def _said(self, step: ir.Table) -> dict[str, ir.Value]:
        said = {"band": self._band(step), "flags": self._flags(step), "status": self._status(step)}
        if self.one.rule == "profile":
            said["index"] = self._if_usable(step, self._index(step))
        if "out_of" in score_columns(self.one):
            said["out_of"] = self._out_of(step)
        return self._named(said)

    def _band(self, step: ir.Table) -> ir.StringValue:
        match self.one.rule:
            case "label":
                held = ((self._holds(step, one.when), one.key) for one in self.one.labels if one.when)
                found = ibis.cases(*held, else_=self.one.labels[-1].key)
            case "profile":
                scored = [answer for answer in self.answers if answer.item.scored]
                found = reduce(add, (answer.value_of(step).cast("string") for answer in scored))
            case "parts":
                return ibis.null("string")
            case _:
                found = band(self.one.banding(self.jurisdiction), step[f"{self.prefix}score"])
                if "out_of" not in score_columns(self.one):
                    return found
                return ibis.ifelse(self._out_of(step).isnull(), found, ibis.null("string"))
        return ibis.ifelse(self._is_refused(step), ibis.null("string"), found)

    def _index(self, step: ir.Table) -> ir.DecimalValue:
        """What the profile is worth by the value set of the jurisdiction, found by its place among all profiles."""
        used = value_set(self.one.key, self.jurisdiction)
        if used is None:
            return ibis.null(WORKED_OUT)
        place: ir.IntegerValue = ibis.literal(0)
        for answer in self.answers:
            if answer.item.scored:
                levels = ((value, rank) for rank, value in enumerate(answer.item.counting))
                place = place * len(answer.item.counting) + answer.value_of(step).cases(*levels)
        values = [used.values[profile] for profile in profiles(self.one)]
        return ibis.literal(values, f"array<{WORKED_OUT}>")[place]

    def _holds(self, step: ir.Table, parts: Sequence[str]) -> ir.BooleanValue:
        return reduce(and_, (step[self.prefix + name] == 1 for name in parts))

    def _flags(self, step: ir.Table) -> ir.StringValue:
        raised = {flag.key: self._is_raised(step, flag) for flag in self.one.flags}
        if not raised:
            return ibis.null("string")
        if len(raised) == 1:
            ((key, found),) = raised.items()
            return ibis.ifelse(found, key, NOTHING)
        return joined(SEPARATOR, [ibis.ifelse(found, key, NOTHING) for key, found in raised.items()]).nullif("")

    def _is_raised(self, step: ir.Table, flag: Flag) -> ir.BooleanValue:
        """Null where none of its answers raises it and some are not known: not raised."""
        return reduce(or_, (self.answers[number - 1].reaches(step, flag.at_least) for number in flag.items))

    def _status(self, step: ir.Table) -> ir.StringValue:
        scored = ibis.literal("scored")
        if self.lenient:
            named = [answer for answer in self.answers if answer.item.scored]
            left = joined(", ", [ibis.ifelse(one.points_of(step).isnull(), one.label, NOTHING) for one in named])
            scored = ibis.ifelse(step[GAPS] == 0, "scored", "scored without " + left)
        faults = joined(SEPARATOR, [self._fault(step, answer) for answer in self.answers])
        return ibis.ifelse(self._is_refused(step), faults, scored)

    def _fault(self, step: ir.Table, answer: AnswerColumn) -> ir.StringValue:
        """Why the answer stands in the way; null where it does not."""
        value = answer.value_of(step)
        wrong = ibis.ifelse(answer.is_blank(step), self._missing(step, answer), answer.not_allowed(step))
        usable = NOTHING
        if answer.item.skip and answer.item.skip.strict:
            earlier = ", ".join(self.answers[number - 1].label for number in answer.item.skip.items)
            words = f"{answer.label}: answered, though {earlier} says it does not apply"
            usable = ibis.ifelse(self._contradicts(step, answer), words, NOTHING)
        return ibis.ifelse(value.notnull(), usable, wrong)

    def _missing(self, step: ir.Table, answer: AnswerColumn) -> ir.StringValue:
        """A gap is a fault only where it is one too many."""
        words = f"{answer.label}: not answered"
        gap: ir.BooleanValue = answer.points_of(step).isnull()
        scored = sum(one.item.scored for one in self.answers)
        too_many = step[GAPS] > self._may_miss(scored) if self._has_oddities() else ibis.literal(True)
        if answer.item.needed and answer.item.scored:
            return ibis.ifelse(gap, words, NOTHING)
        if answer.item.needed:
            return ibis.ifelse(gap & ~too_many, words, NOTHING)
        return ibis.ifelse(gap & too_many, words, NOTHING) if answer.item.scored else NOTHING

    def _out_of(self, step: ir.Table) -> ir.NumericValue:
        lost = reduce(
            add,
            (
                ibis.ifelse(answer.value_of(step) == answer.item.not_applicable, answer.item.most, 0)
                for answer in self.answers
                if answer.item.not_applicable is not None
            ),
        )
        most = int(self.one.most_of_total)
        return ibis.ifelse(~self._is_refused(step) & (lost > 0), most - lost, ibis.null("int64"))


def may_not_apply(instrument: Instrument) -> bool:
    return any(item.not_applicable is not None for item in instrument.items)


def _reach(goals: int) -> range:
    return range(-2 * goals, 2 * goals + 1)
