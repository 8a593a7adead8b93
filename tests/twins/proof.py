"""The endpoint matrix and the twin worlds at full size: `python -m tests.twins.proof`.

It prints how many cells, swaps and pairs of answers there were, and how many told something that they should not.
"""

import argparse
import logging
import sys
import time
from collections.abc import Callable, Iterator

from django.db import transaction
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

import tests.conftest  # noqa: F401 - sets Django up, as for every test
from benchmarks import machine
from tests.twins import leaks, lived, matrix, pairs, swapping

SEED = 20_260_306
PAIRS = 50_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.twins.proof", description=__doc__)
    parser.add_argument("--part", type=float, default=1, help="less than 1 for a smaller proof")
    part = parser.parse_args().part
    print(f"Alongside {machine.commit()}, {machine.python()}, seed {SEED}\n{machine.hardware()}\n", flush=True)
    logging.disable(logging.CRITICAL)  # what is refused is said in the answer
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        passed = [_rolled_back(lambda: _matrix(part)), _rolled_back(lambda: _swaps(part)), _twins(part), *_faults()]
    finally:
        teardown_databases(old, verbosity=0)
    return 0 if all(passed) else 1


def _rolled_back(check: Callable[[], bool]) -> bool:
    with transaction.atomic():
        passed = check()
        transaction.set_rollback(True)
    return passed


def _matrix(part: float) -> bool:
    begun, table = time.perf_counter(), matrix.Table(lived.world())
    for number, cell in enumerate(matrix.cells()):
        if number % round(1 / part) == 0:
            table.check(cell)
    return _tell("cells of the endpoint matrix", table.asked, table.wrong, begun)


def _swaps(part: float) -> bool:
    begun, found = time.perf_counter(), swapping.Swapped(matrix.Table(lived.world()))
    for number, swap in enumerate(swapping.swaps(found.table)):
        if number % round(1 / part) == 0:
            found.check(swap)
    return _tell("ids swapped in address, query, form and header", found.asked, found.wrong, begun)


def _twins(part: float) -> bool:
    begun, found = time.perf_counter(), pairs.Compared(every=4)
    while found.asked < PAIRS * part:
        found.world(SEED + found.worlds)
    passed = _tell(f"pairs of answers in {found.worlds} pairs of worlds", found.asked, found.wrong, begun)
    for name, times in sorted(found.hidden.items()):
        print(f"      hidden: {name:<50} {times:>6} times")
    return passed


def _tell(what: str, asked: int, wrong: list[str], begun: float) -> bool:
    seconds = time.perf_counter() - begun
    print(f"{'FAIL' if wrong else 'pass'}  {what:<50} {asked:>8,} {len(wrong):>4} differ {seconds:>8.1f} s", flush=True)
    for one in wrong[:20]:
        print(f"      {one}")
    return not wrong


def _faults() -> Iterator[bool]:
    print()
    for name, leak in leaks.LEAKS.items():
        caught = pairs.finds(leak, SEED)
        print(f"{'caught' if caught else 'MISSED'}  planted: {name}", flush=True)
        yield caught


if __name__ == "__main__":
    sys.exit(main())
