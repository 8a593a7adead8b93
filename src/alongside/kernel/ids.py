"""Random, opaque, typed ids: `con_` and twenty characters that say nothing.

An id that counts upwards tells one service how many people another one sees, so no id here carries an order,
a time or a place. The prefix only says what kind of thing it names.
"""

import random
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from alongside.kernel.errors import NotThere

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread aloud
LENGTH = 20  # 100 bits
MAX_LENGTH = 24
_PATTERN = re.compile(rf"[a-z]{{3}}_[{ALPHABET}]{{{LENGTH}}}")

_source: ContextVar[random.Random | None] = ContextVar("id_source", default=None)


def new_id(prefix: str) -> str:
    """A fresh id such as `con_4fz…`: a three-letter kind and 100 random bits."""
    source = _source.get()
    bits = source.getrandbits(LENGTH * 5) if source else secrets.randbits(LENGTH * 5)
    return f"{prefix}_" + "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in range(LENGTH))


def is_id(text: str, prefix: str) -> bool:
    """Whether `text` is spelt like an id of this kind; says nothing about whether it exists."""
    return bool(_PATTERN.fullmatch(text)) and text.startswith(f"{prefix}_")


def parse_id(text: str, prefix: str) -> str:
    """The id itself, or `NotThere`: a misspelt id reads exactly like one that does not exist."""
    if not is_id(text, prefix):
        raise NotThere()
    return text


@contextmanager
def seeded_ids(seed: int) -> Iterator[None]:
    """Ids from a seed, for the demonstration and the benchmarks; never for a real service."""
    token = _source.set(random.Random(seed))  # noqa: S311 - repeatability is the point here
    try:
        yield
    finally:
        _source.reset(token)
