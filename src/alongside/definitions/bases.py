"""On what a disclosure without the person's consent may rest: `access/bases.toml`."""

from functools import cache

from alongside.definitions import policy
from alongside.definitions.loader import load_one
from alongside.definitions.policy import Mask
from alongside.definitions.provenance import Checked, Key, Sourced, Text


class Basis(Sourced):
    """One basis, as one country's law has it. `papers`, `names`, `partners` and `kinds` are what it asks for."""

    pack: Key
    key: Key
    words: Text
    limits: str = ""
    papers: tuple[Key, ...] = ()
    names: bool = False
    partners: bool = True
    kinds: tuple[Key, ...] = ()

    @property
    def mask(self) -> Mask:
        """The kinds of information that it reaches: none but those that people are asked about."""
        return policy.categories_mask(*self.kinds) if self.kinds else policy.offered()


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    basis: tuple[Basis, ...]


@cache
def every() -> tuple[Basis, ...]:
    """Every basis, in the order of the file."""
    return load_one("alongside.definitions", "access/bases.toml", _File).basis


def bases(pack: str) -> dict[str, Basis]:
    """The bases of one country's law by key; none where the pack has none."""
    return {one.key: one for one in every() if one.pack == pack}
