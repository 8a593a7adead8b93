"""`make proof`: random alterations of ledgers that a witness keeps, and how long a million entries take."""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import machine
from tests.ledger import finding
from tests.ledger.made import LEDGER, OFFICER, VERIFIER, ledger, verifier

SEED = 20260307
TIMES = 10_000
ROWS, BAR = 1_000_000, 15  # entries, and the seconds that they may take
EVERY = 500  # entries under a checkpoint of the million


def main() -> int:
    print(f"Alongside {machine.commit()}, {machine.python()}, seed {SEED}\n{machine.hardware()}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        return int(_alterations(Path(folder)) + _million(Path(folder)) > 0)


def _alterations(folder: Path) -> int:
    begun = time.perf_counter()
    found = finding.alter(TIMES, SEED, folder, verifier())
    for kind, times in found.tried.items():
        missed = sum(f" {kind}: " in one for one in found.missed)
        _tell(not missed, kind.replace("_", " "), f"{times:>9,} tried {missed:>4} missed")
    for one in found.missed[:10]:
        print(f"      {one}")
    seconds = time.perf_counter() - begun
    _tell(not found.missed, "all, each at its first bad position", f"{found.tried.total():>9,} tried", seconds)
    return len(found.missed)


def _million(folder: Path) -> int:
    """As somebody runs it, the program's own start included; the last entry but a few is then altered."""
    whole = ledger(ROWS, random.Random(SEED), every=EVERY)
    kept = whole.write_kept(folder / "kept")
    export = whole.write(folder / "export")
    code, seconds = _verified(export, kept)
    _tell(code == 0 and seconds < BAR, f"entries verified, {len(whole.notes):,} checkpoints", f"{ROWS:>9,}", seconds)
    file = export / "entries.ndjson"
    file.write_bytes(file.read_bytes().replace(whole.lines[whole.witnessed - 1], b"{}"))
    altered, late = _verified(export, kept)
    _tell(altered == 1, "the last witnessed one of them altered", f"{whole.witnessed - 1:>9,}", late)
    return (code != 0 or seconds >= BAR) + (altered != 1)


def _verified(export: Path, kept: Path) -> tuple[int, float]:
    keys = ["--ledger", str(LEDGER.public()), "--witness", str(OFFICER.public())]
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", str(VERIFIER), str(export), "--kept", str(kept), *keys], capture_output=True, check=False
    )
    return done.returncode, time.perf_counter() - begun


def _tell(right: bool, name: str, said: str, seconds: float | None = None) -> None:
    took = f" {seconds:>6.1f} s" if seconds is not None else ""
    print(f"{'pass' if right else 'FAIL'}  {name:<48} {said}{took}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
