"""What an entry says, its leaf, and the Merkle tree over all leaves (RFC 6962, section 2.1).

Pure, and spelt out in `docs/reference/ledger.md`, so that somebody else can verify our ledger with their own code.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FORM = 2  # of an entry's words; 1 named registrations by their ids and had no leaf prefix
NOTHING = hashlib.sha256(b"").digest()  # the root of an empty tree
_PSEUDONYM = 32  # hexadecimal digits: 128 bits
_RECORD = 8  # bytes


def pseudonym(secret: str, registration: str) -> str:
    """The keyed hash by which the ledger knows a registration; without the secret it leads to nobody."""
    return hmac.digest(secret.encode(), registration.encode(), "sha256").hex()[:_PSEUDONYM]


def record_hashes(secret: str, records: Iterable[str]) -> list[str]:
    """Records that were shown as keyed hashes, sorted, under the secret of the registration that they are about.

    A page shows hundreds: BLAKE2b with a key (RFC 7693) takes a third of the time of HMAC.
    """
    key = secret.encode()
    return sorted(hashlib.blake2b(one.encode(), key=key, digest_size=_RECORD).hexdigest() for one in records)


def canonical(words: Mapping[str, Any]) -> str:
    """An entry as canonical JSON: sorted keys, no spaces, one line."""
    return json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def leaf(line: str) -> bytes:
    """The leaf hash of an entry's canonical words."""
    return hashlib.sha256(b"\x00" + line.encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Tree:
    """A tree that only grows: how many leaves it has, and the roots of its whole parts, the largest first.

    That is all it takes to add a leaf or to give the root, so a checkpoint over n new leaves costs n.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf_hash: bytes) -> None:
        """One more leaf, at position `size`."""
        whole = self.size
        while whole & 1:
            leaf_hash = node(self.peaks.pop(), leaf_hash)
            whole >>= 1
        self.peaks.append(leaf_hash)
        self.size += 1

    def extend(self, leaf_hashes: Iterable[bytes]) -> "Tree":
        """Several more leaves; returns itself."""
        for one in leaf_hashes:
            self.add(one)
        return self

    def root(self) -> bytes:
        """The Merkle tree hash over every leaf so far."""
        if not self.peaks:
            return NOTHING
        *larger, found = self.peaks
        for peak in reversed(larger):
            found = node(peak, found)
        return found
