"""What the law says of qualified service organisations: `access/qualified.toml`."""

from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Checked, Sourced, Text


class Rule(Sourced):
    """One thing that holds for them."""

    words: Text


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    rule: tuple[Rule, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """In the order of the file."""
    return load_one("alongside.definitions", "access/qualified.toml", _File).rule
