"""Where a benchmark's database lives: seeded once, kept in `var/bench`, copied for each run so that it stays as it was.

The file's name holds a digest of everything that decides its rows, so a change of a table or an action seeds it anew.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from alongside.kernel import clock
from benchmarks import staff
from benchmarks.seeder import Seeder

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "var" / "bench"
_ABOVE = {"web", "cli", "config", "evaluation", "caseload"}  # they write nothing that is seeded


def ready(people: int) -> None:
    """Point Django at a database with so many people in it."""
    if connection.vendor != "sqlite":
        _seed(people)
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    seeded = KEPT / f"people-{people}-{_digest()}.sqlite3"
    if not seeded.exists():
        _seed_file(people, seeded)
    run = KEPT / f"run-{people}.sqlite3"
    _forget(run)
    shutil.copyfile(seeded, run)
    _use(run)


def _seed_file(people: int, seeded: Path) -> None:
    for old in KEPT.glob(f"people-{people}-*"):
        old.unlink()
    begun = KEPT / f"begun-{people}.sqlite3"
    _forget(begun)
    _use(begun)
    _seed(people)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    begun.rename(seeded)


def _seed(people: int) -> None:
    call_command("migrate", verbosity=0)
    world = staff.set_up(people)
    with clock.at(staff.NOW):
        Seeder(world).write(range(people), lambda done: _say(f"{done:,} of {people:,} people written"))
    _say("\n")


def _say(text: str) -> None:
    sys.stderr.write(f"\r{text}")
    sys.stderr.flush()


def _use(path: Path) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(path)


def _forget(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _digest() -> str:
    """Of the rooms that write, their definitions and this seeder."""
    rooms = sorted((ROOT / "src" / "alongside").rglob("*"))
    sources = [one for one in rooms if one.suffix in {".py", ".toml"} and one.relative_to(ROOT).parts[2] not in _ABOVE]
    own = [Path(__file__).with_name(f"{name}.py") for name in _SEEDING]
    return hashlib.sha256(b"".join(one.read_bytes() for one in [*sources, *own])).hexdigest()[:12]


_SEEDING = ("staff", "lives", "who", "template", "grants", "values", "seeder", "writing")
