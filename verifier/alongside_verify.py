"""Verifies an export of an Alongside ledger against what a witness kept, with nothing of Alongside.

    python alongside_verify.py EXPORT --kept KEPT --ledger KEY --witness KEY

EXPORT is the folder that `alongside ledger export` wrote, KEPT the folder of the witness (or a file with the checkpoint
that they countersigned last), and the keys are public ones, which you must have from their owners and not from the
export. Needs Python 3.11 and the package `cryptography`.

Exit codes: 0 sound; 1 not sound, and the first bad position is named; 2 it cannot be read.
The format is written down in docs/reference/ledger.md. Positions count from 0.
"""

import argparse
import hashlib
import json
import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HASH = 32  # bytes
LEDGER, WITNESS = 1, 4
TAIL = 60  # seconds that a ledger may run ahead of its witness


class Unsound(Exception):
    """The ledger is not what it was. `position` is the first that is bad, counted from 0."""

    def __init__(self, position: int, what: str) -> None:
        super().__init__(f"position {position}: {what}")
        self.position = position


class Unreadable(Exception):
    """What was given is no export, no kept folder or no key."""


@dataclass(frozen=True)
class Key:
    """A public key: `name+number+base64 of its kind and its 32 bytes`."""

    name: str
    kind: int
    number: bytes
    public: Ed25519PublicKey

    @classmethod
    def read(cls, text: str, kind: int) -> "Key":
        try:
            name, number, encoded = text.strip().split("+", 2)
            raw = b64decode(encoded, validate=True)
            public = Ed25519PublicKey.from_public_bytes(raw[1:])
        except ValueError:
            raise Unreadable(f"{text!r} is no public key") from None
        right = hashlib.sha256(f"{name}\n".encode() + raw).digest()[:4]
        if raw[0] != kind or number != right.hex():
            raise Unreadable(f"{text!r} is no public key of {'a ledger' if kind == LEDGER else 'a witness'}")
        return cls(name, kind, right, public)

    def fits(self, signature: bytes, words: str) -> bool:
        try:
            self.public.verify(signature, words.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """The words that were signed, what they say, and the signature lines under them."""

    words: str
    size: int
    root: bytes
    at: datetime
    previous: str
    lines: tuple[tuple[str, bytes], ...]

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        try:
            words, _, signatures = text.partition("\n\n")
            _origin, size, root, at, previous = words.split("\n")
            lines = [line.removeprefix("\u2014 ").split(" ") for line in signatures.splitlines()]
            return cls(
                f"{words}\n",
                int(size),
                b64decode(root, validate=True),
                datetime.fromisoformat(at.removeprefix("time ")),
                previous.removeprefix("previous "),
                tuple((name, b64decode(encoded, validate=True)) for name, encoded in lines),
            )
        except ValueError:
            raise Unreadable("this is no checkpoint") from None

    def digest(self) -> str:
        return hashlib.sha256(self.words.encode()).hexdigest()

    def signed(self, keys: Sequence[Key]) -> bool:
        """Whether the ledger that holds one of these keys signed it."""
        return any(key.fits(one, self.words) for key in keys for one in self._signatures(key))

    def countersigned(self, key: Key) -> datetime | None:
        """When the witness who holds this key countersigned it."""
        for one in self._signatures(key):
            when = int.from_bytes(one[:8])
            if key.fits(one[8:], f"cosignature/v1\ntime {when}\n{self.words}"):
                return datetime.fromtimestamp(when, UTC)
        return None

    def _signatures(self, key: Key) -> list[bytes]:
        return [blob[4:] for name, blob in self.lines if name == key.name and blob[:4] == key.number]


class Tree:
    """A Merkle tree (RFC 6962) that only grows: the roots of its whole parts, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        whole, peaks = self.size, self.peaks
        while whole & 1:
            leaf = hashlib.sha256(b"\x01" + peaks.pop() + leaf).digest()
            whole >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        found = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            found = hashlib.sha256(b"\x01" + peak + found).digest()
        return found


@dataclass(frozen=True)
class Kept:
    """What the witness kept: their last checkpoint, and every leaf hash up to it where they kept those too."""

    checkpoint: Checkpoint
    leaves: bytes

    @classmethod
    def read(cls, place: Path) -> "Kept":
        if not place.is_dir():
            return cls(Checkpoint.read(_text(place)), b"")
        try:
            checkpoint = Checkpoint.read(json.loads(_text(place / "kept.json"))["checkpoint"])
        except (ValueError, KeyError, TypeError):
            raise Unreadable(f"{place / 'kept.json'} is not what a witness keeps") from None
        leaves = (place / "leaves.bin").read_bytes() if (place / "leaves.bin").exists() else b""
        leaves = leaves[: checkpoint.size * HASH]
        tree = Tree()
        for start in range(0, len(leaves), HASH):
            tree.add(leaves[start : start + HASH])
        if leaves and (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
            raise Unreadable("the leaf hashes of the witness do not give their own checkpoint: take them from a backup")
        return cls(checkpoint, leaves)


@dataclass(frozen=True)
class Sound:
    """What was verified, and what nobody vouches for."""

    entries: int
    checkpoints: int
    witnessed: int
    at: datetime  # when the witness countersigned
    tail: float  # seconds from what the witnessed checkpoint says to the newest entry

    def __str__(self) -> str:
        rest = self.entries - self.witnessed
        late = f" That is more than {TAIL} s: the witness is late." if self.tail > TAIL else ""
        return (
            f"Sound: {self.entries:,} entries under {self.checkpoints:,} checkpoints.\n"
            f"Countersigned at {self.at.isoformat()}: the first {self.witnessed:,} entries.\n"
            f"Not witnessed: the last {rest:,} entries, over {self.tail:.0f} s.{late}"
        )


def verify(export: Path, kept: Kept, ledger: Sequence[Key], witness: Key) -> Sound:
    """Raises `Unsound` at the first bad position, `Unreadable` where something is not what it should be."""
    at = kept.checkpoint.countersigned(witness)
    if at is None or not kept.checkpoint.signed(ledger):
        raise Unreadable("the kept checkpoint is not signed with the keys that were given")
    checkpoints, broken = _chain(export / "checkpoints.ndjson", ledger)
    try:
        size, newest = _entries(export / "entries.ndjson", checkpoints, kept)
    except Unsound as altered:
        raise min(altered, broken or altered, key=lambda one: one.position) from None
    if broken:
        raise broken
    if kept.checkpoint.words not in {one.words for one in checkpoints}:
        raise Unsound(kept.checkpoint.size - 1, "the checkpoint that the witness kept is not in the export")
    tail = _seconds(kept.checkpoint.at, newest, size - 1) if size > kept.checkpoint.size else 0.0
    return Sound(size, len(checkpoints), kept.checkpoint.size, at, tail)


def _chain(file: Path, ledger: Sequence[Key]) -> tuple[list[Checkpoint], Unsound | None]:
    """The checkpoints up to the first that is not the ledger's or does not follow, and what is wrong with that one."""
    found: list[Checkpoint] = []
    for number, line in enumerate(_text(file).splitlines()):
        covered = found[-1].size if found else 0
        try:
            one = Checkpoint.read(json.loads(line)["note"])
        except (Unreadable, ValueError, KeyError, TypeError):
            return found, Unsound(covered, f"checkpoint {number} cannot be read")
        if not one.signed(ledger):
            return found, Unsound(covered, f"checkpoint {number} is not signed with the ledger's key")
        if one.previous != (found[-1].digest() if found else "none") or one.size <= covered:
            return found, Unsound(covered, f"checkpoint {number} does not follow the one before it")
        found.append(one)
    return found, None


def _entries(file: Path, checkpoints: list[Checkpoint], kept: Kept) -> tuple[int, bytes]:
    """Every entry against the witness's leaf hashes and the checkpoints: how many there are, and the newest."""
    tree, leaves, line = Tree(), kept.leaves, b""
    due = iter(_due(checkpoints, kept))
    end, root, whose = next(due, (0, b"", ""))
    fits = 0  # every entry below this position is under a checkpoint that fits
    with _opened(file) as lines:
        for line in lines:
            leaf = hashlib.sha256(b"\x00" + line.removesuffix(b"\n")).digest()
            place = tree.size
            if leaves and place < kept.checkpoint.size and leaf != leaves[place * HASH : place * HASH + HASH]:
                raise Unsound(place, "this is not the entry that the witness kept")
            tree.add(leaf)
            while tree.size == end:
                if tree.root() != root:
                    raise Unsound(fits, f"some entry from here to position {end - 1} does not fit {whose}")
                fits = end
                end, root, whose = next(due, (0, b"", ""))
    if end:
        raise Unsound(tree.size, f"the ledger ends here, and {whose} covers {end} entries")
    return tree.size, line


def _due(checkpoints: list[Checkpoint], kept: Kept) -> Iterator[tuple[int, bytes, str]]:
    """At which size the tree must have which root, in order, and who says so."""
    said = [(one.size, one.root, f"checkpoint {number}") for number, one in enumerate(checkpoints)]
    said.append((kept.checkpoint.size, kept.checkpoint.root, "the checkpoint that the witness kept"))
    yield from sorted(said, key=lambda one: one[0])


def _seconds(since: datetime, line: bytes, position: int) -> float:
    """From an instant to when the entry of this line was written."""
    try:
        return max(0.0, (datetime.fromisoformat(json.loads(line)["at"]) - since).total_seconds())
    except (ValueError, KeyError, TypeError):
        raise Unsound(position, "this is no entry") from None


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as problem:
        raise Unreadable(f"{file}: {problem.strerror}") from None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(f"{file}: {problem}") from None


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify an export of an Alongside ledger.")
    parser.add_argument("export", type=Path, help="the folder that “alongside ledger export” wrote")
    parser.add_argument("--kept", type=Path, required=True, help="what the witness kept: their folder, or a checkpoint")
    parser.add_argument(
        "--ledger", required=True, action="append", help="the ledger's public key; again for earlier ones"
    )
    parser.add_argument("--witness", required=True, help="the witness's public key")
    given = parser.parse_args(words)
    try:
        ledger, witness = [Key.read(one, LEDGER) for one in given.ledger], Key.read(given.witness, WITNESS)
        print(verify(given.export, Kept.read(given.kept), ledger, witness))
    except Unsound as found:
        print(f"NOT SOUND at {found}.")
        return 1
    except Unreadable as problem:
        print(f"Cannot verify: {problem}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
