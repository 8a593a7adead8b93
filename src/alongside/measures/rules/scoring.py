"""Scoring: what a set of answers is worth, or why it is worth nothing.

A measure half answered is refused, never filled in, unless its definition says otherwise with a source: the national
data hold totals only, and what is customary is not what was published. A score that is no whole number is exact to
six decimals; no published cut-off is nearer than that to a mean that differs from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from alongside.definitions.instruments import UK, Instrument, Skip
from alongside.kernel.errors import Invalid
from alongside.kernel.numbers import quotient
from alongside.measures.rules.answers import PLAIN, Answers, Fault, Problem, Question, Raw, Value, in_order
from alongside.measures.rules.goals import goal_attainment
from alongside.measures.rules.indexes import index
from alongside.measures.rules.parts import PartPlan
from alongside.measures.rules.worth import Refused, Scored


def score(instrument: Instrument, answers: Answers, jurisdiction: str = UK) -> Scored | Refused:
    """What the answers are worth, or which items stand in the way.

    `answers` is in the order of the items, or keyed by item number or by key (`item1`, `item2`, …). An answer may be
    a number or its spelling; blank, None and NaN are not answered. Bands are those of `jurisdiction`. Raises
    `Invalid` where the instrument is entered by total only.
    """
    if not instrument.by_items:
        raise Invalid("instrument", "{name} is entered by total only: we hold no items for it.", name=instrument.name)
    plan = _plan(instrument)
    return _worth(instrument, plan, _read(instrument, plan, answers), jurisdiction)


HARM = "self_harm_item"  # the flag of every question about self-harm or suicide


def worth_of_total(instrument: Instrument, value: Decimal, jurisdiction: str = UK, *, harm: bool = False) -> Scored:
    """A total that was checked, with its band. A total hides the answer about self-harm, so `harm` says it."""
    return Scored(value, band(instrument, value, jurisdiction), (HARM,) if harm and instrument.hides_harm else ())


def raising(instrument: Instrument, flag: str, answers: Answers | None) -> dict[str, int]:
    """The answers that raise `flag`, by the key of their item, as they were given; empty where only a total was entered
    and nobody can say which they were."""
    if answers is None:
        return {}
    ordered, questions = in_order(instrument, answers)[0], _plan(instrument).questions
    raised: dict[str, int] = {}
    for known in instrument.flags:
        for number in known.items if known.key == flag else ():
            value = questions[number - 1].read(ordered[number - 1])
            if isinstance(value, int) and value >= known.at_least:
                raised[instrument.items[number - 1].key] = value
    return raised


def parts_kept(worth: Scored) -> dict[str, str | None]:
    """The parts as a record keeps them: exact, as text."""
    return {key: None if value is None else f"{value:f}" for key, value in worth.parts}


def banded(instrument: Instrument, worth: Scored, jurisdiction: str) -> Scored:
    """The same result with the band that `jurisdiction` draws, where the instrument's bands differ by it."""
    if worth.value is None or not instrument.bands_differ:
        return worth
    return worth._replace(band=band(instrument, worth.value, jurisdiction))


def band(instrument: Instrument, value: Decimal, jurisdiction: str = UK) -> str | None:
    """The key of the severity band that holds `value`; None where the instrument has no published bands."""
    banding = instrument.banding(jurisdiction)
    return banding.holding(value) if banding else None


class _Plan:
    """An instrument made ready for scoring, once."""

    def __init__(self, instrument: Instrument) -> None:
        self.questions = tuple(map(Question, instrument.items))
        self.spellings = tuple(question.known for question in self.questions)
        self.contradicts = any(item.skip and item.skip.strict for item in instrument.items)
        self.as_answered = not any(item.reverse or item.not_applicable is not None for item in instrument.items)
        self.scored = tuple(number for number, item in enumerate(instrument.items) if item.scored)
        self.all_scored = len(self.scored) == len(instrument.items)
        self._instrument = instrument
        self.parts = PartPlan(instrument)
        self._bands: dict[tuple[str, Decimal], str | None] = {}

    def bands(self, jurisdiction: str, value: Decimal) -> str | None:
        """As `band`, looked up after the first time: an instrument has few totals."""
        try:
            return self._bands[jurisdiction, value]
        except KeyError:
            found = self._bands[jurisdiction, value] = band(self._instrument, value, jurisdiction)
            return found


@cache
def _plan(instrument: Instrument) -> _Plan:
    return _Plan(instrument)


@dataclass(slots=True)
class _Reading:
    """Answers as they were read: values and points by item, None where not answered; the gaps; what is wrong."""

    values: list[Value | None]
    points: list[int | None]
    gaps: list[int]
    problems: list[Problem]


def _read(instrument: Instrument, plan: _Plan, answers: Answers) -> _Reading:
    ordered, strange = in_order(instrument, answers)
    if not strange and not plan.contradicts:
        # Nearly every response is whole and plainly spelt. A question that might have been skipped counts as usual.
        known = [
            spelt.get(raw) if raw.__class__ in PLAIN else None
            for spelt, raw in zip(plan.spellings, ordered, strict=True)
        ]
        if None not in known:
            return _Reading(known, _points(plan, known), [], [])
    done = _Reading([], [], [], [])
    for question, raw in zip(plan.questions, ordered, strict=True):
        _read_one(instrument, question, raw, done)
    done.problems += strange
    return done


def _points(plan: _Plan, values: list[Any]) -> list[int | None]:
    if plan.as_answered:
        return values
    return [question.points.get(value) for question, value in zip(plan.questions, values, strict=True)]


