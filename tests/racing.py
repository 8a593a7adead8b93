"""Two requests at the same moment, on PostgreSQL: the second acts while the first has written and not yet committed."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from alongside.kernel.errors import AlongsideError

PATIENCE = 20  # seconds until the second one must be done, or be waiting for the first
Act = Callable[[], Any]

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite takes one writer at a time: nothing happens at the same moment.",
)


def overlapping(first: Act, second: Act) -> tuple[Any, Any]:
    """What each act returned, or our own error that it raised. Any other error, of the database's say, is raised here.

    The first one commits as soon as the second has either ended or waits for a lock that the first one holds.
    """
    wrote = Event()
    later = Thread(target=lambda: outcomes.append((1, _second(second, wrote))))
    outcomes: list[tuple[int, Any]] = []
    later.start()
    earlier = Thread(target=lambda: outcomes.append((0, _first(first, wrote, later))))
    earlier.start()
    earlier.join()
    later.join()
    found = [outcome for _, outcome in sorted(outcomes, key=lambda one: one[0])]
    for one in found:
        if isinstance(one, Exception) and not isinstance(one, AlongsideError):
            raise one
    return found[0], found[1]


def _first(act: Act, wrote: Event, later: Thread) -> Any:
    def held() -> Any:
        with transaction.atomic():
            made = act()
            wrote.set()
            _until_it_waits(later)
            return made

    try:
        return _outcome(held)
    finally:
        wrote.set()  # also where the act was refused: nobody waits for ever


def _second(act: Act, wrote: Event) -> Any:
    wrote.wait(PATIENCE)
    return _outcome(act)


def _outcome(act: Act) -> Any:
    try:
        return act()
    except Exception as problem:
        return problem
    finally:
        connections.close_all()


def _until_it_waits(later: Thread) -> None:
    ends = time.monotonic() + PATIENCE
    while later.is_alive() and time.monotonic() < ends:
        with connection.cursor() as cursor:
            # Who is connected is remembered until a transaction ends: whoever came since would never be seen to wait.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE NOT l.granted AND a.datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
