"""Substance use treatment's own lists: groups, discharge reasons and the range of days used.

Every entry is unverified until somebody has checked it against the current national data set.
"""

from functools import cache
from typing import Literal

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Sourced, Text


class Group(Content):
    """What a person is in treatment for, as the national figures group it."""

    key: Text
    words: Text


class DischargeReason(Content):
    """Why an episode ended: planned, moved (care goes on elsewhere) or early."""

    key: Text
    words: Text
    ended: Literal["planned", "moved", "early"]


class DaysUsed(Sourced):
    """The range of days used in the past 28."""

    minimum: int
    maximum: int


class Codes(Definition):
    """All the lists, as one file holds them."""

    days_used: DaysUsed
    groups: tuple[Group, ...]
    discharge_reasons: tuple[DischargeReason, ...]


@cache
def codes() -> Codes:
    """Every list, with its source and whether it was checked."""
    return load_one(__name__, "codes.toml", Codes)


def discharge_reasons() -> tuple[DischargeReason, ...]:
    """Why an episode of substance use treatment may end."""
    return codes().discharge_reasons