def _read_one(instrument: Instrument, question: Question, raw: Raw, done: _Reading) -> None:
    value = question.read(raw)
    if isinstance(value, Problem):
        done.problems.append(value)
        value = None
    elif value is None:
        _leave_out(question, done)
        return
    elif (skip := question.item.skip) and _refuses(skip, value) and is_skipped(skip, done.points):
        done.problems.append(_contradiction(instrument, question, skip))
    done.values.append(value)
    done.points.append(None if value is None else question.points.get(value))


def _leave_out(question: Question, done: _Reading) -> None:
    skipped = question.item.skip is not None and is_skipped(question.item.skip, done.points)
    done.values.append(None)
    done.points.append(0 if skipped else None)
    if not skipped:
        done.gaps.append(question.number)


def is_skipped(skip: Skip, points: Sequence[int | None]) -> bool:
    """Whether earlier answers say that a question does not apply. An earlier gap says nothing."""
    given = [points[number - 1] for number in skip.items]
    return None not in given and sum(one or 0 for one in given) in skip.sums


def _refuses(skip: Skip, value: Value) -> bool:
    """Whether an answer contradicts what says that its question does not apply."""
    return skip.strict and not (skip.nought_fits and value == 0)


def _contradiction(instrument: Instrument, question: Question, skip: Skip) -> Problem:
    earlier = ", ".join(instrument.items[number - 1].key for number in skip.items)
    return Problem(question.number, question.item.key, Fault.CONTRADICTS, allowed=earlier)


def _worth(instrument: Instrument, plan: _Plan, read: _Reading, jurisdiction: str) -> Scored | Refused:
    flags = _flags(instrument, read.values)
    needed = still_needed(instrument, read.gaps)
    if read.problems or needed:
        return Refused(_in_order_of_items(instrument, read.problems, needed), flags)
    parts = plan.parts.values(read.points)
    value = _total(instrument, plan, read)
    out_of = None if plan.as_answered else _out_of(instrument, read.values)
    if value is None:
        found = _result(instrument, dict(parts), read.values)
    else:
        # Bands are published for the whole scale: nobody published any for what is left of it.
        found = plan.bands(jurisdiction, value) if instrument.bandings and out_of is None else None
    gaps = tuple(instrument.items[number - 1].key for number in read.gaps if number - 1 in plan.scored)
    worth = index(instrument, found, jurisdiction) if instrument.rule == "profile" else None
    return Scored(value, found, flags, parts, gaps, out_of, worth)


def _flags(instrument: Instrument, values: Sequence[Value | None]) -> tuple[str, ...]:
    raised = []
    for flag in instrument.flags:
        for number in flag.items:
            value = values[number - 1]
            if value is not None and value >= flag.at_least:
                raised.append(flag.key)
                break
    return tuple(raised)


def still_needed(instrument: Instrument, gaps: list[int]) -> list[int]:
    """The unanswered items without which there is nothing to say."""
    if not gaps:
        return gaps
    missing = [number for number in gaps if instrument.items[number - 1].scored]
    may_miss = instrument.missing.at_most if instrument.missing else 0
    if instrument.rule == "parts":  # every part stands by itself, so one answer is enough
        may_miss = sum(item.scored for item in instrument.items) - 1
    if len(missing) > may_miss:
        return missing
    return [number for number in gaps if instrument.items[number - 1].needed]


def may_stay_open(instrument: Instrument, number: int) -> bool:
    """Whether the question of this number may be left without an answer, where all the others have one or where an
    earlier answer says that it does not apply."""
    return instrument.items[number - 1].skip is not None or not still_needed(instrument, [number])


def _in_order_of_items(instrument: Instrument, problems: list[Problem], needed: list[int]) -> tuple[Problem, ...]:
    keys = instrument.item_columns
    every = problems + [Problem(number, keys[number - 1], Fault.NOT_ANSWERED) for number in needed]
    return tuple(sorted(every, key=lambda one: one.item))


def _total(instrument: Instrument, plan: _Plan, read: _Reading) -> Decimal | None:
    """The total of the scored items; one that may be missing is worth the mean of the others."""
    if instrument.rule == "sum" and plan.all_scored and not read.gaps:
        return Decimal(sum(read.points))  # type: ignore[arg-type] # without gaps there are points for every item
    points = [read.points[number] for number in plan.scored]
    given = [one for one in points if one is not None]
    match instrument.rule:
        case "sum":
            return quotient(sum(given) * len(points), len(given))
        case "mean":
            return quotient(sum(given), len(given))
        case "goal_attainment":
            return goal_attainment(given)
        case _:
            return None


def _result(instrument: Instrument, parts: dict[str, Decimal | None], values: Sequence[Value | None]) -> str | None:
    """What an instrument without a total comes to: its label or its profile, None where its parts say it all."""
    match instrument.rule:
        case "label":
            return next(one.key for one in instrument.labels if all(parts[name] == 1 for name in one.when))
        case "profile":
            shown = zip(values, instrument.items, strict=True)
            return "".join(str(one) for one, item in shown if item.scored)
        case _:
            return None


def _out_of(instrument: Instrument, values: Sequence[Value | None]) -> Decimal | None:
    if instrument.rule != "sum" or not instrument.range:
        return None
    lost = sum(
        item.most
        for item, value in zip(instrument.items, values, strict=True)
        if item.not_applicable is not None and value == item.not_applicable
    )
    return instrument.range.maximum - lost if lost else None
