"""Scoring ten million PHQ-9 and GAD-7 responses, beside reading them and beside pandas; and one response alone.

`python -m benchmarks.scoring --rows 10_000_000` prints times and ratios of one run; exit code 1 where a bar fails.
"""

import argparse
import subprocess
import sys
import time
import timeit
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from alongside.definitions.instruments import instrument
from alongside.evaluation.tables.connecting import connect
from alongside.measures.rules import Scored, score
from benchmarks import machine, responses
from benchmarks.environment import KEPT, ROOT
from benchmarks.measuring import yardstick

ALONE = ("phq9", "gad7", "audit", "pcl5", "itq")
BARRED = ("phq9", "gad7")  # a response alone as most are: one sum, one band; the others are printed beside them
TURNS = 3
BATCH = 122_880  # rows at a time, as the engine itself cuts them


@dataclass(frozen=True, slots=True)
class Bar:
    what: str
    found: float
    bar: float
    least: bool = False

    @property
    def kept(self) -> bool:
        return self.found >= self.bar if self.least else self.found <= self.bar

    def __str__(self) -> str:
        said = "at least" if self.least else "at most"
        return f"{'pass' if self.kept else 'FAIL'}  {self.what:<72} {self.found:>8.2f}   {said} {self.bar:g}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.scoring", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--only", type=Path, help="score this file and print the most memory it took, in MB")
    asked = parser.parse_args()
    if asked.only:
        print(_peak(asked.only))
        return 0
    file = _file(asked.rows)
    print(f"Alongside {machine.commit()}, DuckDB {duckdb.__version__}, pandas {pd.__version__}, {machine.python()}")
    print(f"{machine.hardware()}; {asked.rows:,} responses of 16 items, seed {responses.SEED}\n", flush=True)
    before, times = yardstick(), _times(file)
    print("\n".join(f"{name:<72} {seconds:>8.2f} s" for name, seconds in times.items()))
    alone = {key: _alone(key) for key in ALONE}
    print("\n" + "\n".join(f"{'one ' + key + ' by rules':<72} {found:>8.1f} µs" for key, found in alone.items()))
    print("\nA fixed piece of plain Python before and after, CPU ms (wall ms): ", end="")
    print(", ".join(f"{cpu:.0f} ({wall:.0f})" for cpu, wall in (before, yardstick())), end="\n\n", flush=True)
    bars = [*_bars(file, times), *(Bar(f"one {key} by rules, µs", alone[key], 10) for key in BARRED)]
    print("\n".join(map(str, bars)))
    return 0 if all(one.kept for one in bars) else 1


def _file(rows: int) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"responses-{rows}-{responses.SEED}.parquet"
    if not file.exists():
        part = file.with_suffix(".part")
        responses.write(rows, part)
        part.rename(file)
    return file


READ, READ_OUT = "read: every cell counted", "read: as Arrow batches"
OURS, OURS_OUT = "ours: scores, bands, flags; every one counted", "ours: scores, bands, flags; as Arrow batches"
WRITTEN = "ours: scores, bands, flags; written to Parquet"
WHOLE = "ours: with the status of every row, as Arrow batches"
PANDAS = "pandas: scores, bands, flags"


def _times(file: Path) -> dict[str, float]:
    """The least of several turns of each, one after the other so that other work on the machine meets all alike."""
    engine = connect()
    read, ours = engine.read_parquet(str(file)), responses.scored(engine, file)
    told = engine.compile(ours.select(responses.TOLD))
    whole = engine.compile(ours.select(responses.TOLD + responses.STATUS))
    raw, out = engine.compile(read), KEPT / "scored.parquet"
    work: dict[str, Callable[[], object]] = {
        READ: lambda: _count(engine, raw, responses.ITEMS),
        READ_OUT: lambda: _batches(engine, raw),
        OURS: lambda: _count(engine, told, responses.TOLD),
        OURS_OUT: lambda: _batches(engine, told),
        WRITTEN: lambda: engine.raw_sql(f"COPY ({told}) TO '{out}' (FORMAT parquet)"),
        WHOLE: lambda: _batches(engine, whole),
        PANDAS: lambda: responses.by_pandas(file),
    }
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(TURNS):
        for name, run in work.items():
            begun = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - begun)
    out.unlink()
    return {name: min(seconds) for name, seconds in taken.items()}


def _count(engine: object, sql: str, names: list[str]) -> None:
    """Every cell made and counted in the engine. The greatest would not do: the file's notes answer that."""
    counted = ", ".join(f"count({name})" for name in names)
    engine.raw_sql(f"SELECT {counted} FROM ({sql})").fetchall()  # noqa: S608 - our own names


def _batches(engine: object, sql: str) -> int:
    return sum(batch.num_rows for batch in engine.con.sql(sql).to_arrow_reader(BATCH))


def _bars(file: Path, times: dict[str, float]) -> list[Bar]:
    engine = connect()
    sql = engine.compile(responses.scored(engine, file).select(responses.TOLD))
    ours = engine.con.sql(sql).to_arrow_reader(BATCH)
    return [
        Bar("rows on which pandas and ours differ", responses.differing(ours, responses.by_pandas(file)), 0),
        Bar("pandas's time over ours, as Arrow batches", times[PANDAS] / times[OURS_OUT], 3, least=True),
        Bar("pandas's time over ours, counted in the engine", times[PANDAS] / times[OURS], 3, least=True),
        Bar("ours over reading, both counted in the engine", times[OURS] / times[READ], 3),
        Bar("ours over reading, both as Arrow batches", times[OURS_OUT] / times[READ_OUT], 3),
        Bar("ours as Arrow batches over reading counted in the engine", times[OURS_OUT] / times[READ], 3),
        Bar("ours written to Parquet over reading counted in the engine", times[WRITTEN] / times[READ], 6),
        Bar("most memory of a process that does ours alone, GB", _memory(file), 2),
    ]


def _memory(file: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.scoring", "--only", str(file)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return float(done.stdout) / 1000


def _peak(file: Path) -> float:
    engine = connect()
    _batches(engine, engine.compile(responses.scored(engine, file).select(responses.TOLD + responses.STATUS)))
    # Not getrusage: a process that was just begun still has its parent's greatest there, and that is pandas's.
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


def _alone(key: str) -> float:
    """Microseconds for one whole response: the least of many repeats."""
    measure = instrument(key)
    answers = [item.values[len(item.values) // 2] for item in measure.items]
    assert isinstance(score(measure, answers), Scored)
    return min(timeit.repeat(lambda: score(measure, answers), number=200, repeat=200)) * 5000


if __name__ == "__main__":
    sys.exit(main())
