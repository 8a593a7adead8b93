"""Scoring: what a set of answers or a written total is worth, or why it is worth nothing.

A measure half answered is refused, never filled in. Filling a gap with the mean of the rest is customary for
some instruments, but no primary source for it was seen, and the national data hold totals only.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from alongside.definitions import substance_use
from alongside.definitions.instruments import Instrument
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import later, said
from alongside.kernel.numbers import plain_decimal

Raw = int | str | Decimal | float | None
Answers = Mapping[int, Raw] | Mapping[str, Raw] | Sequence[Raw]

# Tables that other programs wrote spell the answer 2 as 2.0; nobody's program writes 02, so that is a slip of the hand.
WHOLE = r"-?(?:0|[1-9][0-9]{0,8})(\.0+)?"
BLANKS = " \t\n\r\v\f"  # what a table engine trims, so that both scorers read alike
NOT_ANSWERED = ("", "nan")


class Fault(StrEnum):
    """Why one answer cannot be used."""

    NOT_ANSWERED = "not_answered"
    NOT_ALLOWED = "not_allowed"
    NO_SUCH_ITEM = "no_such_item"


@dataclass(frozen=True, slots=True)
class Problem:
    """One unusable answer: the item's number, what is wrong, what was given and what may be given."""

    item: int
    fault: Fault
    given: str = ""
    allowed: tuple[int, ...] = ()

    @property
    def field(self) -> str:
        return f"item{self.item}"

    @property
    def reason(self) -> str:
        """The reason as scored tables print it."""
        match self.fault:
            case Fault.NOT_ANSWERED:
                return "not answered"
            case Fault.NO_SUCH_ITEM:
                return "there is no such item"
            case Fault.NOT_ALLOWED:
                return f"{self.given} is not one of {', '.join(map(str, self.allowed))}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, its band's key (None where no bands are published) and the flags that its answers raise."""

    value: Decimal
    band: str | None
    flags: tuple[str, ...]

    @property
    def status(self) -> str:
        return "scored"


@dataclass(frozen=True, slots=True)
class Refused:
    """No score, and every item that stands in the way. `flags` are raised by the answers that were given all
    the same: a gap elsewhere on the page must not hide an answer about self-harm."""

    problems: tuple[Problem, ...]
    flags: tuple[str, ...]

    @property
    def status(self) -> str:
        """Every problem as one line: `item3: not answered; item5: 7 is not one of 0, 1, 2, 3`."""
        return "; ".join(f"{problem.field}: {problem.reason}" for problem in self.problems)


def score(instrument: Instrument, answers: Answers) -> Scored | Refused:
    """What the answers are worth, or which items stand in the way.

    `answers` is in the order of the items, or keyed by item number or by `item1`, `item2`, … An answer may be
    a number or its spelling; blank, None and NaN are not answered. Raises `Invalid` where the instrument is
    entered by total only.
    """
    if not instrument.by_items:
        raise Invalid("instrument", "{name} is entered by total only: we hold no items for it.", name=instrument.name)
    points, problems = _read(instrument, _spelt(answers))
    flags = tuple(flag.key for flag in instrument.flags if points.get(flag.item, 0) >= flag.at_least)
    if problems:
        return Refused(tuple(problems), flags)
    value = Decimal(sum(points.values()))
    return Scored(value, band(instrument, value), flags)


def check_answers(instrument: Instrument, answers: Answers) -> Scored:
    """The score, or `Several` with one `Invalid` an item, for a form to show beside each question."""
    result = score(instrument, answers)
    if isinstance(result, Refused):
        raise Several([Invalid(problem.field, _advice(problem)) for problem in result.problems])
    return result


def as_numbers(answers: Sequence[Raw]) -> list[int]:
    """Answers that passed `check_answers`, as the whole numbers they spell."""
    return [int(str(answer).strip(BLANKS).partition(".")[0]) for answer in answers]


