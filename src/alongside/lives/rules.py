"""What may be said of an event in somebody's life, and what kind of information it is. Pure.

The kinds of event are in `definitions/lives`. Nothing here is owed by anybody and nothing has a state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.definitions import lives as content
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.errors import Invalid, Several

LONGEST = 500  # characters of what is said of it


class Source(StrEnum):
    """Who says so."""

    PERSON = "person"
    SOMEBODY_CLOSE = "somebody_close"
    PROFESSIONAL = "professional"
    RECORD = "record"  # a letter, a discharge summary, another service's record


class Certainty(StrEnum):
    CERTAIN = "certain"
    DAY_UNSURE = "day_unsure"  # it happened, and the day is a guess
    UNSURE = "unsure"  # it may not have happened


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one event: its kind, the civil day on which it was or began, the last one where it lasted (None
    for one day, or where it goes on), who says so, how sure they are, and a few words."""

    kind: str
    start: date
    end: date | None = None
    source: str = Source.PERSON
    certainty: str = Certainty.CERTAIN
    words: str = ""


def check(told: Told, today: date) -> Told:
    """What is told, its words trimmed.

    Raises `Several`, each problem naming a field of `Told`: a kind, source or certainty that is none, a day to come, an
    end before the start, words that are too long.
    """
    if problems := list(_problems(told, today)):
        raise Several(problems)
    return Told(told.kind, told.start, told.end, told.source, told.certainty, told.words.strip())


def _problems(told: Told, today: date) -> Iterator[Invalid]:
    if told.kind not in content.kinds():
        yield Invalid("kind", "Choose what happened.")
    if told.start > today:
        yield Invalid("start", "The day is in the future. Enter the day on which it happened.")
    if told.end is not None and told.end < told.start:
        yield Invalid("end", "The last day is before the first. Put one of them right.")
    elif told.end is not None and told.end > today:
        yield Invalid("end", "The last day is in the future. Leave it empty while it goes on.")
    if told.source not in list(Source):
        yield Invalid("source", "Choose who told you.")
    if told.certainty not in list(Certainty):
        yield Invalid("certainty", "Choose how sure this is.")
    if len(told.words.strip()) > LONGEST:
        yield Invalid("words", "Keep it to {most} characters.", most=LONGEST)


def category(kind: str) -> str:
    """The kind of information that an event of this kind is (`definitions/lives`)."""
    return content.kinds()[kind].category


def needs(kind: str) -> Mask:
    """What must be open to see an event of this kind."""
    return policy.categories_mask(category(kind))
