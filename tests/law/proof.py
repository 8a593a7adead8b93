"""The law of access at full size: `python -m tests.law.proof` prints what it compared and how often it differed.

Every comparison carries planted faults, and prints how many of them it caught: a nought without one is no result.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import tests.conftest  # noqa: F401 - sets Django up, as for every test
from alongside.access.rules import Facts, Question, decide
from benchmarks import machine
from tests.law import named, planted, small
from tests.law.anew import in_a_database_of_its_own
from tests.law.comparing import SEED, Found, by_cedar, by_compiler, by_small_world, drawn
from tests.law.decisive import decisive

FAST = 50_000  # decisions a second
PURE, DEAR = 4_000, 1_700  # worlds of about 630 decisions each: for what costs little, and for the others


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.law.proof", description=__doc__)
    parser.add_argument("--part", type=float, default=1, help="less than 1 for a smaller proof")
    part = parser.parse_args().part
    print(f"Alongside {machine.commit()}, {machine.python()}, seed {SEED}\n{machine.hardware()}\n", flush=True)
    pure, dear = int(PURE * part), int(DEAR * part)
    passed = [
        _line("decide beside what it compiles to", drawn(pure), by_compiler),
        _line("decide beside what it compiles to, small worlds", _some(round(1 / part)), by_small_world),
        _line("decide beside Cedar", drawn(dear), by_cedar),
        _in_database(dear),
        _kinds(pure, 10_000 * part),
        _speed(),
        *_faults(),
    ]
    _hard_cases()
    return 0 if all(passed) else 1


def _some(every: int) -> Iterator[Facts]:
    return (facts for number, facts in enumerate(small.worlds()) if number % every == 0)


def _line(what: str, of: Iterable, compare: Callable[..., Found]) -> bool:
    begun = time.perf_counter()
    found = sum(map(compare, of), Found())
    _print(what, found, time.perf_counter() - begun)
    return not found.differing


def _print(what: str, found: Found, seconds: float) -> None:
    state = "FAIL" if found.differing else "pass"
    share = found.permits / found.decisions
    print(
        f"{state}  {what:<60} {found.decisions:>10,} decisions  {share:>4.0%} permits"
        f"  {found.differing} differ  {seconds:6.1f} s",
        flush=True,
    )


def _in_database(count: int) -> bool:
    begun = time.perf_counter()
    found = in_a_database_of_its_own(drawn(count))
    _print("decide beside the predicate in the database", found, time.perf_counter() - begun)
    return not found.differing


def _kinds(count: int, least: float) -> bool:
    """For each kind of fact, in how many decisions it made the difference."""
    counted: Counter[str] = Counter()
    for world in drawn(count):
        counted.update(decisive(world))
    print()
    for kind, number in sorted(counted.items()):
        print(f"{'pass' if number >= least else 'FAIL'}  made the difference: {kind:<45} {number:>8,} decisions")
    return min(counted.values()) >= least


def _speed() -> bool:
    """How many decisions a second `decide` makes, in plain Python and one after the other; the best of three turns."""
    asked = [(row.facts, one) for world in drawn(50) for row, _, one in world.questions()]
    best = min(_seconds(asked) for _ in range(3))
    found = int(len(asked) / best)
    print(f"\n{'pass' if found >= FAST else 'FAIL'}  decide: {found:,} decisions a second, at least {FAST:,}")
    return found >= FAST


def _seconds(asked: Sequence[tuple[Facts, Question]]) -> float:
    begun = time.process_time()
    for facts, one in asked:
        decide(facts, one)
    return time.process_time() - begun


def _faults() -> Iterator[bool]:
    print()
    for fault in planted.FAULTS:
        caught = planted.is_caught(fault)
        print(f"{'caught' if caught else 'MISSED'}  planted: {fault.name}", flush=True)
        yield caught


def _hard_cases() -> None:
    print(f"\n{len(named.CASES)} hard cases and the tests that hold them; {len(named.OPEN)} are open")
    for case, test in named.CASES.items():
        print(f"      {case}: {test}")
    for case, why in named.OPEN.items():
        print(f"open  {case}: {why}")


if __name__ == "__main__":
    sys.exit(main())
