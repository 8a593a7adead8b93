"""Whether a correction puts anything right."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from alongside.definitions.instruments import instrument
from alongside.kernel.errors import Invalid
from alongside.measures.rules.answers import Answers, as_numbers
from alongside.measures.rules.context import NOTHING_SAID, Context
from alongside.measures.rules.entries import Given


@dataclass(frozen=True, slots=True)
class Stood:
    """One response whole: what was given, when it was answered, and how."""

    given: Given
    at: datetime
    context: Context = NOTHING_SAID


def check_changed(before: Stood, after: Stood) -> None:
    """Raises `Invalid("", …)` where nothing differs. Both must have passed `check_given`: a number that is spelt in
    another way is no other number."""
    if _plain(before) == _plain(after):
        raise Invalid("", "Nothing to put right: the answers are as they were.")


def _plain(one: Stood) -> tuple[object, ...]:
    given = one.given
    total = None if given.total is None else Decimal(str(given.total).strip())
    return _values(given.instrument, given.answers), total, given.substance, given.harm, one.at, one.context


def _values(key: str, answers: Answers | None) -> tuple[Decimal | None, ...] | None:
    if answers is None:
        return None
    return tuple(None if one is None else Decimal(one) for one in as_numbers(instrument(key), answers))
