"""Leaks that a developer could write: each is put into a copy of the tree, where the tests it names have to fail.

A leak is a file, the words that stand in it once, and the words that leak. Where somebody rewrote that place, it does
not apply any more and says so: then the leak is written anew for what stands there now.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEAKS = Path(__file__).parent / "leaks"
COPIED = ("src", "tests", "benchmarks", "scripts", "docs", "examples", "verifier")
FILES = ("pyproject.toml", "README.md", "GLOSSARY.md", "Makefile")
PASSED, FAILED = 0, 1


class DoesNotApply(Exception):
    """The words of a leak do not stand in their file once."""


@dataclass(frozen=True, slots=True)
class Leak:
    """`on` names the one database on which it can be seen; empty where any will do."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    on: str = ""

    def into(self, text: str) -> str:
        """The file's text with the leak in it."""
        if text.count(self.old) != 1:
            raise DoesNotApply(f"{self.name}: {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)


def leaks() -> list[Leak]:
    told = [one for file in sorted(LEAKS.glob("*.toml")) for one in tomllib.loads(file.read_text("utf-8"))["leak"]]
    return [Leak(**(one | {"tests": tuple(one["tests"])})) for one in told]


def copy(folder: Path) -> Path:
    """The tree as it stands here, to be altered."""
    tree = folder / "tree"
    for name in COPIED:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".mypy_cache"))
    for name in FILES:
        shutil.copy(ROOT / name, tree / name)
    return tree


@contextmanager
def planted(leak: Leak, tree: Path) -> Iterator[None]:
    file = tree / "src/alongside" / leak.file
    before = file.read_text("utf-8")
    file.write_text(leak.into(before), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def outcome_of(tests: Sequence[str], tree: Path, database: str = "") -> tuple[int, str]:
    """pytest's exit code in this tree, and the last of what it said. `database`: an address; SQLite where empty."""
    program = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(program, cwd=tree, env=_environment(tree, database), capture_output=True, text=True)  # noqa: S603
    return done.returncode, "\n".join(done.stdout.splitlines()[-6:])


def _environment(tree: Path, database: str) -> Mapping[str, str]:
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_", "PYTEST"))
    }
    paths = {"PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}", "PYTHONDONTWRITEBYTECODE": "1"}
    return ours | paths | ({"ALONGSIDE_DATABASE": database} if database else {})
