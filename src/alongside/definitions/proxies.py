"""On what it rests that somebody looks on a person's behalf: `access/proxies.toml`."""

from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Checked, Key, Sourced, Text


class Basis(Sourced):
    """One basis, as one country's law has it: `young` for somebody younger than the age of deciding alone,
    `always_agrees` never without the person, `paper` with what was seen. `days` at most."""

    pack: Key
    key: Key
    words: Text
    young: bool = False
    always_agrees: bool = False
    paper: bool = False
    days: int


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    basis: tuple[Basis, ...]


@cache
def every() -> tuple[Basis, ...]:
    """Every basis, in the order of the file."""
    return load_one("alongside.definitions", "access/proxies.toml", _File).basis


def proxies(pack: str) -> dict[str, Basis]:
    """The bases of one country's law by key; none where the pack has none."""
    return {one.key: one for one in every() if one.pack == pack}
