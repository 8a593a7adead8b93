"""An invented ledger as files: entries, checkpoints at odd sizes, and what a witness kept of it."""

import hashlib
import importlib.util
import json
import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

from alongside.audit import checkpoints, rules
from alongside.audit.checkpoints import FIRST, Head, Note
from alongside.audit.keys import WITNESS, PrivateKey
from alongside.audit.rules import Tree

VERIFIER = Path(__file__).parents[2] / "verifier" / "alongside_verify.py"
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEDGER, ANOTHER = PrivateKey.of_ledger("only-for-tests"), PrivateKey.of_ledger("somebody else's")
OFFICER = PrivateKey("riverside.officer", WITNESS, b"\x07" * 32)
ACTS = ("shown", "contacts.record", "plan.agree", "measures.record")


def verifier() -> ModuleType:
    """The program, loaded from its file: it is in no package."""
    spec = importlib.util.spec_from_file_location("alongside_verify", VERIFIER)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{VERIFIER} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Ledger:
    """The lines of entries and the checkpoints over them; the witness countersigned the one at `kept`."""

    lines: Sequence[bytes]
    notes: Sequence[Note]
    kept: int

    @property
    def witnessed(self) -> int:
        """How many entries the witness vouches for."""
        return self.notes[self.kept].head.size

    def write(self, folder: Path) -> Path:
        """As `alongside ledger export` writes it."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "entries.ndjson").write_bytes(b"".join(line + b"\n" for line in self.lines))
        notes = "".join(json.dumps({"note": one.text()}) + "\n" for one in self.notes)
        (folder / "checkpoints.ndjson").write_text(notes, "utf-8")
        return folder

    def write_kept(self, folder: Path) -> Path:
        """As the witness keeps it."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        leaves = [leaf(line) for line in self.lines[: self.witnessed]]
        (folder / "leaves.bin").write_bytes(b"".join(leaves))
        head = self.notes[self.kept].head
        note = self.notes[self.kept].with_line(checkpoints.countersignature(head, OFFICER, head.at))
        (folder / "kept.json").write_text(json.dumps({"checkpoint": note.text()}), "utf-8")
        return folder


def leaf(words: bytes) -> bytes:
    """The leaf hash of a line, also of one that is no text any more."""
    return hashlib.sha256(b"\x00" + words).digest()


def line(number: int, chance: random.Random) -> bytes:
    """One entry of the size that a page's has; no two are alike."""
    mentions = [[f"{chance.getrandbits(128):032x}", 5, 3, " ".join(f"{chance.getrandbits(64):016x}" for _ in range(3))]]
    words = {
        "form": rules.FORM,
        "at": (BEGAN + timedelta(seconds=number)).isoformat(),
        "actor": f"pra_{chance.getrandbits(40):010x}",
        "role": "therapist",
        "service": "ser_1",
        "purpose": "direct_care",
        "act": chance.choice(ACTS),
        "subject": f"con_{number}",
        "detail": {"policy": "0123456789ab"},
        "mentions": mentions,
    }
    return rules.canonical(words).encode()


def signed(lines: Iterable[bytes], sizes: Sequence[int], key: PrivateKey = LEDGER) -> list[Note]:
    """Checkpoints over these lines at these sizes."""
    tree, previous, notes, due = Tree(), FIRST, [], iter(sizes)
    size = next(due, None)
    for one in lines:
        tree.add(leaf(one))
        if tree.size == size:
            head = Head(size, tree.root(), BEGAN + timedelta(seconds=size), previous)
            notes.append(checkpoints.signed(head, key))
            previous, size = head.digest(), next(due, None)
    return notes


def ledger(entries: int, chance: random.Random, *, every: int = 0) -> Ledger:
    """So many entries under checkpoints at random sizes, or one `every` so many; all but the last few are witnessed."""
    lines = [line(number, chance) for number in range(entries)]
    if every:
        sizes = list(range(every, entries, every))
    else:
        sizes = sorted(chance.sample(range(1, entries), min(12, entries - 1)))
    notes = signed(lines, sizes)
    return Ledger(lines, notes, len(notes) - 1 if every else chance.randrange(len(notes) // 2, len(notes)))
