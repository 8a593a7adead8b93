"""What the law says of an account of disclosures: `access/accounting.toml`."""

from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Checked, Key, Sourced, Text


class Duty(Sourced):
    """One thing that a person may ask for, and of how many years."""

    pack: Key
    words: Text
    years: int
    key: str = ""  # of a list of its own, where the page has one


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    duty: tuple[Duty, ...]


@cache
def every() -> tuple[Duty, ...]:
    """Every duty, in the order of the file."""
    return load_one("alongside.definitions", "access/accounting.toml", _File).duty


def duties(pack: str) -> list[Duty]:
    """Those of one country's law; none where none is known."""
    return [one for one in every() if one.pack == pack]
