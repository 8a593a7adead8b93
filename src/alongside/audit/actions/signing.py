"""Checkpoints: signing how long the ledger is and what its root is, and taking in what a witness countersigned."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from alongside.audit.actions.numbering import alone
from alongside.audit.checkpoints import FIRST, Head, Note, signed
from alongside.audit.keys import PrivateKey, PublicKey
from alongside.audit.models import Checkpoint, Countersignature, Entry
from alongside.audit.rules import Tree
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere
from alongside.kernel.language import gettext as _

CHUNK = 10_000


@transaction.atomic
def sign(*, first: Callable[[int, int], None] | None = None) -> int | None:
    """Sign a checkpoint over every entry that has its position; its size, or None where there is nothing new to sign.

    It reads the entries since the last checkpoint and no others. `first` is called with where those begin and end: what
    it does is done before the checkpoint is there, and where it fails there is none.
    """
    if not alone():
        return None
    last = Checkpoint.objects.order_by("size").last()
    tree = Tree(last.size, [bytes.fromhex(one) for one in last.peaks]) if last else Tree()
    before = tree.size
    fresh = Entry.objects.filter(position__gte=before).order_by("position").values_list("digest", flat=True)
    tree.extend(bytes.fromhex(one) for one in fresh.iterator(chunk_size=CHUNK))
    if tree.size == before:
        return None
    if first:
        first(before, tree.size)
    previous = Note.read(last.note).head.digest() if last else FIRST
    head = Head(tree.size, tree.root(), clock.now(), previous)
    note = signed(head, PrivateKey.of_ledger(settings.LEDGER_KEYS[0]))
    Checkpoint.objects.create(size=tree.size, peaks=[one.hex() for one in tree.peaks], note=note.text())
    return tree.size


@transaction.atomic
def countersign(*, note: Note) -> list[str]:
    """Keep the lines of known witnesses under a checkpoint of ours; returns the names of those that are new.

    Raises `NotThere` where no checkpoint of ours says this, `Invalid` where nobody whom the settings name signed it.
    """
    ours = Checkpoint.objects.filter(size=note.head.size).first()
    if ours is None or Note.read(ours.note).head != note.head:
        raise NotThere()
    found = {line: _witness(Note(note.head, (line,))) for line in note.lines}
    vouched = {line: one for line, one in found.items() if one}
    if not vouched:
        raise Invalid("", _("Nobody whom ALONGSIDE_WITNESSES names countersigned this checkpoint."))
    made = []
    for line, (name, at) in vouched.items():
        values = {"at": at, "line": line}
        _row, fresh = Countersignature.objects.get_or_create(checkpoint=ours, witness=name, defaults=values)
        made += [name] if fresh else []
    return made


def _witness(note: Note) -> tuple[str, datetime] | None:
    """The witness who signed the one line of this note, and when; None where we know no such witness."""
    for key in map(PublicKey.read, settings.WITNESSES):
        if at := note.countersigned(key):
            return key.name, at
    return None
