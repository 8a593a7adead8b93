"""What the ledger adds to a page, and what a runner does in a second: `python -m benchmarks.ledger`.

On PostgreSQL: `python scripts/with_postgres.py python -m benchmarks.ledger`.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django

from benchmarks.environment import environment

os.environ.update(environment())
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from alongside.audit import actions  # noqa: E402
from alongside.audit.actions import Shown  # noqa: E402
from alongside.kernel.ids import new_id  # noqa: E402
from benchmarks import machine, place  # noqa: E402

PAGES = {
    "a page about one person, 40 records": (1, 40),
    "a list of 25, 4 records each": (25, 4),
    "a list of 100, 5 records each": (100, 5),
}
WIDE = {"a list of 300, 5 records each": (300, 5)}  # nobody has such a caseload; a duty list of a large service
BAR = 3.0  # milliseconds that the ledger may add to a page
WARM, TURNS = 30, 300
SECOND = 1_000  # entries that a busy second leaves for the runner


def main() -> int:
    print(f"Alongside {machine.commit()}, {machine.python()}, {connection.vendor}\n{machine.hardware()}\n", flush=True)
    if connection.vendor == "sqlite":
        place.ready(0, fresh=True)
    else:
        call_command("migrate", verbosity=0)
    late = sum(_tell(name, _page(*size), BAR) for name, size in PAGES.items())
    for name, size in WIDE.items():
        _tell(name, _page(*size), None)
    _tell(f"positions for {SECOND:,} entries", _runner(lambda: actions.number()), None)
    _tell(f"a checkpoint over {SECOND:,} new entries", _runner(lambda: actions.sign(), before=actions.number), None)
    return 1 if late else 0


def _page(people: int, records: int) -> list[float]:
    """Milliseconds of the entry alone, inside the page's own transaction."""
    about = {new_id("reg"): Shown(7, records, [new_id("con") for _ in range(records)]) for _ in range(people)}
    return [_entered(about) for _ in range(WARM + TURNS)][WARM:]


def _entered(about: dict[str, Shown]) -> float:
    with transaction.atomic():
        begun = time.perf_counter()
        _append(about)
        return 1000 * (time.perf_counter() - begun)


def _append(about: dict[str, Shown]) -> None:
    actions.append(
        actor="pra_1",
        role="therapist",
        service="ser_1",
        purpose="direct_care",
        act="shown",
        subject="people.person",
        about=about,
        detail={"policy": "0123456789ab"},
    )


def _runner(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> list[float]:
    """Milliseconds of one turn after a busy second."""
    taken = []
    about = {new_id("reg"): Shown(7, 4, [new_id("con") for _ in range(4)])}
    for _ in range(7):
        with transaction.atomic():
            for _entry in range(SECOND):
                _append(about)
        before()
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return taken[2:]


def _tell(name: str, taken: list[float], bar: float | None) -> bool:
    middle, late = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    over = bar is not None and middle > bar
    said = "" if bar is None else f"  bar {bar:.1f} {'FAIL' if over else 'pass'}"
    print(f"{name:<44} median {middle:>7.2f} ms, 95 in 100 under {late:>7.2f} ms{said}", flush=True)
    return over


if __name__ == "__main__":
    sys.exit(main())
