"""Withdrawals that race with looks, at full size: `python -m tests.races.proof` on SQLite, and with
`scripts/with_postgres.py` before it on PostgreSQL. Each planted fault has to show, or a nought says nothing.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

# Not before Django is.
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

import tests.conftest
from benchmarks import machine
from tests.races import faults, made
from tests.races.doors import DOORS
from tests.races.made import Somebody
from tests.races.pairs import pair
from tests.races.racing import LOOKING, Process, processes, race

SEED = 20261123
UNLOCKED = "changes of facts wait for nobody"
RACES, PLANTED = 10_000, 600
PEOPLE, FEW = 40, 5
# An evaluation takes a hundred times as long as a page: fewer races with it.
SHARE = {"evaluation as a file": 0.02}


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.races.proof", description=__doc__)
    parser.add_argument("--part", type=float, default=1, help="less than 1 for a smaller proof")
    part = parser.parse_args().part
    setup_test_environment()
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = _name()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        print(
            f"Alongside {machine.commit()}, {connection.vendor}, {machine.python()}, seed {SEED}\n{machine.hardware()}"
        )
        print(f"{PEOPLE} people, {1 + LOOKING} processes: one withdraws, {LOOKING} look\n", flush=True)
        return 0 if _raced(RACES * part) else 1
    finally:
        connection.close()
        teardown_databases(old, verbosity=0)


def _name() -> str:
    """A file, or a database of the server, that every process can open."""
    return str(Path(tests.conftest.HOME) / "races.sqlite3") if connection.vendor == "sqlite" else "alongside_races"


def _raced(races: float) -> bool:
    people = made.people_of(PEOPLE)
    for one in people:
        one.agree_to_be_counted()
    with processes() as ready:
        return all([*_doors(ready, people, races), _pairs(ready, people, races), *_faults(ready, people[:FEW])])


def _doors(ready: Sequence[Process], people: Sequence[Somebody], races: float) -> Iterator[bool]:
    whole = len(DOORS) - len(SHARE) + sum(SHARE.values())
    for door in DOORS:
        begun = time.perf_counter()
        found = race(ready, door, people, round(races * SHARE.get(door, 1) / whole) + 1, SEED)
        passed = not found.faults and found.inside > 0 and found.after > 0
        print(
            f"{'pass' if passed else 'FAIL'}  {door:<26} {found.races:>6,} races  {found.inside:>6,} overlapped  "
            f"{found.after:>6,} after  {found.saw:>6,} saw it  {found.stale} stale  {found.late} late  "
            f"{time.perf_counter() - begun:6.1f} s",
            flush=True,
        )
        yield passed


def _pairs(ready: Sequence[Process], people: Sequence[Somebody], pairs: float) -> bool:
    begun = time.perf_counter()
    found = pair(ready, people, round(pairs), SEED)
    print(
        f"\n{'FAIL' if found.faults else 'pass'}  two at once, grants beside compile(facts): {found.pairs:,} pairs, "
        f"{found.both:,} changed twice, {len(found.faults)} differ  {time.perf_counter() - begun:.1f} s",
        flush=True,
    )
    return not found.faults


def _faults(ready: Sequence[Process], people: Sequence[Somebody]) -> Iterator[bool]:
    print()
    for name, fault in faults.FAULTS.items():
        if fault.everywhere or connection.vendor == "postgresql":
            if fault.door == faults.PAIRS:
                found, tried = (done := pair(ready, people, PLANTED, SEED, fault=name)), done.pairs
            else:
                found, tried = (done := race(ready, fault.door, people, PLANTED, SEED, fault=name)), done.races
            print(f"{'caught' if found.faults else 'MISSED'}  planted: {name} (at the {tried}th)", flush=True)
            yield bool(found.faults)


if __name__ == "__main__":
    sys.exit(main())
