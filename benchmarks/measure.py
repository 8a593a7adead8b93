"""Measures one size on the database that the environment names; prints JSON. Called by `run`, once for each size."""

import json
import sys
from dataclasses import asdict

import django

django.setup()

from django.db import connection  # noqa: E402

from alongside.config.gunicorn import settle  # noqa: E402
from alongside.kernel import clock  # noqa: E402
from benchmarks import measuring, place  # noqa: E402
from benchmarks.acts import Desk  # noqa: E402
from benchmarks.afterwards import deciding_in_python  # noqa: E402
from benchmarks.staff import NOW  # noqa: E402
from benchmarks.who import SEED  # noqa: E402

SLOW = 12  # times that are enough for something many times slower


def main(people: int, *more: str) -> None:
    place.ready(people, fresh="fresh" in more)
    with clock.at(NOW):
        acts = Desk().acts()
        settle()  # as the server does before its workers begin
        before = measuring.yardstick()
        figures = [measuring.measure(act.name, act.prepare, act.run, act.times) for act in acts]
        with deciding_in_python():
            caseload = acts[0]
            other = measuring.measure(caseload.name, caseload.prepare, caseload.run, SLOW)
    answer = {
        "figures": [asdict(one) for one in figures],
        "afterwards": asdict(other),
        "database": _database(),
        "seed": SEED,
        "yardsticks": [before, measuring.yardstick()],
    }
    sys.stdout.write(json.dumps(answer))


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
