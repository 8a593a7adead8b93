"""When a record may be erased, and what stands in the way. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from alongside.definitions.retention import Retention
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.kernel.language import civil, later

WORD = "erase"  # typed by whoever decides, because nothing brings a record back
LONGEST_WHY = 500


class Proposal(StrEnum):
    """What stands of a proposal to erase. One that was agreed to is gone with the record."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Life:
    """What periods are counted from: the birth, the last day that the service had to do with the person, a death."""

    born: date
    last: date
    died: date | None = None


def kept_until(period: Retention, life: Life) -> date | None:
    """The last day on which a record has to be kept; None where nobody has written down how long.

    Years after the last contact, and for a child until a birthday; or years after death, whichever is over first.
    Somebody whose family was seen after their death is counted from then.
    """
    if period.after_contact is None or period.after_death is None:
        return None
    until = max(years_after(life.last, period.after_contact), _childs(period, life))
    if life.died is None:
        return until
    return min(until, years_after(max(life.died, life.last), period.after_death))


def kept_if_died(period: Retention, life: Life) -> date | None:
    """As `kept_until`, had the person died: the earliest that any day of death could make it."""
    return kept_until(period, replace(life, died=life.born))


def _childs(period: Retention, life: Life) -> date:
    age = _age(life.born, life.last)
    if age >= period.child_below:
        return date.min
    birthday = period.child_latest if age == period.child_below - 1 else period.child_until
    return years_after(life.born, birthday) if birthday else date.max


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_after(day: date, years: int) -> date:
    """The same day some years on; from 29 February the 1st of March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def check_died(died: date | None, born: date, today: date) -> None:
    """Raise `Invalid("died", …)` for a day of death that cannot be."""
    if died and not born <= died <= today:
        raise Invalid("died", "Give a day of death between the date of birth and today.")


def check_erasable(
    until: date | None, today: date, *, why_unknown: str, held: bool, unfinished: Collection[str]
) -> None:
    """Raise `NotAllowed` with what stands in the way of erasing a record now: its period, a legal hold, open work.

    `until` is the last day on which it has to be kept; `why_unknown` is said where there is none. `unfinished` are
    words for what is still open.
    """
    if until is None:
        words = later("How long a record has to be kept is not written down for your country. {why}")
        raise NotAllowed(words, why=why_unknown)
    if today <= until:
        raise NotAllowed(later("This record has to be kept until {until}."), until=civil(until))
    if held:
        raise NotAllowed(later("A legal hold stands: nothing of this record may be erased until it is lifted."))
    if unfinished:
        raise NotAllowed(
            later("Something is still open about them: {open}. Close it first."), open=", ".join(unfinished)
        )


def check_second(proposer: str, decider: str) -> None:
    """Raise `NotAllowed` where somebody would decide about their own proposal."""
    if proposer == decider:
        raise NotAllowed(later("You proposed this. Somebody else of your service has to decide."))


def check_why(why: str) -> str:
    """Why, without blanks around it; `Invalid("reason", …)` where nobody said, or too much."""
    said = why.strip()
    if not said:
        raise Invalid("reason", "Say why.")
    if len(said) > LONGEST_WHY:
        raise Invalid("reason", "Say it in at most {most} characters.", most=LONGEST_WHY)
    return said


def check_word(typed: str) -> None:
    """Raise `Invalid("word", …)` unless the word was typed that says that it is meant."""
    if typed.strip().casefold() != WORD:
        raise Invalid("word", "Type the word {word} to go on.", word=WORD)
