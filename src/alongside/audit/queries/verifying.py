"""Whether the ledger still says what it said: each entry, the position of each, and every checkpoint over them."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from alongside.audit import leaves, rules
from alongside.audit.checkpoints import FIRST, Note
from alongside.audit.keys import PublicKey
from alongside.audit.models import Checkpoint, Countersignature, Entry
from alongside.audit.queries.giving import CHUNK, public_keys
from alongside.kernel.errors import Invalid
from alongside.kernel.language import said


def waiting_since() -> datetime | None:
    """When the oldest entry that no checkpoint covers was written; None where all are covered."""
    signed = Checkpoint.objects.aggregate(last=Max("size"))["last"] or 0
    return _oldest(signed)


def unwitnessed_since() -> datetime | None:
    """When the oldest entry that no witness vouches for was written; None where there is none."""
    return _oldest(Countersignature.objects.aggregate(last=Max("checkpoint_id"))["last"] or 0)


def _oldest(covered: int) -> datetime | None:
    numbered = Entry.objects.filter(position__gte=covered).order_by("position").values_list("at", flat=True).first()
    waiting = Entry.objects.filter(position=None).order_by("pk").values_list("at", flat=True).first()
    return min((one for one in (numbered, waiting) if one), default=None)


def has_checkpoint(kept: Note) -> bool:
    """Whether the entries up to a checkpoint that was kept elsewhere still give its root."""
    rows = Entry.objects.filter(position__lt=kept.head.size).order_by("position").values_list("digest", flat=True)
    tree = rules.Tree().extend(bytes.fromhex(one) for one in rows.iterator(chunk_size=CHUNK))
    return (tree.size, tree.root()) == (kept.head.size, kept.head.root)


def problems() -> Iterator[str]:
    """What does not verify: an entry whose words changed, a missing position, a checkpoint that fits no more."""
    rows = Entry.objects.prefetch_related("mentions").order_by("pk")
    for entry in rows.iterator(chunk_size=CHUNK):
        if rules.leaf(leaves.line(entry)).hex() != entry.digest:
            yield said("Entry {entry} of {at:%d %B %Y %H:%M} no longer says what it said.", entry=entry.pk, at=entry.at)
        if not _is_found(entry):
            yield said("Entry {entry} is not found by everybody whom it names, or by somebody else.", entry=entry.pk)
    yield from _tree_problems()


def _is_found(entry: Entry) -> bool:
    """Whether an entry with a position is found by those whom it names, and by nobody else."""
    named = [(one[0], one[1]) for one in entry.about] if entry.position is not None else []
    return sorted((one.pseudonym, one.kinds) for one in entry.mentions.all()) == sorted(named)


def _tree_problems() -> Iterator[str]:
    checkpoints = list(Checkpoint.objects.order_by("size").prefetch_related("countersignatures"))
    tree, previous, place = rules.Tree(), FIRST, 0
    rows = Entry.objects.exclude(position=None).order_by("position").values_list("position", "digest")
    digests = rows.iterator(chunk_size=CHUNK)
    for one in checkpoints:
        while tree.size < one.size and (row := next(digests, None)):
            position, digest = row
            if position != place:
                yield said("The entry at position {position} is missing.", position=place)
            place = position + 1
            tree.add(bytes.fromhex(digest))
        yield from _checkpoint_problems(one, tree, previous)
        previous = _digest(one)


def _checkpoint_problems(row: Checkpoint, tree: rules.Tree, previous: str) -> Iterator[str]:
    try:
        note = Note.read(row.note)
    except Invalid:
        yield said("The checkpoint of {size} entries cannot be read.", size=row.size)
        return
    if (tree.size, tree.root()) != (note.head.size, note.head.root) or note.head.size != row.size:
        yield said("The checkpoint of {size} entries does not fit the entries it covers.", size=row.size)
    if note.head.previous != previous:
        yield said("The checkpoint before that of {size} entries was taken away or changed.", size=row.size)
    if not any(map(note.is_signed_by, public_keys())):
        yield said("The checkpoint of {size} entries is not signed with a key of this ledger.", size=row.size)
    for name in _false_witnesses(row, note):
        yield said("{witness} did not countersign the checkpoint of {size} entries.", witness=name, size=row.size)


def _false_witnesses(row: Checkpoint, note: Note) -> Iterator[str]:
    """Known witnesses under whose names there are lines that they did not write."""
    known = {key.name: key for key in map(PublicKey.read, settings.WITNESSES)}
    for one in row.countersignatures.all():
        key = known.get(one.witness)
        if key and not Note(note.head, (one.line,)).countersigned(key):
            yield key.name


def _digest(row: Checkpoint) -> str:
    try:
        return Note.read(row.note).head.digest()
    except Invalid:
        return ""
