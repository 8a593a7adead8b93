"""One act, many times, by one client in this process: statements, processor time and wall time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles

from django.db import connection

# What begins and ends transactions and a page's read; PostgreSQL's isolation level is the second half of its BEGIN, and
# who reads behind its second wall travels with it.
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION", "SET LOCAL ROLE")
WARM = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """What one act cost: the most statements it ever took, and milliseconds."""

    act: str
    statements: int
    cpu: float
    p50: float
    p95: float
    times: int


@dataclass(slots=True)
class Statement:
    """One statement of an act: its words, its values, and how long the database took."""

    sql: str
    values: object
    seconds: float


def measure(act: str, prepare: Callable[[int], object], run: Callable[[object], None], times: int) -> Figure:
    """Run an act until it is warm, then `times` times, each prepared outside the clock. CPU is the median."""
    statements, cpu, wall = [], [], []
    warm = min(WARM, times // 4)
    for turn in range(warm + times):
        given = prepare(turn)
        with watched() as seen:
            cpu_before, wall_before = time.process_time(), time.perf_counter()
            run(given)
            taken = (time.process_time() - cpu_before, time.perf_counter() - wall_before)
        if turn >= warm:
            statements.append(len(seen))
            cpu.append(1000 * taken[0])
            wall.append(1000 * taken[1])
    return Figure(act, max(statements), percentile(cpu, 50), percentile(wall, 50), percentile(wall, 95), times)


def spent() -> float:
    """Milliseconds of processor time so far: this process's, and on PostgreSQL that of the server's process that serves
    it. Where the server is not on this machine, milliseconds that went by: the nearest that can be told."""
    if connection.vendor == "sqlite":
        return 1000 * time.process_time()
    try:
        with open(f"/proc/{connection.connection.info.backend_pid}/schedstat", encoding="ascii") as line:
            return 1000 * time.process_time() + int(line.read().split()[0]) / 1e6
    except OSError:
        return 1000 * time.perf_counter()


def yardstick() -> tuple[float, float]:
    """How fast this machine is at the moment: CPU and wall milliseconds of one fixed piece of plain Python."""
    cpu, wall = [], []
    for _ in range(9):
        cpu_before, wall_before = time.process_time(), time.perf_counter()
        sum(number * number for number in range(200_000))
        cpu.append(1000 * (time.process_time() - cpu_before))
        wall.append(1000 * (time.perf_counter() - wall_before))
    return percentile(cpu, 50), percentile(wall, 50)


def percentile(values: list[float], which: int) -> float:
    return quantiles(values, n=100, method="inclusive")[which - 1]


@contextmanager
def watched() -> Iterator[list[Statement]]:
    """Every counted statement that runs inside."""
    seen: list[Statement] = []

    def watch(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not sql.startswith(NOT_COUNTED):
                seen.append(Statement(sql, params, time.perf_counter() - began))

    with connection.execute_wrapper(watch):
        yield seen
