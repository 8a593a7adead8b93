"""What a witness keeps of somebody else's ledger, and when they countersign: only what continues what they kept.

Pure: a witness needs no database and sees no entry, only leaf hashes, which say nothing about anybody.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.audit.checkpoints import Note, countersignature
from alongside.audit.keys import PrivateKey, PublicKey
from alongside.audit.rules import Tree
from alongside.kernel.errors import AlongsideError, Invalid
from alongside.kernel.language import later

SKEW = timedelta(minutes=5)  # that two machines' clocks may differ by


class Rewritten(AlongsideError):
    """The ledger no longer holds what it held when the witness last countersigned it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A checkpoint to be countersigned, with every leaf hash from the position `begins` on."""

    begins: int
    leaves: Sequence[bytes]
    note: Note

    @classmethod
    def read(cls, text: str) -> "Offer":
        """Raises `Invalid` where the text is no offer."""
        try:
            held = json.loads(text)
            leaves = [b64decode(one, validate=True) for one in held["leaves"]]
            return cls(int(held["begins"]), leaves, Note.read(held["checkpoint"]))
        except (ValueError, KeyError, TypeError, NotBase64):
            raise Invalid("", "This file is no offer. “alongside ledger offer” writes one.") from None

    def after(self, size: int) -> Sequence[bytes]:
        """The leaf hashes from position `size` on."""
        return self.leaves[size - self.begins :]

    def text(self) -> str:
        leaves = [b64encode(one).decode() for one in self.leaves]
        return json.dumps({"begins": self.begins, "checkpoint": self.note.text(), "leaves": leaves}, indent=0) + "\n"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a witness keeps: the ledger's public key, the tree so far, the checkpoint that they countersigned last."""

    ledger: PublicKey
    tree: Tree
    note: Note | None = None

    @classmethod
    def read(cls, text: str) -> "Kept":
        """Raises `Invalid` where the text is not what `text` wrote, or its tree is not that of its checkpoint."""
        try:
            held = json.loads(text)
            tree = Tree(int(held["size"]), [bytes.fromhex(one) for one in held["peaks"]])
            kept = cls(PublicKey.read(held["ledger"]), tree, Note.read(held["checkpoint"]))
        except (ValueError, KeyError, TypeError):
            raise Invalid("", "The file of what you kept cannot be read. Take it from your backup.") from None
        if kept.note is None or (tree.size, tree.root()) != (kept.note.head.size, kept.note.head.root):
            raise Invalid("", "The file of what you kept cannot be read. Take it from your backup.")
        return kept

    def text(self) -> str:
        peaks = [one.hex() for one in self.tree.peaks]
        note = self.note.text() if self.note else ""
        held = {"ledger": str(self.ledger), "size": self.tree.size, "peaks": peaks, "checkpoint": note}
        return json.dumps(held, indent=2) + "\n"

    def countersigned(self, offer: Offer, key: PrivateKey, now: datetime) -> "Kept":
        """What is kept after countersigning: its note carries the new line.

        Raises `Rewritten` where the offer does not continue what was kept, `Invalid` where it leaves a gap.
        """
        self._check_said(offer, now)
        tree = Tree(self.tree.size, list(self.tree.peaks)).extend(offer.after(self.tree.size))
        if (tree.size, tree.root()) != (offer.note.head.size, offer.note.head.root):
            words = later(
                "The ledger up to position {size} is not what it was when you last countersigned it. Do not "
                "countersign, keep this file and tell both services' privacy leads."
            )
            raise Rewritten(words, size=self.tree.size)
        return Kept(self.ledger, tree, offer.note.with_line(countersignature(offer.note.head, key, now)))

    def _check_said(self, offer: Offer, now: datetime) -> None:
        head = offer.note.head
        if not offer.note.is_signed_by(self.ledger):
            raise Rewritten(later("This checkpoint is not signed with the ledger's key that you know."))
        if head.size < self.tree.size:
            words = later("The ledger ends at {size}, and you have countersigned it up to {kept}: its end is gone.")
            raise Rewritten(words, size=head.size, kept=self.tree.size)
        if head.at > now + SKEW or (self.note and head.at < self.note.head.at):
            words = later("This checkpoint says {at}, which cannot be: look at both clocks.")
            raise Rewritten(words, at=head.at.isoformat())
        if offer.begins > self.tree.size:
            raise Invalid(
                "", "You have kept {kept} entries. Ask for “alongside ledger offer --from {kept}”.", kept=self.tree.size
            )
