"""Faults to plant in every process of a race: each has to show."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Thread
from unittest.mock import patch

from django.db import connection

from alongside.access import reading
from alongside.access.actions import locking
from alongside.plan import queries as plan
from alongside.post.actions import dispatching
from tests.races.made import Somebody

PAIRS = ""  # no door: two changes beside each other
LATE = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Fault:
    """What is planted, and through which door it has to show; `everywhere` also on SQLite."""

    planted: Callable[[], AbstractContextManager[object]]
    door: str
    everywhere: bool = False


def _nothing_held() -> AbstractContextManager[object]:
    return patch.object(reading, "_hold", lambda read: [])


@contextmanager
def _answered_at_once() -> Iterator[None]:
    """A form is answered where its act looked, as it was once."""
    with patch.object(reading, "_takes_snapshots", lambda: False):
        yield


@contextmanager
def _remembered() -> Iterator[None]:
    """What somebody may see of a plan is decided once and kept."""
    honest = plan.plan
    kept = cache(lambda registrations, access: honest(registrations, access=access))
    with patch.object(plan, "plan", lambda registrations, *, access: kept(tuple(registrations), access)):
        yield


@contextmanager
def _acknowledged_before() -> Iterator[None]:
    """A withdrawal is said to be done, and commits a moment later."""
    honest, agree = Somebody.withdraw, Somebody.agree
    late: list[Thread] = []

    def withdraw(one: Somebody) -> None:
        late.append(Thread(target=lambda: (time.sleep(LATE), honest(one), connection.close())))
        late[-1].start()

    def agree_after(one: Somebody, *of: int) -> None:
        while late:
            late.pop().join()
        agree(one, *of)

    with patch.multiple(Somebody, withdraw=withdraw, agree=agree_after):
        yield


def _sent_without_waiting() -> AbstractContextManager[object]:
    return patch.object(dispatching.access, "lock", lambda **_: None)


def _nobody_waits() -> AbstractContextManager[object]:
    """Changes of facts lock nothing."""
    return patch.object(locking.Anchor.objects, "select_for_update", locking.Anchor.objects.all)


FAULTS = {
    "a page holds nothing": Fault(_nothing_held, "page of a plan"),
    "a form is answered where its act looked": Fault(_answered_at_once, "form that is shown again"),
    "a figure holds nobody": Fault(_nothing_held, "evaluation as a file"),
    "a message does not wait": Fault(_sent_without_waiting, "message"),
    "changes of facts wait for nobody": Fault(_nobody_waits, PAIRS),
    "a withdrawal is acknowledged too early": Fault(_acknowledged_before, "page of a plan", everywhere=True),
    "a decision is remembered": Fault(_remembered, "page of a plan", everywhere=True),
}
