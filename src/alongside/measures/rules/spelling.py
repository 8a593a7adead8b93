"""How people spell the name of an instrument: `PHQ-9`, `phq 9` and `phq9` are one; `PHQ` is none."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from alongside.definitions.instruments import instruments

# What people put between the parts of a name: blanks (a hard one too), underscores, hyphens and dashes.
BETWEEN = "[-_ \t\r\n\u00a0\u2010-\u2015]+"
NEAREST = 3


def plain_spelling(written: str) -> str:
    """The name without capitals and without what stands between its parts."""
    return re.sub(BETWEEN, "", written.lower())


@cache
def spellings() -> dict[str, str]:
    """The key of the instrument by each plain spelling of its key and its name that means no other."""
    found: dict[str, set[str]] = {}
    for spelt, key in _spelt():
        found.setdefault(spelt, set()).add(key)
    return {spelt: keys.pop() for spelt, keys in found.items() if len(keys) == 1}


def _spelt() -> Iterator[tuple[str, str]]:
    for known in instruments():
        yield plain_spelling(known.key), known.key
        yield plain_spelling(known.name), known.key


def instrument_key(written: str) -> str | None:
    """The key of the instrument that was meant, or None where none is, or more than one could be."""
    return spellings().get(plain_spelling(written))


def nearest(written: str) -> tuple[str, ...]:
    """The keys of the instruments spelt most like it, the nearest first; none where nothing is near."""
    close = get_close_matches(plain_spelling(written), list(spellings()), n=NEAREST * 2)
    return tuple(dict.fromkeys(spellings()[spelt] for spelt in close))[:NEAREST]
