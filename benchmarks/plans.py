"""Each statement of each act with its time and its query plan: `python -m benchmarks.plans 100000`.

Look here before an index is proposed: a statement that is fast at 300 people and reads a whole table is what to find.
"""

import os
import sys

import django

from benchmarks.environment import environment

os.environ.update(environment())
django.setup()

from django.db import connection  # noqa: E402

from alongside.kernel import clock  # noqa: E402
from benchmarks import place  # noqa: E402
from benchmarks.acts import Desk  # noqa: E402
from benchmarks.measuring import WARM, Statement, watched  # noqa: E402
from benchmarks.staff import NOW  # noqa: E402

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def main(people: int) -> None:
    place.ready(people)
    with clock.at(NOW):
        for act in Desk().acts():
            for turn in range(WARM):
                act.run(act.prepare(turn))
            given = act.prepare(WARM)
            with watched() as seen:
                act.run(given)
            print(f"\n== {act.name}: {len(seen)} statements, {1000 * sum(one.seconds for one in seen):.1f} ms in them")
            for number, one in enumerate(seen, 1):
                print(f"\n{number}. {1000 * one.seconds:.1f} ms  {one.sql}")
                print("\n".join(f"      {line}" for line in plan(one)))


def plan(statement: Statement) -> list[str]:
    """The database's plan of a statement; none for one that only writes."""
    if not statement.sql.startswith(("SELECT", "(SELECT", "UPDATE")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN[connection.vendor] + statement.sql, statement.values)
        return [str(row[-1]) for row in cursor.fetchall()]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
