"""Where a benchmark's database lives: seeded once, kept in `var/bench`, copied for each run so that it stays as it was.

The file's name holds a digest of the tables and of the seeder, so a change of either seeds it anew.
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
from benchmarks.environment import KEPT, ROOT
from benchmarks.seeder import Seeder


def ready(people: int, *, fresh: bool = False) -> None:
    """Point Django at a database with so many people in it; `fresh` seeds it anew whatever is kept."""
    if connection.vendor != "sqlite":
        _seed(people)
        return
    seeded = kept(people, fresh=fresh)
    run = KEPT / f"run-{people}.sqlite3"
    _forget(run)
    shutil.copyfile(seeded, run)
    _use(run)


def kept(people: int, *, fresh: bool = False) -> Path:
    """The seeded file with so many people, seeded if there is none."""
    KEPT.mkdir(parents=True, exist_ok=True)
    seeded = KEPT / f"people-{people}-{_digest()}.sqlite3"
    if fresh or not seeded.exists():
        _seed_file(people, seeded)
    return seeded


def as_it_stands(people: int) -> None:
    """As `ready`, on the seeded file itself: for what undoes all that it writes. A million are too many to copy."""
    if connection.vendor == "sqlite":
        _use(kept(people))
    else:
        _seed(people)


def _seed_file(people: int, seeded: Path) -> None:
    begun = KEPT / f"begun-{people}.sqlite3"
    _forget(begun)
    _use(begun)
    _seed(people)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for old in KEPT.glob(f"people-{people}-*"):
        old.unlink()
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
    """Of the tables and of this seeder. After a change of an action alone, `--fresh` seeds anew."""
    rooms = ROOT / "src" / "alongside"
    sources = [*rooms.glob("*/models.py"), *rooms.glob("*/migrations/0*.py")]
    own = [Path(__file__).with_name(f"{name}.py") for name in _SEEDING]
    return hashlib.sha256(b"".join(one.read_bytes() for one in [*sorted(sources), *own])).hexdigest()[:12]


_SEEDING = ("staff", "lives", "who", "template", "grants", "values", "seeder", "writing")
