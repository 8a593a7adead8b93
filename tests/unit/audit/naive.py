"""The Merkle tree hash as RFC 6962 writes it down (section 2.1): recursive, slow, and nothing of ours in it."""

import hashlib


def tree_hash(entries: list[bytes]) -> bytes:
    """MTH of these entries."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_hash(entries[:split]) + tree_hash(entries[split:])).digest()
