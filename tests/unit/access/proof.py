"""The laws of access at full size: `python -m tests.unit.access.proof` prints how often each was tried and broken.

Of each it prints in how many cases it could have been broken, and which planted faults broke it.
"""

import argparse
import sys
import time
from collections.abc import Iterator

import tests.conftest  # noqa: F401 - sets Django up, as for every test
from benchmarks import machine
from tests.unit.access import planted
from tests.unit.access.cases import compiled, decided, seeded
from tests.unit.access.laws import LAWS

TRIED = 30_000  # cases of each law, decided and compiled
FOR_A_FAULT = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.unit.access.proof", description=__doc__)
    parser.add_argument("--part", type=float, default=1, help="less than 1 for a smaller proof")
    part = parser.parse_args().part
    print(f"Alongside {machine.commit()}, {machine.python()}, cases 0 to {int(TRIED * part):,}")
    print(f"{machine.hardware()}\n", flush=True)
    passed = [_law(name, int(TRIED * part)) for name in LAWS]
    print()
    return 0 if all([*passed, *_faults()]) else 1


def _law(name: str, tried: int) -> bool:
    begun, told, broken = time.perf_counter(), 0, 0
    for number in range(tried):
        said = LAWS[name](seeded(number), decided)
        told += said.told
        broken += (not said.held) + (not LAWS[name](seeded(number), compiled).held)
    print(
        f"{'FAIL' if broken or not told else 'pass'}  {name:<44} {tried:>9,} cases  {told:>7,} of them tell"
        f"  {broken} broken  {time.perf_counter() - begun:6.1f} s",
        flush=True,
    )
    return bool(told) and not broken


def _faults() -> Iterator[bool]:
    told = [(law, name, plant, decided) for law, named in planted.FAULTS.items() for name, plant in named.items()]
    told += [(law, "in what facts compile to", plant, compiled) for law, plant in planted.COMPILED.items()]
    for law, name, plant, see in told:
        with plant():
            caught = any(not LAWS[law](seeded(number), see).held for number in range(FOR_A_FAULT))
        print(f"{'caught' if caught else 'MISSED'}  planted: {law}: {name}", flush=True)
        yield caught


if __name__ == "__main__":
    sys.exit(main())
