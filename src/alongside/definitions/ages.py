"""From which age somebody decides about sharing: `access/ages.toml`."""

from datetime import date
from functools import cache
from typing import Literal

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Checked, Key, Sourced, Text


class Young(Sourced):
    """What has to be said where somebody is younger than an age, by one country's law, from its first day on."""

    pack: Key
    below: int
    alone: Literal["competence", "authority"]
    parent: bool
    words: Text
    told: Text  # the same, to somebody young who is in their own sign-in and cannot choose there by themselves
    since: date = date.min


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    age: tuple[Young, ...]


@cache
def every() -> tuple[Young, ...]:
    """Every rule, in the order of the file."""
    return load_one("alongside.definitions", "access/ages.toml", _File).age


def young(pack: str, age: int, today: date) -> Young | None:
    """The rule of a country for somebody of this age (whole years), as it stands on a day: the one that began last.
    None where they decide as any adult does."""
    found = rule(pack, today)
    return found if found and age < found.below else None


def rule(pack: str, today: date) -> Young | None:
    """The rule of a country as it stands on a day, whatever somebody's age: the one that began last."""
    begun = [one for one in every() if one.pack == pack and one.since <= today]
    return max(begun, key=lambda one: one.since, default=None)
