"""Words in every field, looked for in every answer to everybody: `python -m tests.canaries.proof` on SQLite, and with
`scripts/with_postgres.py` before it on PostgreSQL, where the second wall stands."""

import argparse
import sys
import time

# Not before Django is.
from django.db import connection, transaction
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

import tests.conftest  # noqa: F401 - sets Django up, as for every test
from benchmarks import machine
from tests.canaries import faults, made
from tests.canaries.looking import Judge, readers
from tests.canaries.walking import Found, walked

COUNTS = (faults.LEAKED, faults.UNAUDITED, faults.OVER_AUDITED, faults.SPILLED)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.canaries.proof", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="more than 1 for a smaller proof")
    every = parser.parse_args().every
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        print(
            f"Alongside {machine.commit()}, {connection.vendor}, {machine.python()}\n{machine.hardware()}\n", flush=True
        )
        return 0 if all([_walk(every), *_faults()]) else 1
    finally:
        connection.close()
        teardown_databases(old, verbosity=0)


def _in_a_world(every: int, *only: str, fault: str = "") -> tuple[Found, int]:
    with transaction.atomic():
        world = made.Canaries()
        people = readers(world)
        judge = Judge(made.words())
        if fault:
            with faults.FAULTS[fault][1]():
                found = walked(world, judge, every, only)
        else:
            found = walked(world, judge, every, only)
        transaction.set_rollback(True)
    return found, len(people)


def _walk(every: int) -> bool:
    begun = time.perf_counter()
    found, people = _in_a_world(every)
    looked = found.looked
    print(f"{looked.requests:,} requests by {people} readers, {looked.pages:,} pages, {looked.words:,} words seen")
    for name in COUNTS:
        wrong = getattr(found, name)
        print(f"{'FAIL' if wrong else 'pass'}  {name.replace('_', '-'):<14} {len(wrong)}", *wrong[:10], sep="\n      ")
    print(f"{time.perf_counter() - begun:.0f} s\n", flush=True)
    return not found.faults


def _faults():
    for name, (count, _planted) in faults.FAULTS.items():
        found, _people = _in_a_world(7, "keyworker", "therapist", fault=name)
        caught = getattr(found, count)
        print(f"{'caught' if caught else 'MISSED'}  planted: {name} ({len(caught)} {count})", flush=True)
        yield bool(caught)


if __name__ == "__main__":
    sys.exit(main())
