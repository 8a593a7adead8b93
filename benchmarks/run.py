"""`make bench`: measures 300 and 100,000 people and prints each figure beside its bar; exit code 1 if one fails."""

import argparse
import json
import subprocess
import sys

from benchmarks import machine, table
from benchmarks.environment import ROOT, environment
from benchmarks.measuring import Figure

SIZES = (300, 100_000)


def main() -> int:
    asked = _arguments()
    sizes = tuple(asked.people) if asked.people else SIZES
    found, figures = [], []
    for people in sizes:
        size = _measured(people, asked)
        if not found:
            print("\n".join(_measured_on(size)), end="\n\n")
        found.append(size)
        figures.append([Figure(**one) for one in size["figures"]])
        print("\n".join(table.figures(people, figures[-1])), end="\n\n", flush=True)
    print(table.yardsticks([one for size in found for one in size["yardsticks"]]), end="\n\n")
    print(table.compared(figures[-1][0], Figure(**found[-1]["afterwards"])), end="\n\n")
    verdicts = table.verdicts(figures[0], figures[-1])
    print("\n".join(table.judged(verdicts)))
    return 0 if all(one.kept for one in verdicts) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server that is thrown away afterwards")
    parser.add_argument("--fresh", action="store_true", help="seed anew, also where a seeded file is kept")
    parser.add_argument("--people", type=int, nargs="+", help="other sizes, the smallest first")
    return parser.parse_args()


def _measured(people: int, asked: argparse.Namespace) -> dict[str, object]:
    """One size, in a process of its own: what one size warmed does not help the next."""
    command = [sys.executable, "-m", "benchmarks.measure", str(people), *["fresh"] * asked.fresh]
    if asked.postgres:
        command = [sys.executable, str(ROOT / "scripts" / "with_postgres.py"), *command]
    done = subprocess.run(command, env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"Measuring {people:,} people failed; what went wrong is printed above.")
    return json.loads(done.stdout)


def _measured_on(size: dict[str, object]) -> list[str]:
    return [
        f"Alongside {machine.commit()}, {size['database']}, {machine.python()}, seed {size['seed']}",
        machine.hardware(),
        "In this process, warm, one client, consent and audit on. BEGIN, COMMIT, savepoints and roles are not counted.",
    ]


if __name__ == "__main__":
    sys.exit(main())