def check_total(instrument: Instrument, written: str | int | Decimal, field: str = "") -> Decimal:
    """A total as it was written down, exactly, or `Invalid` naming `field` (the instrument's key if not
    given).

    The national data set checks the spelling: `14` passes, `14.0` and `014` fail; a Mobility Inventory mean
    has one or two decimals, so `2.3` passes and `2` fails. Source: NHS England Reusable Code Library, iapt.
    """
    text = str(written).strip()
    field = field or instrument.key
    value = plain_decimal(text)
    fewest, most = instrument.decimals
    if value is None or not fewest <= len(text.partition(".")[2]) <= most:
        raise Invalid(field, "“{text}” is not written as {spelling}.", text=text, spelling=_spelling(instrument))
    if value not in instrument.range:
        raise Invalid(field, "{text} is outside the range: {spelling}.", text=text, spelling=_spelling(instrument))
    return value


def is_valid_total(instrument: Instrument, value: Decimal) -> bool:
    """Whether a number already read from a table could be this instrument's total: in range, not too fine."""
    most = instrument.decimals[1]
    return value in instrument.range and value == round(value, most)


def band(instrument: Instrument, value: Decimal) -> str | None:
    """The key of the severity band that holds `value`; None where the instrument has no published bands."""
    return next((band.key for band in instrument.bands if band.minimum <= value <= band.maximum), None)


def is_case(instrument: Instrument, value: Decimal) -> bool | None:
    """Whether `value` reaches the instrument's caseness cut-off; None where it has none. Give it unrounded:
    a Mobility Inventory mean of 62/27 shows as 2.30 and is not above 2.3, and one of 2.304 is."""
    return instrument.caseness.reached(value) if instrument.caseness else None


def check_days_used(written: str | int, field: str = "days_used_of_28") -> int:
    """Days of drinking or using in the past 28, or `Invalid` naming `field`. A record, not an instrument."""
    days = substance_use.codes().days_used
    text = str(written).strip()
    value = None if "." in text else plain_decimal(text)
    if value is None or not days.minimum <= value <= days.maximum:
        raise Invalid(
            field,
            "Give a whole number of days from {minimum} to {maximum}.",
            minimum=days.minimum,
            maximum=days.maximum,
        )
    return int(value)


def _read(instrument: Instrument, spelt: Mapping[int, str]) -> tuple[dict[int, int], list[Problem]]:
    """Points by item number, and what is wrong with the rest, in the order of the items."""
    points: dict[int, int] = {}
    problems: list[Problem] = []
    for number, item in enumerate(instrument.items, 1):
        text = spelt.get(number, "")
        value = int(text.partition(".")[0]) if re.fullmatch(WHOLE, text) else None
        if value in item.values:
            points[number] = item.points(value)
        elif text.lower() in NOT_ANSWERED:
            problems.append(Problem(number, Fault.NOT_ANSWERED))
        else:
            given = text if value is None else str(value)
            problems.append(Problem(number, Fault.NOT_ALLOWED, given, item.values))
    extra = sorted(set(spelt) - set(range(1, len(instrument.items) + 1)))
    return points, problems + [Problem(number, Fault.NO_SUCH_ITEM) for number in extra]


def _spelt(answers: Answers) -> dict[int, str]:
    if not isinstance(answers, Mapping):
        answers = dict(enumerate(answers, 1))
    return {_item_number(name): "" if raw is None else str(raw).strip(BLANKS) for name, raw in answers.items()}


def _item_number(name: int | str) -> int:
    text = str(name).removeprefix("item")
    if not text.isdecimal():
        raise Invalid(str(name), "Answers are named item1, item2 and so on.")
    return int(text)


def _advice(problem: Problem) -> str:
    choices = ", ".join(map(str, problem.allowed))
    match problem.fault:
        case Fault.NOT_ANSWERED:
            return said("This question is not answered. Ask it, or enter nothing for this measure today.")
        case Fault.NO_SUCH_ITEM:
            return said("This measure has no such question. Take the answer out.")
        case Fault.NOT_ALLOWED:
            words = later("{given} is not an answer to this question. Choose one of {choices}.")
            return said(words, given=problem.given, choices=choices)


def _spelling(instrument: Instrument) -> str:
    least, most = instrument.range.minimum, instrument.range.maximum
    if instrument.decimals == (0, 0):
        return said("a whole number from {least} to {most}", least=least, most=most)
    few, many = instrument.decimals
    words = later("a number from {least} to {most} with {few} or {many} decimals")
    return said(words, least=least, most=most, few=few, many=many)
