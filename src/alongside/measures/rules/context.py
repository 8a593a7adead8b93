"""How somebody was when they answered: what a score has to be read with.

A score taken while intoxicated or in withdrawal is shown as it is, with that beside it; an evaluation can leave it
out. Nothing is worked out from it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alongside.definitions import languages
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import civil, later
from alongside.people.rules import check_born

MOST_WEEKS = 5200  # a hundred years


class Mode(StrEnum):
    """Where the answers were given."""

    IN_ROOM = "in_room"
    REMOTE = "remote"  # by the person, from a link
    PAPER = "paper"


class Helper(StrEnum):
    """Who helped with the answers."""

    NOBODY = ""
    WORKER = "worker"
    INTERPRETER = "interpreter"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What drinking or using had to do with it; None where nobody said. Kept as information about use, not mood."""

    intoxicated: bool | None = None
    in_withdrawal: bool | None = None
    weeks_since_use: int | None = None

    @property
    def clouds(self) -> bool:
        """Whether it is something that an evaluation may want to leave out."""
        return bool(self.intoxicated or self.in_withdrawal)


NOTHING_NOTICED = Noticed()


@dataclass(frozen=True, slots=True)
class Context:
    """How the questions were answered.

    `language` is the version that was answered where it is not English (`bfi` is British Sign Language): its cut-offs
    may differ.
    """

    language: str = ""
    helper: Helper = Helper.NOBODY
    mode: Mode = Mode.IN_ROOM
    noticed: Noticed = NOTHING_NOTICED


NOTHING_SAID = Context()


def version_of(language: str) -> str:
    """The language version that was answered, as cut-offs name it: `bfi` for `bfi-GB`, empty for English.

    A dialect has no cut-off of its own in any source that was seen, so that it is the version of its language.
    """
    primary = language.strip().lower().partition("-")[0]
    return "" if primary == "en" else primary


def check_context(context: Context) -> None:
    """Raises `Invalid` or `Several` naming `weeks_since_use` or `language`."""
    problems = []
    weeks = context.noticed.weeks_since_use
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        problems.append(Invalid("weeks_since_use", "Give whole weeks from 0 to {most}.", most=MOST_WEEKS))
    problems += languages.problems(context.language)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Several(problems)


def check_past(at: datetime, now: datetime) -> None:
    """Raises `Invalid("date", …)` for an answer of a time to come."""
    if at > now:
        raise Invalid("date", "The date is in the future. Enter the day it was answered.")


def check_lived(at: datetime, born: date, referred: date | None) -> None:
    """Raises `Invalid("date", …)` for an answer of a day before somebody was born, or before they were first referred
    here (`referred`, None where they were not yet): it would be the first of their scores, and turn round what changed.
    """
    day = at.date() if at.year == date.min.year else at.astimezone(LONDON).date()
    check_born("date", day, born)
    if referred and day < referred:
        sentence = later("The date is before they were first referred here, on {day}. Enter the day it was answered.")
        raise Invalid("date", sentence, day=civil(referred))


def check_answered(context: Context, *, measured: bool) -> None:
    """Raises `Invalid` naming the first thing that was said of how somebody answered, where nothing was answered: it
    would be kept nowhere."""
    noticed = context.noticed
    said = {
        "intoxicated": noticed.intoxicated is not None,
        "in_withdrawal": noticed.in_withdrawal is not None,
        "weeks_since_use": noticed.weeks_since_use is not None,
        "helper": bool(context.helper),
        "language": bool(context.language),
    }
    first = next((field for field, is_said in said.items() if is_said), None)
    if first and not measured:
        raise Invalid(first, "You say how they answered, and no measure is entered. Enter one, or take this out.")
