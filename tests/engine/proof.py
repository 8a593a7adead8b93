"""`make proof`: both scorers on every set of answers there is; prints what was scored and how much of it wrongly."""

import random
import sys
import time
from collections.abc import Iterator

import ibis
import pyarrow as pa

from alongside.definitions.instruments import instrument, instruments
from alongside.measures import columns
from benchmarks import machine
from tests.engine import boundaries, patterns
from tests.engine import test_scoring_columns as generated

SEED = 20260306
ROWS = 2_000  # generated responses of each instrument, half of them with gaps and codes that are no answers
SCORERS = {"columns": patterns.by_columns, "rules": patterns.by_rules}


def main() -> int:
    print(f"Alongside {machine.commit()}, {machine.python()}, seed {SEED}\n{machine.hardware()}\n", flush=True)
    failed = 0
    for name, size, faults, seconds in _timed(_everything()):
        failed += faults
        print(
            f"{'FAIL' if faults else 'pass'}  {name:<58} {size:>9,} scored {faults:>4} wrong {seconds:>6.1f} s",
            flush=True,
        )
    return 1 if failed else 0


def _timed(results: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int, float]]:
    begun = time.perf_counter()
    for name, size, faults in results:
        yield name, size, faults, time.perf_counter() - begun
        begun = time.perf_counter()


def _everything() -> Iterator[tuple[str, int, int]]:
    for key in patterns.EDGES:
        for name, scorer in SCORERS.items():
            yield f"every set of {instrument(key).name} answers, {name}", *patterns.checked(key, scorer)
    for name, scorer in (("columns", boundaries.by_columns), ("rules", boundaries.by_rules)):
        yield f"both sides of every edge, {len(boundaries.added_up())} instruments, {name}", *_edges(scorer)
    yield "generated responses with gaps and odd answers, one as the other", *_generated()


def _edges(scorer) -> tuple[int, int]:
    asked = [(measure, list(boundaries.edges(measure))) for measure in boundaries.added_up()]
    faults = 0
    for measure, edges in asked:
        right = [(edge.total, edge.band) for edge in edges]
        faults += sum(one != other for one, other in zip(scorer(measure, edges), right, strict=True))
    return sum(len(edges) for _, edges in asked), faults


def _generated() -> tuple[int, int]:
    chance, size, faults = random.Random(SEED), 0, 0
    for measure in instruments():
        if measure.by_items:
            rows = [generated._row(chance, measure, *generated.KINDS[pa.string()]) for _ in range(ROWS)]
            answers = {name: pa.array([row[n] for row in rows]) for n, name in enumerate(measure.item_columns)}
            got = columns.score_table(measure, ibis.memtable(pa.table(answers))).to_pyarrow().to_pylist()
            faults += sum(not generated._alike(measure, *pair) for pair in zip(rows, got, strict=True))
            size += ROWS
    return size, faults


if __name__ == "__main__":
    sys.exit(main())
