"""The disclosure gate: everything a page shows is noted while it is read and entered in the ledger before it leaves.

A page reads one snapshot. Before its bytes leave, the registrations it shows are locked for a moment: if a consent
changed meanwhile, the page is read again. If the entry cannot be written, nothing is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

from alongside.access import wall
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.audit import actions as audit
from alongside.audit.actions import Shown
from alongside.kernel.errors import Stale

Result = TypeVar("Result")
ATTEMPTS = 3
_HOLD = "SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR SHARE"


@dataclass(slots=True)
class Reading:
    """What one page has shown so far, by registration."""

    access: Access
    page: str
    shown: dict[str, list[int]] = field(default_factory=dict)  # kinds and rows, by registration

    def note(self, registration: str, kinds: int) -> None:
        shown = self.shown.setdefault(registration, [0, 0])
        shown[0] |= kinds
        shown[1] += 1

    def close(self) -> None:
        if not self.shown:
            return
        _hold(sorted(self.shown))
        audit.append(
            actor=self.access.actor,
            role=self.access.role,
            service=self.access.service,
            purpose=self.access.purpose,
            act="shown",
            subject=self.page,
            about={registration: Shown(*shown) for registration, shown in self.shown.items()},
        )


_current: ContextVar[Reading | None] = ContextVar("reading", default=None)


def note(records: Iterable[Any]) -> None:
    """Note records as shown. Outside a reading (an action's own look) nothing leaves, so nothing is noted."""
    reading = _current.get()
    if reading is not None:
        for record in records:
            reading.note(record.registration_id, record.needs)


@contextmanager
def reading(access: Access, page: str, *, snapshot: bool = True) -> Iterator[Reading]:
    """One page's read: a snapshot behind the second wall, the disclosure entry, all or nothing.

    A page that also writes takes no snapshot: its action locks what it changes and must see what others committed. And
    it stands before the wall: an act looks at more than its reader may, to hand work over or to find whom it binds.
    """
    with transaction.atomic():
        current = Reading(access, page)
        token = _current.set(current)
        try:
            with wall.around(access, first=_snapshot()) if snapshot else nullcontext():
                yield current
            current.close()
        finally:
            _current.reset(token)


def _hold(registrations: list[str]) -> None:
    # FOR SHARE in a snapshot fails if a fact changed since it was taken: the page would show what was just closed.
    # SQLite's IMMEDIATE transaction let nobody else write meanwhile.
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(Anchor._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(_HOLD.format(table=table), [registrations])


def _snapshot() -> str:
    # SQLite's IMMEDIATE transaction is a snapshot already; PostgreSQL takes one when told so first.
    first = connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0
    return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " if first else ""


def read(access: Access, page: str, show: Callable[[], Result]) -> Result:
    """Run `show` as one reading, again if a fact changed under it; `Stale` after three attempts."""
    for _ in range(ATTEMPTS):
        try:
            with reading(access, page):
                return show()
        except OperationalError as problem:
            if not _changed_meanwhile(problem):
                raise
    raise Stale("This page changed while it was being read. Please load it again.")


def _changed_meanwhile(problem: OperationalError) -> bool:
    return getattr(problem.__cause__, "sqlstate", None) == "40001"
