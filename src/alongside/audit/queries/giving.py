"""What leaves the ledger: its lines and checkpoints for a verifier, leaf hashes for a witness."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Max

from alongside.audit import leaves
from alongside.audit.checkpoints import Note
from alongside.audit.keys import PrivateKey, PublicKey
from alongside.audit.models import Checkpoint, Countersignature, Entry
from alongside.audit.witness import Offer
from alongside.kernel.errors import NotThere

CHUNK = 2_000


def public_keys() -> list[PublicKey]:
    """By which everybody can verify the ledger's checkpoints, today's first."""
    return [PrivateKey.of_ledger(one).public() for one in settings.LEDGER_KEYS]


def newest_checkpoint() -> Note | None:
    """The newest checkpoint, with the lines of those who countersigned it; None before the first."""
    row = Checkpoint.objects.order_by("size").last()
    return _whole(row) if row else None


def notes() -> Iterator[Note]:
    """Every checkpoint with its countersignatures, the oldest first."""
    yield from map(_whole, Checkpoint.objects.order_by("size").prefetch_related("countersignatures"))


def _whole(row: Checkpoint) -> Note:
    lines = sorted(one.line for one in row.countersignatures.all())
    note = Note.read(row.note)
    return Note(note.head, (*note.lines, *lines))


def lines() -> Iterator[str]:
    """Every entry that has its position, in that order, as the line that its leaf hash is of."""
    rows = Entry.objects.exclude(position=None).order_by("position")
    yield from map(leaves.line, rows.iterator(chunk_size=CHUNK))


def offer(*, begins: int | None = None) -> Offer:
    """The newest checkpoint for a witness, with the leaf hashes from `begins` on, or else from what was countersigned
    last. Raises `NotThere` before the first checkpoint."""
    note = newest_checkpoint()
    if note is None:
        raise NotThere()
    if begins is None:
        begins = Countersignature.objects.aggregate(last=Max("checkpoint_id"))["last"] or 0
    rows = Entry.objects.filter(position__gte=begins, position__lt=note.head.size).order_by("position")
    return Offer(begins, [bytes.fromhex(one) for one in rows.values_list("digest", flat=True)], note)
