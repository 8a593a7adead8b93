"""The doors a referral comes through, why one may be declined, and the threshold to compare drinking with."""

from decimal import Decimal
from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Sourced, Text


class Door(Content):
    """Where a referral comes from; `source_code` is the national return's."""

    key: Text
    source_code: Text
    words: Text


class DeclineReason(Content):
    """Why a referral may be declined; `needs_threshold` where it rests on an amount of drinking or use."""

    key: Text
    words: Text
    needs_threshold: bool


class Threshold(Sourced):
    """The amount on a drinking day above which a specialist assessment is worth considering."""

    units_a_drinking_day: Decimal
    words: Text


class Codes(Definition):
    """All of it, as one file holds it."""

    doors: tuple[Door, ...]
    declines: tuple[DeclineReason, ...]
    threshold: Threshold


@cache
def codes() -> Codes:
    """Every list of the file, with its source and version."""
    return load_one(__name__, "codes.toml", Codes)


def doors() -> dict[str, Door]:
    """Doors by key."""
    return {door.key: door for door in codes().doors}


def declines() -> dict[str, DeclineReason]:
    """Reasons for declining by key."""
    return {reason.key: reason for reason in codes().declines}


def threshold() -> Threshold:
    """The local threshold, with its source; unverified."""
    return codes().threshold
