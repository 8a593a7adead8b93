"""What is kept outside the database of the ledger, and whether this database still holds what was kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alongside.audit.checkpoints import Note
from alongside.audit.models import Checkpoint, Entry, Pseudonym
from alongside.audit.queries.giving import CHUNK

HASH = 32  # bytes of a leaf hash
SHOWN = "shown"


def touched(begins: int, ends: int) -> Iterator[list[str]]:
    """The registrations that acts (no pages) name at positions from `begins` on and before `ends`; some at a time."""
    rows = Entry.objects.filter(position__gte=begins, position__lt=ends).exclude(act=SHOWN).exclude(about=[])
    named: set[str] = set()
    for about in rows.order_by("position").values_list("about", flat=True).iterator(chunk_size=CHUNK):
        named.update(one[0] for one in about)
        if len(named) >= CHUNK:
            yield _registrations(named)
            named = set()
    if named:
        yield _registrations(named)


def _registrations(pseudonyms: set[str]) -> list[str]:
    rows = Pseudonym.objects.filter(pseudonym__in=pseudonyms).order_by("registration")
    return list(rows.values_list("registration", flat=True))


def leaf_hashes(begins: int, ends: int) -> Iterator[bytes]:
    """The leaf hashes at positions from `begins` on and before `ends`."""
    rows = Entry.objects.filter(position__gte=begins, position__lt=ends).order_by("position")
    yield from map(bytes.fromhex, rows.values_list("digest", flat=True).iterator(chunk_size=CHUNK))


def checkpoint(size: int) -> Note | None:
    """The checkpoint of the first `size` entries, as this ledger signed it; None where there is none."""
    note = Checkpoint.objects.filter(size=size).values_list("note", flat=True).first()
    return Note.read(note) if note else None


@dataclass(frozen=True, slots=True)
class Shared:
    """How many entries from the first on a ledger shares with what was kept of it, and when the last was written."""

    size: int
    last: datetime | None


def shared(leaves: bytes) -> Shared:
    """Up to where this ledger's entries are those whose leaf hashes (32 bytes each, from the first on) were kept."""
    size = 0
    for found in leaf_hashes(0, len(leaves) // HASH):
        if found != leaves[size * HASH : (size + 1) * HASH]:
            break
        size += 1
    last = Entry.objects.filter(position=size - 1).values_list("at", flat=True).first()
    return Shared(size, last)
