"""Where a demonstration lives: its own directory, key and databases, apart from every real record."""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from alongside.kernel.errors import Invalid

_NAME = re.compile(r"partnership-(\d{4}-\d\d-\d\d)-(\d+)-(\d+)(?:-([0-9a-f]{8}))?\.sqlite3")
ROOMS = Path(__file__).parents[2]
BESIDE = ("", "-wal", "-shm", "-journal")  # a SQLite database and what it may keep beside it


@dataclass(frozen=True, slots=True)
class Seeded:
    """Which partnership a database holds: of which day, how many people, from which seed."""

    day: date
    people: int
    seed: int

    @property
    def name(self) -> str:
        return f"partnership-{self.day.isoformat()}-{self.people}-{self.seed}-{tables()}.sqlite3"


@cache
def tables() -> str:
    """Which tables this version has, in short: a partnership of other tables is made afresh, never served."""
    steps = sorted(f"{file.parts[-3]} {file.stem}" for file in ROOMS.glob("*/migrations/0*.py"))
    return sha256("\n".join(steps).encode()).hexdigest()[:8]


class Home:
    """The directory of a demonstration."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        if self.directory.exists() and not self.directory.is_dir():
            raise Invalid(
                "--home", "{directory} is not a directory. Name one, or one that can be made.", directory=directory
            )
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Invalid(
                "--home", "{directory} cannot be made: {why}.", directory=directory, why=problem.strerror
            ) from None

    def file(self, seeded: Seeded) -> Path:
        return self.directory / seeded.name

    def unfinished(self, seeded: Seeded) -> Path:
        """Where it is made: it takes its own name only when it is whole, so that half of one is never served."""
        return self.directory / f"unfinished-{os.getpid()}.sqlite3"

    def found(self, wanted: Seeded) -> Seeded | None:
        """A whole database with as many people from the same seed, whatever its day; the newest."""
        same = [one for one in self._kept() if (one.people, one.seed) == (wanted.people, wanted.seed)]
        return max(same, key=lambda one: one.day, default=None)

    def newest(self) -> Seeded | None:
        """The whole database of the latest day, of however many people."""
        return max(self._kept(), key=lambda one: one.day, default=None)

    def _kept(self) -> list[Seeded]:
        matches = [_NAME.fullmatch(file.name) for file in self.directory.iterdir()]
        return [Seeded(date.fromisoformat(m[1]), int(m[2]), int(m[3])) for m in matches if m and m[4] == tables()]

    def keep_only(self, seeded: Seeded) -> None:
        """Remove every other partnership, and what an interrupted start left behind."""
        for file in self.directory.glob("*.sqlite3"):
            if file.name != seeded.name and (_NAME.fullmatch(file.name) or file.name.startswith("unfinished-")):
                remove(file)

    def settings(self, database: Path) -> dict[str, str]:
        """The environment that makes Alongside serve this demonstration and nothing else."""
        return {
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "ALONGSIDE_DEMONSTRATION": "yes",
            "ALONGSIDE_HOME": str(self.directory),
            "ALONGSIDE_DATABASE": f"sqlite://{database}",
            "ALONGSIDE_SECRET_KEY": self._key(),
            "ALONGSIDE_HTTPS": "no",
        }

    def _key(self) -> str:
        """A secret key of this home's own, made once and readable by its owner alone."""
        file = self.directory / "secret-key"
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(48))
        return file.read_text().strip()


def remove(database: Path) -> None:
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)
