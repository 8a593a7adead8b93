"""Every planted leak, in a copy of the tree: `python scripts/with_postgres.py python -m tests.planted.proof`.

The tests that the leaks name pass without them; with each one its own have to fail. Without PostgreSQL what only that
database can tell is left out, and said.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import machine
from tests.planted.planting import FAILED, PASSED, Leak, copy, leaks, outcome_of, planted


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.planted.proof", description=__doc__)
    parser.add_argument("--only", default="", help="leaks whose name has these words")
    only = parser.parse_args().only
    server = os.environ.get("ALONGSIDE_DATABASE", "")
    chosen = [one for one in leaks() if only in one.name]
    print(f"Alongside {machine.commit()}, {machine.python()}, {len(chosen)} leaks\n{machine.hardware()}\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        tree = copy(Path(folder))
        return 0 if all([*_without(chosen, tree, server), *_with(chosen, tree, server)]) else 1


def _without(chosen: list[Leak], tree: Path, server: str) -> Iterator[bool]:
    """A test that fails anyway would catch anything."""
    for database in ("", server) if server else ("",):
        kind = "postgresql" if database else ""
        named = sorted({test for one in chosen if one.on == kind for test in one.tests})
        if named:
            code, said = outcome_of(named, tree, database)
            _tell(code == PASSED, f"without a leak, on {kind or 'SQLite'}", said)
            yield code == PASSED


def _with(chosen: list[Leak], tree: Path, server: str) -> Iterator[bool]:
    for one in chosen:
        if one.on and not server:
            print(f"left   {one.name}: only {one.on} can tell")
            continue
        begun = time.perf_counter()
        with planted(one, tree):
            code, said = outcome_of(one.tests, tree, server if one.on else "")
        took = f"({time.perf_counter() - begun:.0f} s)"
        # Neither right nor wrong: the tests did not run to their end, which catches nothing.
        _tell(code == FAILED, f"{one.name} {took}", said, good="caught", bad="MISSED" if code == PASSED else "BROKE")
        yield code == FAILED


def _tell(right: bool, what: str, said: str, good: str = "pass", bad: str = "FAIL") -> None:
    print(f"{good if right else bad:<6} {what}", flush=True)
    if not right:
        print(said, flush=True)


if __name__ == "__main__":
    sys.exit(main())
