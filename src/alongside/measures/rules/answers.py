"""Reading answers: what was given for each question, or why it cannot be used."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from alongside.definitions.instruments import Instrument, Item
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later, said
from alongside.kernel.numbers import plain_decimal
from alongside.measures.rules.questions import question_said

Raw = int | str | Decimal | float | None
Answers = Mapping[int, Raw] | Mapping[str, Raw] | Sequence[Raw]
Value = int | Decimal

# Tables that other programs wrote spell the answer 2 as 2.0; nobody's program writes 02, so that is a slip of the hand.
WHOLE = r"-?(?:0|[1-9][0-9]{0,8})(\.0+)?"
BLANKS = " \t\n\r\v\f"  # what a table engine trims, so that both scorers read alike
NOT_ANSWERED = ("", "nan")
PLAIN = (int, str)  # true and false are numbers to Python; here they are no answers


class Fault(StrEnum):
    """Why one answer cannot be used."""

    NOT_ANSWERED = "not_answered"
    NOT_ALLOWED = "not_allowed"
    NO_SUCH_ITEM = "no_such_item"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Problem:
    """One unusable answer: the item's number and key, what is wrong, what was given and what may be given.

    `allowed` is the choice in words: `0, 1, 2, 3` or `0 to 100`; where an answer contradicts earlier ones it names
    them.
    """

    item: int
    field: str
    fault: Fault
    given: str = ""
    allowed: str = ""

    @property
    def reason(self) -> str:
        """The reason as scored tables print it."""
        match self.fault:
            case Fault.NOT_ANSWERED:
                return "not answered"
            case Fault.NO_SUCH_ITEM:
                return "there is no such item"
            case Fault.CONTRADICTS:
                return f"answered, though {self.allowed} says it does not apply"
            case Fault.NOT_ALLOWED:
                return f"{self.given} is not one of {self.allowed}"


def advice(problem: Problem, instrument: Instrument) -> str:
    """What to do about it, for whoever sits before the form."""
    match problem.fault:
        case Fault.NOT_ANSWERED:
            return said("This question is not answered. Ask it, or say that they did not want to go on.")
        case Fault.NO_SUCH_ITEM:
            return said("This measure has no such question. Take the answer out.")
        case Fault.CONTRADICTS:
            words = later("This does not fit the answer to “{earlier}”. Put one of them right.")
            return said(words, earlier=_earlier(instrument.items[problem.item - 1], instrument))
        case Fault.NOT_ALLOWED:
            words = later("{given} is not an answer to this question. Choose one of {choices}.")
            return said(words, given=problem.given, choices=problem.allowed)


def _earlier(item: Item, instrument: Instrument) -> str:
    """The questions whose answers say that `item` does not apply, as the form names them."""
    numbers = item.skip.items if item.skip else ()
    return ", ".join(question_said(instrument.items[number - 1]) for number in numbers)


class Question:
    """An item made ready for reading: every usual spelling of an answer is looked up, not parsed."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.number = item.number
        self.known: dict[object, Value] = {value: value for value in item.values}
        self.known |= {str(value): value for value in item.values}
        self.points: dict[Value, int] = {value: item.points(value) for value in item.values}

    @cached_property
    def allowed(self) -> str:
        if self.item.between:
            return f"{self.item.between[0]} to {self.item.between[1]}"
        return ", ".join(map(str, self.item.values))

    def read(self, raw: Raw) -> Value | Problem | None:
        """The answer, None where the question was not answered, or what is wrong with it."""
        if raw.__class__ in PLAIN:
            value = self.known.get(raw)
            if value is not None:
                return value
        elif raw is None:
            return None
        return self._parse(str(raw).strip(BLANKS))

    def _parse(self, text: str) -> Value | Problem | None:
        if text.lower() in NOT_ANSWERED:
            return None
        if self.item.decimals:
            return self._exact(text)
        value = int(text.partition(".")[0]) if re.fullmatch(WHOLE, text) else None
        if value in self.points:
            return value
        given = text if value is None else str(value)
        return Problem(self.number, self.item.key, Fault.NOT_ALLOWED, given, self.allowed)

    def _exact(self, text: str) -> Value | Problem:
        value = plain_decimal(text)
        least, most = self.item.between or (0, 0)
        if value is not None and least <= value <= most and value == round(value, self.item.decimals):
            return value
        return Problem(self.number, self.item.key, Fault.NOT_ALLOWED, text, self.allowed)


def in_order(instrument: Instrument, answers: Answers) -> tuple[Sequence[Raw], list[Problem]]:
    """The raw answers in the order of the items, and a problem for each that belongs to no item.

    Answers come in that order, or keyed by the item's number or key. Raises `Invalid` for another kind of key, and
    for what is neither.
    """
    count = len(instrument.items)
    if isinstance(answers, (list, tuple)) or not isinstance(answers, Mapping):
        if isinstance(answers, (str, bytes)) or not hasattr(answers, "__getitem__"):
            raise Invalid("answers", "Give the answers as a list in the order of the questions, or by their names.")
        if len(answers) == count:
            return answers, []
        given = list(answers[:count])
        problems = [_no_such(number) for number in range(count + 1, len(answers) + 1)]
        return given + [None] * (count - len(given)), problems
    ordered: list[Raw] = [None] * count
    strange = []
    for name, raw in answers.items():
        number = _number(instrument, name)
        if 1 <= number <= count:
            ordered[number - 1] = raw
        else:
            strange.append(
                Problem(number, str(name), Fault.NO_SUCH_ITEM) if isinstance(name, str) else _no_such(number)
            )
    return ordered, sorted(strange, key=lambda one: one.item)


def _no_such(number: int) -> Problem:
    return Problem(number, f"item{number}", Fault.NO_SUCH_ITEM)


def _number(instrument: Instrument, name: int | str) -> int:
    if isinstance(name, str) and name in instrument.item_columns:
        return instrument.item_columns.index(name) + 1
    text = str(name).removeprefix("item")
    if not text.isdecimal():
        known = ", ".join(instrument.item_columns[:2])
        raise Invalid(str(name), "Answers are named {known} and so on.", known=known)
    # Where questions have names of their own, item20 is not the twentieth of them.
    return int(text) if isinstance(name, int) or not instrument.item_keys else len(instrument.items) + 1


def as_numbers(instrument: Instrument, answers: Answers) -> list[int | str | None]:
    """Answers that passed `check_answers` as a record keeps them: whole numbers in the order of the items, None where
    a question was not answered, a number with decimals as its spelling."""
    kept: list[int | str | None] = []
    for item, raw in zip(instrument.items, in_order(instrument, answers)[0], strict=True):
        value = Question(item).read(raw)
        kept.append(str(value) if isinstance(value, Decimal) else value if isinstance(value, int) else None)
    return kept
