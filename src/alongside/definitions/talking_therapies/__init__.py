"""The NHS Talking Therapies data set's codes, and which instrument goes with which problem.

Problem descriptors are recorded as ICD-10 codes without the point (`F401`) or as SNOMED CT ids.
"""

from functools import cache
from typing import Literal

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Sourced, Text


class Descriptor(Content):
    """A presenting problem. `instrument` is the key of its own measure; None means that GAD-7 is in force."""

    code: Text
    match: Literal["exactly", "begins_with"]
    scheme: Literal["icd10", "snomed"]
    words: Text
    adsm: Text | None = None
    instrument: Text | None = None

    def fits(self, recorded: str) -> bool:
        """Whether a normalised recorded code is this problem."""
        return recorded == self.code or (self.match == "begins_with" and recorded.startswith(self.code))


class AppointmentKind(Content):
    """What a contact was for (`AppType`): `key` is our word, `code` the data set's."""

    key: Text
    code: Text
    words: Text
    assesses: bool
    treats: bool


class Attendance(Content):
    """What became of a planned contact (`AttendOrDNACode`). `met` is whether the person was seen."""

    key: Text
    code: Text
    words: Text
    met: bool


class Mechanism(Content):
    """How a contact was held (`ConsMechanism`)."""

    key: Text
    code: Text
    words: Text


class EndReason(Content):
    """Why a referral ended (`EndCode`), and how far the person had got."""

    code: Text
    words: Text
    after: Literal["nothing", "assessment", "treatment"]
    planned: bool = False  # treatment ended as both had agreed


class Waits(Sourced):
    """The two waiting-time standards in days from referral to first treatment, the last day included."""

    six_weeks: int
    eighteen_weeks: int


class Finished(Sourced):
    """How many treatment contacts make a finished course."""

    contacts: int


class Codes(Definition):
    """All the lists, as one file holds them."""

    descriptors: tuple[Descriptor, ...]
    kinds: tuple[AppointmentKind, ...]
    attendances: tuple[Attendance, ...]
    mechanisms: tuple[Mechanism, ...]
    ends: tuple[EndReason, ...]
    waits: Waits
    finished: Finished


@cache
def codes() -> Codes:
    """Every code list of the data set, with its source and version."""
    return load_one(__name__, "codes.toml", Codes)


def descriptors() -> tuple[Descriptor, ...]:
    """The problems that have a rule of their own in the national map."""
    return codes().descriptors


def appointment_kinds() -> tuple[AppointmentKind, ...]:
    """What contacts are for, in the order of the data set's codes."""
    return codes().kinds


def attendances() -> tuple[Attendance, ...]:
    """What may become of a planned contact."""
    return codes().attendances


def mechanisms() -> tuple[Mechanism, ...]:
    """How a contact may be held."""
    return codes().mechanisms


def end_reasons() -> tuple[EndReason, ...]:
    """Why a referral may end."""
    return codes().ends


def normal(recorded: str) -> str:
    """A descriptor as the data set writes it: `f40.1 ` becomes `F401`."""
    return recorded.strip().upper().replace(".", "")


def descriptor(recorded: str | None) -> Descriptor | None:
    """The problem that a recorded code stands for, or None where it has no rule of its own."""
    if not recorded:
        return None
    code = normal(recorded)
    return next((known for known in descriptors() if known.fits(code)), None)


def instrument_for(recorded: str | None) -> str | None:
    """The key of the problem's own measure (its ADSM), or None where GAD-7 is in force.

    Source: NHS England Talking Therapies measure metadata, M204.
    """
    found = descriptor(recorded)
    return found.instrument if found else None
