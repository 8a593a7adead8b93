"""A choice and its elements.

The elements are those the access design names: who may see, which kinds, for what, until when, how it was given, who
witnessed a verbal one, and that saying no does not affect care; and those of 42 CFR 2.31(a) for a programme under it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alongside.access.rules import Effect, Mask
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period


class Given(StrEnum):
    VERBAL = "verbal"
    WRITTEN = "written"
    ELECTRONIC = "electronic"


class Status(StrEnum):
    ACTIVE = "active"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # by what the choice itself names: the end of treatment


class Signer(StrEnum):
    """Who says so. Whether somebody may is decided by the law of the place and by people, never here."""

    PERSON = "person"
    PARENT = "parent"  # somebody with parental responsibility
    BOTH = "both"  # the person and a parent
    REPRESENTATIVE = "representative"  # somebody whom the law entitles, such as an attorney or a deputy


class Ends(StrEnum):
    """What ends a consent besides the person. A date stands beside it."""

    UNSAID = ""
    DATE = "date"
    END_OF_TREATMENT = "end_of_treatment"
    NEVER = "never"  # said so: the person can still take it back on any day


@dataclass(frozen=True, slots=True)
class Exception_:
    """What the choice does not hold for. To the same recipient where none is named, of all its time where none is."""

    categories: Mask
    recipient: str = ""
    data: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class Sooner:
    """Some kinds of a choice that end before all of it does: such as what was added for a time."""

    categories: Mask
    until: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What the person was told before they chose."""

    take_back: bool = False  # that they can take it back, and how
    passed_on: bool = False  # that whoever receives it may pass it on as their own law lets them
    refusing: bool = False  # what follows from saying no


@dataclass(frozen=True, slots=True)
class HowSaid:
    """How the person said that they take something back, and who heard it where that was by voice."""

    given: Given
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose for one recipient. An empty mask shares nothing."""

    recipient: str  # a handle
    categories: Mask
    given: Given
    purpose: str = "direct_care"
    witness: str = ""
    told_no_is_fine: bool = False
    expires: datetime = FOR_EVER
    effect: Effect = Effect.PERMIT
    data: Period = field(default_factory=Period)  # the time that what is shared is about
    hard: bool = False  # of a refusal: not even in an emergency
    exceptions: tuple[Exception_, ...] = ()
    sooner: tuple[Sooner, ...] = ()
    onward: bool = False  # for treatment, payment and operations: the recipient may pass it on (42 CFR 2.33)
    ends: Ends = Ends.UNSAID
    told: Told = field(default_factory=Told)
    signer: Signer = Signer.PERSON
    signed_by: str = ""  # the name of whoever signed with or for the person
    authority: str = ""  # what entitles them
    competent: str = ""  # who found that somebody young understands the choice, and when
    required_by: str = ""  # who requires treatment, such as a court
    reported: str = ""  # what they will be told, where somebody requires it
    through: str = ""  # the intermediary that passes it on to a class of recipients (42 CFR 2.31(a)(4)(ii)(B))

    @property
    def refuses(self) -> bool:
        return self.effect is Effect.DENY

    @property
    def apart(self) -> bool:
        """Whether it opens what is kept apart, which only a consent for that alone does."""
        return not self.refuses and bool(self.categories & policy.kept_apart())
