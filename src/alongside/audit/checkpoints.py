"""A checkpoint: how long the ledger is, its root and when, as a signed note that a witness countersigns.

The text is that of transparency logs (C2SP: tlog-checkpoint, signed-note, tlog-cosignature), with the time and the
checkpoint before as two more lines. Pure: a witness needs no database.
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from alongside.audit.keys import ORIGIN, PrivateKey, PublicKey
from alongside.kernel.errors import Invalid

FIRST = "none"  # what stands for the checkpoint before where there was none
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says. `previous` is the digest of the words of the checkpoint before."""

    size: int
    root: bytes
    at: datetime
    previous: str = FIRST

    def words(self) -> str:
        """The lines that are signed."""
        root = b64encode(self.root).decode()
        return f"{ORIGIN}\n{self.size}\n{root}\ntime {self.at.isoformat()}\nprevious {self.previous}\n"

    def digest(self) -> str:
        """What the next checkpoint calls this one."""
        return hashlib.sha256(self.words().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signature lines."""

    head: Head
    lines: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Note":
        """Raises `Invalid` where the text is not a checkpoint, word for word."""
        try:
            head, lines = _head(text), tuple(text.partition("\n\n")[2].splitlines())
            whole = cls(head, lines).text() == text and bool(lines) and all(map(_parts, lines))
        except (ValueError, NotBase64):
            whole = False
        if not whole:
            raise Invalid("", "This is not a checkpoint of a ledger.")
        return cls(head, lines)

    def text(self) -> str:
        return f"{self.head.words()}\n" + "".join(f"{line}\n" for line in self.lines)

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the ledger that holds this key signed it."""
        return any(len(one) == 64 and key.fits(one, self.head.words()) for one in self._of(key))

    def countersigned(self, key: PublicKey) -> datetime | None:
        """When the witness who holds this key countersigned it; None where they did not."""
        for one in self._of(key):
            when = int.from_bytes(one[:8])
            if len(one) == 72 and key.fits(one[8:], _witnessed(self.head, when)):
                return datetime.fromtimestamp(when, UTC)
        return None

    def _of(self, key: PublicKey) -> Iterable[bytes]:
        named = (_parts(line) for line in self.lines)
        return [blob[4:] for name, blob in named if name == key.name and blob[:4] == key.number()]

    def with_line(self, line: str) -> "Note":
        return Note(self.head, (*self.lines, line))


def signed(head: Head, key: PrivateKey) -> Note:
    """The checkpoint as the ledger signs it."""
    return Note(head, (_line(key, key.sign(head.words())),))


def countersignature(head: Head, key: PrivateKey, at: datetime) -> str:
    """The line that a witness adds to a checkpoint that fits everything they have kept."""
    when = int(at.timestamp())
    return _line(key, when.to_bytes(8) + key.sign(_witnessed(head, when)))


def _witnessed(head: Head, when: int) -> str:
    return f"cosignature/v1\ntime {when}\n{head.words()}"


def _line(key: PrivateKey, blob: bytes) -> str:
    return f"{_DASH}{key.name} {b64encode(key.public().number() + blob).decode()}"


def _parts(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    return name, b64decode(encoded, validate=True)


def _head(text: str) -> Head:
    _origin, size, root, at, previous = text.partition("\n\n")[0].split("\n")
    when = datetime.fromisoformat(at.removeprefix("time "))
    return Head(int(size), b64decode(root, validate=True), when, previous.removeprefix("previous "))
