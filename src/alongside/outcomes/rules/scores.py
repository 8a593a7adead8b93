"""Which problem, which anxiety measure and which scores an outcome is computed from.

Source, unless a rule says otherwise: NHS England Talking Therapies measure metadata (July 2026 monthly,
2024-25 annual).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from alongside.definitions import talking_therapies
from alongside.definitions.instruments import instrument
from alongside.measures import rules as measures

DEPRESSION = "phq9"
FALLBACK = "gad7"


class Descriptor(Protocol):
    """A presenting problem as it was recorded: its code, if it has one, whether it is primary, and when."""

    @property
    def code(self) -> str | None: ...

    @property
    def primary(self) -> bool: ...

    @property
    def at(self) -> datetime: ...


Recorded = TypeVar("Recorded", bound=Descriptor)


def chosen_descriptor(recorded: Iterable[Recorded]) -> Recorded | None:
    """The one that counts of those recorded, in the order of their rows: a code before none, primary before secondary,
    then the latest, then the highest row."""
    last_first = reversed(list(recorded))
    return max(last_first, key=lambda one: (bool(one.code), one.primary, one.at), default=None)


@dataclass(frozen=True, slots=True)
class TimedScore:
    """One score of an episode. `place` is its place in the record, which orders scores of one day; `language` the
    version that was answered, as `measures.rules.version_of` has it; `out_of` the greatest total, where questions that
    did not apply have lowered it (`measures.rules.Scored`)."""

    instrument: str
    value: Decimal
    on: date
    place: int = 0
    at_follow_up: bool = False
    language: str = ""
    out_of: Decimal | int | None = None


class Scored(Protocol):
    """A score with the language version that was answered, and what it is out of where that is not the whole scale."""

    @property
    def value(self) -> Decimal: ...

    @property
    def language(self) -> str: ...

    @property
    def out_of(self) -> Decimal | int | None: ...


@dataclass(frozen=True, slots=True)
class Ends:
    """First and last score of one instrument. `last` is None unless it was taken at least twice.

    With the language version that each was answered in, empty for English: a version in British Sign Language has
    cut-offs of its own. And with what each is out of, where questions that did not apply have lowered it.
    """

    first: Decimal | None = None
    last: Decimal | None = None
    first_language: str = ""
    last_language: str = ""
    first_out_of: Decimal | int | None = None
    last_out_of: Decimal | int | None = None

    @classmethod
    def of(cls, taken: Sequence[Scored]) -> "Ends":
        """The ends of scores of one instrument in their order."""
        if not taken:
            return cls()
        first, last = taken[0], taken[-1]
        if len(taken) == 1:
            return cls(first.value, None, first.language, first_out_of=first.out_of)
        return cls(first.value, last.value, first.language, last.language, first.out_of, last.out_of)

    @property
    def paired(self) -> bool:
        return self.last is not None

    @property
    def comparable(self) -> bool:
        """Whether the difference of both is a change: of one language version, and out of one maximum."""
        return self.in_one_version and self.out_of_one

    @property
    def out_of_one(self) -> bool:
        """Whether both are out of one maximum. WSAS is out of 32 for whom work does not apply: from 20 of 40 to 12 of
        32 nothing need have changed but that."""
        return not self.paired or self.first_out_of == self.last_out_of

    @property
    def in_one_version(self) -> bool:
        """Whether both were answered in one language version.

        Our own rule, unverified: nobody published how far the versions measure alike, and the cut-offs that were found
        for British Sign Language lie two points below the English ones.
        """
        return not self.paired or self.first_language == self.last_language


def ends(scores: Iterable[TimedScore], key: str) -> Ends:
    """First and last valid score of instrument `key`. Scores at follow-up contacts and impossible totals do
    not count. (That follow-up never supplies a last score is unverified: check the current guidance.)"""
    definition = instrument(key)
    valid = [one for one in scores if one.instrument == key and not one.at_follow_up]
    valid = [one for one in valid if measures.is_valid_total(definition, one.value)]
    ordered = sorted(valid, key=lambda one: (one.on, one.place))
    return Ends.of(ordered)


@dataclass(frozen=True, slots=True)
class InForce:
    """The anxiety measure that counts for this episode, and its ends."""

    instrument: str
    ends: Ends


def measure_in_force(descriptor: str | None, scores: Sequence[TimedScore]) -> InForce:
    """The problem's own measure if it is paired, else GAD-7.

    That "missing" in the national definition means "not paired" is our reading of it.
    """
    own = talking_therapies.instrument_for(descriptor)
    if own and (found := ends(scores, own)).paired:
        return InForce(own, found)
    return InForce(FALLBACK, ends(scores, FALLBACK))
