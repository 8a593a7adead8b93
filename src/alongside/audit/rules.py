"""How entries are digested and chained. Pure, so that somebody else can verify our ledger with their own code."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64


def digest(words: Mapping[str, Any]) -> str:
    """SHA-256 of an entry in canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def chain(previous: str, digests: Iterable[str]) -> str:
    """The seal over a batch: each digest folded into what came before."""
    link = previous
    for one in digests:
        link = hashlib.sha256((link + one).encode()).hexdigest()
    return link
