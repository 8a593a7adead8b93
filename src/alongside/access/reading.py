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
from alongside.definitions import policy
from alongside.kernel.errors import Stale

Result = TypeVar("Result")
ATTEMPTS = 3
_HOLD = "SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR SHARE"


@dataclass(slots=True)
class Reading:
    """What one page has shown so far, by registration."""

    access: Access
    page: str
    shown: dict[str, "_Noted"] = field(default_factory=dict)

    def note(self, registration: str, kinds: int, record: str = "") -> None:
        shown = self.shown.get(registration)
        if shown is None:
            shown = self.shown[registration] = _Noted()
        shown.kinds |= kinds
        shown.rows += 1
        if record:
            shown.records.add(record)

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
            about={one: Shown(noted.kinds, noted.rows, noted.records) for one, noted in self.shown.items()},
            detail={"policy": policy.edition()},
        )


@dataclass(slots=True)
class _Noted:
    """What was shown of one registration: a mask of kinds, how many rows, and which records."""

    kinds: int = 0
    rows: int = 0
    records: set[str] = field(default_factory=set)


_current: ContextVar[Reading | None] = ContextVar("reading", default=None)


def note(records: Iterable[Any]) -> None:
    """Note records as shown. Outside a reading (an action's own look) nothing leaves, so nothing is noted."""
    reading = _current.get()
    if reading is not None:
        for record in records:
            reading.note(record.registration_id, record.needs, getattr(record, "id", ""))  # a count has no id


def shown() -> frozenset[str]:
    """The registrations of which the page that is being read has shown something so far."""
    current = _current.get()
    return frozenset(current.shown) if current else frozenset()


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
