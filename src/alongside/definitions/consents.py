"""What a person may be asked to agree to besides their care, each by a consent of its own: `access/consents.toml`."""

from functools import cache

from alongside.definitions import policy
from alongside.definitions.loader import load_one
from alongside.definitions.policy import Mask
from alongside.definitions.provenance import Checked, Key, Sourced, Text


class ForItself(Sourced):
    """One purpose, as one country's law has it. `kinds` where the consent is for these alone, else they are chosen."""

    pack: Key
    key: Key
    purpose: Key
    kinds: tuple[Key, ...] = ()
    words: Text
    why: Text
    passed_on: bool = False

    @property
    def mask(self) -> Mask:
        """The kinds that it is for; 0 where the person chooses them."""
        return policy.categories_mask(*self.kinds)


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    consent: tuple[ForItself, ...]


@cache
def every() -> tuple[ForItself, ...]:
    """Each purpose of each country, in the order of the file."""
    return load_one("alongside.definitions", "access/consents.toml", _File).consent


def for_themselves(pack: str) -> dict[str, ForItself]:
    """What a service under one country's law asks for, by key."""
    return {one.key: one for one in every() if one.pack == pack}


def words(purpose: str, categories: Mask) -> str:
    """What a consent for a purpose, about some kinds, is called, in whatever country it was signed."""
    apart = bool(categories & policy.kept_apart())
    called = (one for one in every() if one.purpose == purpose and bool(one.mask & policy.kept_apart()) == apart)
    found = next(called, None)
    return found.words if found else policy.purposes()[purpose].words
