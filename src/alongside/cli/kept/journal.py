"""A folder outside the database: the newest checkpoint, every leaf hash, and how consents stood after each change.

The changes are sealed, a line each, under the ledger's keys: ids, masks and times, and no words. A line that a crash
left half written was vouched for by no checkpoint, and is written again by the next one.
"""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.audit.checkpoints import Note
from alongside.cli.ledger.files import put, text_of
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _

CHECKPOINT, LEAVES, CHANGES = "kept.json", "leaves.bin", "changes.log"
PURPOSE = b"alongside journal of consents, version 1"
PRIVATE = 0o600
HASH = 32  # bytes of a leaf hash
Stands = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest checkpoint. Changes since the ledger had `begins` entries are kept; by then they were `length` bytes
    long."""

    note: Note
    begins: int
    length: int

    @property
    def size(self) -> int:
        return self.note.head.size


class Journal:
    """What is kept in one folder. `secrets` are the ledger's keys: the first seals, all of them read."""

    def __init__(self, folder: Path, secrets: Sequence[str]) -> None:
        self.folder = folder
        self._keys = MultiFernet([_key(one) for one in secrets])

    def kept(self) -> Kept | None:
        """What was kept last; None before the first time. Raises `Invalid` where the file says nothing."""
        file = self.folder / CHECKPOINT
        if not file.exists():
            return None
        try:
            said = json.loads(text_of(file))
            return Kept(Note.read(said["note"]), int(said["begins"]), int(said["length"]))
        except (ValueError, KeyError, TypeError):
            raise Invalid(str(file), _("This file should hold a checkpoint of the ledger and does not.")) from None

    def write(self, size: int, stands: Mapping[str, Stands]) -> None:
        """Add how consents stand, by registration, now that the ledger has `size` entries; on the disk before this
        returns."""
        with _whole_lines(self.folder / CHANGES) as out:
            for registration, one in stands.items():
                line = json.dumps({"size": size, "registration": registration, "stands": one}, sort_keys=True)
                out.write(self._keys.encrypt(line.encode()) + b"\n")
            out.flush()
            os.fsync(out.fileno())

    def keep(self, note: Note, begins: int, leaves: Iterable[bytes]) -> None:
        """Keep a checkpoint that the database has, and the leaf hashes from `leaves_kept` on; leaves first."""
        with _opened(self.folder / LEAVES) as out:
            out.seek(self.leaves_kept() * HASH)
            out.truncate()
            out.writelines(leaves)
            out.flush()
            os.fsync(out.fileno())
        self._put(note, begins)

    def _put(self, note: Note, begins: int) -> None:
        file = self.folder / CHANGES
        said = {"note": note.text(), "begins": begins, "length": file.stat().st_size if file.exists() else 0}
        put(self.folder / CHECKPOINT, json.dumps(said, indent=1) + "\n", PRIVATE)

    def leaves(self) -> bytes:
        file = self.folder / LEAVES
        return file.read_bytes() if file.exists() else b""

    def leaves_kept(self) -> int:
        file = self.folder / LEAVES
        return file.stat().st_size // HASH if file.exists() else 0

    def stood(self, after: int) -> tuple[dict[str, Stands], bool]:
        """How consents stood last, by registration, where they changed after the ledger had `after` entries; and
        whether that is all, or something that was kept is gone or cannot be read."""
        found: dict[str, Stands] = {}
        kept, whole = self.kept(), True
        for said in self._lines():
            if said is None:
                whole = False
            elif said["size"] > after:
                found[said["registration"]] = said["stands"]
        file = self.folder / CHANGES
        length = file.stat().st_size if file.exists() else 0
        return found, whole and kept is not None and kept.begins <= after and kept.length <= length

    def _lines(self) -> Iterator[dict[str, Any] | None]:
        file = self.folder / CHANGES
        if not file.exists():
            return
        with file.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    yield self._read(line)

    def _read(self, line: bytes) -> dict[str, Any] | None:
        try:
            said: dict[str, Any] = json.loads(self._keys.decrypt(line.strip()))
        except InvalidToken:
            return None
        return said

    def begin_again(self, shared: int, at: datetime) -> Path:
        """The ledger goes on from its first `shared` entries. What was kept of those that are lost is put aside."""
        aside = self.folder / f"lost-{at:%Y%m%dT%H%M%SZ}"
        aside.mkdir(parents=True, exist_ok=True)
        leaves = self.leaves()
        (aside / LEAVES).write_bytes(leaves)
        with _opened(self.folder / LEAVES) as out:
            out.truncate(shared * HASH)
            os.fsync(out.fileno())
        (self.folder / CHECKPOINT).replace(aside / CHECKPOINT)
        return aside


def _key(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))


def _opened(file: Path) -> Any:
    file.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE), "r+b")


def _whole_lines(file: Path) -> Any:
    """The file, to be written on behind its last whole line."""
    out = _opened(file)
    end = out.seek(0, os.SEEK_END)
    while end and _byte(out, end - 1) != b"\n":
        end -= 1
    out.seek(end)
    out.truncate()
    return out


def _byte(out: Any, at: int) -> bytes:
    out.seek(at)
    return bytes(out.read(1))
