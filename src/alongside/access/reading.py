"""The disclosure gate: everything a page shows is noted while it is read and entered in the ledger before it leaves.

A page reads one snapshot. Before its bytes leave, the registrations it shows are locked for a moment: if a consent
changed meanwhile, the page is read again. If the entry cannot be written, nothing is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
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
from alongside.kernel import clock
from alongside.kernel.errors import Stale

Result = TypeVar("Result")
ATTEMPTS = 3
# What was agreed, by which another service's registration is open to this reader now (or an emergency's look): the
# entry names it. Of which team or time a record was, the predicate has asked; whatever grant is live may be the one.
_AGREED = """
SELECT a.id, g.because, g.opens FROM {anchors} a LEFT JOIN access_grant g ON g.registration_id = a.id
    AND (g.handle || '') IN ({handles}) AND (a.service <> %s OR g.pierces = '*')
    AND (g.purposes & %s) <> 0 AND (g.roles & %s) <> 0 AND g.from_at <= %s AND %s < g.until_at
WHERE a.id {among} ORDER BY a.id
"""
# A copy is closed where what it was made from is: those registrations are held with the ones that are shown.
# An array, for PostgreSQL takes what is written as IN (SELECT …) for most of the registrations, and reads all of them.
_HELD = """
    = ANY (ARRAY(
        SELECT unnest(%s::text[]) UNION SELECT s.registration_id FROM access_source s WHERE s.record = ANY(%s)
    ))
"""


@dataclass(slots=True)
class Reading:
    """What one page has shown so far, by registration, and of whom it told no more than that they count."""

    access: Access
    page: str
    shown: dict[str, "_Noted"] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)

    def note(self, registration: str, kinds: int, record: str = "") -> None:
        shown = self.shown.get(registration)
        if shown is None:
            shown = self.shown[registration] = _Noted()
        shown.kinds |= kinds
        shown.rows += 1
        if record:
            shown.records.add(record)

    def forget(self) -> None:
        """What was looked at has left for nobody."""
        self.shown.clear()
        self.counted.clear()

    def close(self) -> None:
        if self.shown or self.counted:
            agreed = _hold(self)
            if self.shown:
                self._enter(agreed)

    def _enter(self, agreed: Sequence[tuple[str, str, int]]) -> None:
        """An entry for each who looked, so that each is found by whom they saw; of several each names all."""
        because = {(one, why) for one, why, opens in agreed if one in self.shown and opens & self.shown[one].kinds}
        # By which agreement somebody from outside was shown it, where they work for the service whose record it is.
        because |= {(one, each.under) for each in self.access.each if each.under for one in self.shown}
        present = [one.actor for one in self.access.present]
        detail: dict[str, Any] = {"policy": policy.edition()}
        detail |= {"because": sorted(because)} if because else {}
        detail |= {"present": present} if present else {}
        for one in self.access.each:
            audit.append(
                actor=one.actor,
                role=one.role,
                service=one.service,
                purpose=one.purpose,
                act="shown",
                subject=self.page,
                about={each: Shown(noted.kinds, noted.rows, noted.records) for each, noted in self.shown.items()},
                detail=detail,
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


def count(records: Iterable[Any]) -> None:
    """Note records as counted: their registrations are held until the figure is entered, and not named by its entry."""
    reading = _current.get()
    if reading is not None:
        reading.counted.update(record.registration_id for record in records)


def shown() -> frozenset[str]:
    """The registrations of which the page that is being read has shown something so far."""
    current = _current.get()
    return frozenset(current.shown) if current else frozenset()


@contextmanager
def reading(access: Access, page: str, *, snapshot: bool = True, acts: bool = False) -> Iterator[Reading]:
    """One page's read: a snapshot behind the second wall, the disclosure entry, all or nothing.

    What also writes (`acts`) stands before the wall: an act looks at more than its reader may, to hand work over or to
    find whom it binds.
    """
    with transaction.atomic():
        current = Reading(access, page)
        token = _current.set(current)
        try:
            with _before_the_wall(snapshot) if acts else wall.around(access, first=_snapshot()):
                yield current
            current.close()
        finally:
            _current.reset(token)


@contextmanager
def _before_the_wall(snapshot: bool) -> Iterator[None]:
    if snapshot and (words := _snapshot()):
        with connection.cursor() as cursor:
            cursor.execute(words)
    yield


def _hold(read: Reading) -> list[tuple[str, str, int]]:
    """Each registration that is shown or counted, held until the entry is written; of another service's: what was
    agreed and the kinds that it opens."""
    # FOR SHARE in a snapshot fails if a fact changed since it was taken: the page would show what was just closed.
    # SQLite's IMMEDIATE transaction let nobody else write meanwhile.
    handles = list(read.access.speaks_for) or [""]
    now = connection.ops.adapt_datetimefield_value(clock.now())
    brought = [*handles, read.access.service, read.access.purpose_mask, read.access.role_mask, now, now]
    held = sorted(read.counted.union(read.shown))
    asked = {"anchors": connection.ops.quote_name(Anchor._meta.db_table), "handles": _places(handles)}
    if connection.vendor == "postgresql":
        records = [record for noted in read.shown.values() for record in noted.records]
        words, values = f"{_AGREED} FOR SHARE OF a".format(**asked, among=_HELD), [held, records]
    else:
        words, values = _AGREED.format(**asked, among=f"IN ({_places(held)})"), held
    with connection.cursor() as cursor:
        cursor.execute(words, [*brought, *values])
        return [(one, because, opens) for one, because, opens in cursor.fetchall() if because]


def _places(values: Sized) -> str:
    return ", ".join(["%s"] * len(values))


def _snapshot() -> str:
    return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " if _takes_snapshots() else ""


def _takes_snapshots() -> bool:
    # SQLite's IMMEDIATE transaction is a snapshot already; PostgreSQL takes one when told so first.
    return connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0


def _always(_answer: object) -> bool:
    return True


def read(access: Access, page: str, show: Callable[[], Result], *, shows: Callable[[Result], bool] = _always) -> Result:
    """Run `show` as one reading, again if a fact changed under it; `Stale` after three attempts.

    An answer that shows nothing (`shows`), such as one that leads elsewhere, leaves no entry.
    """
    for _ in range(ATTEMPTS):
        with suppress(_ChangedMeanwhile), _noticing(), reading(access, page) as made:
            answer = show()
            if not shows(answer):
                made.forget()
            return answer
    raise _moved_on()


def act(access: Access, page: str, do: Callable[[], Result], *, shows: Callable[[Result], bool]) -> Result:
    """Run `do`, which acts; enter what its answer shows, where it shows anything. `Stale` as for `read`.

    An act takes no snapshot: it locks what it changes and must see what others committed. Where its answer is a page
    after all (the form again, a file), nothing would notice that a fact changed under it: so all is taken back and done
    again in a snapshot. An act that would go through by then has to begin anew.
    """
    for _ in range(ATTEMPTS):
        for snapshot in (False, True):
            with suppress(_ChangedMeanwhile), _noticing(), reading(access, page, snapshot=snapshot, acts=True) as made:
                answer = do()
                if _stands(made, shows(answer), snapshot):
                    return answer
                transaction.set_rollback(True)
                made.forget()
    raise _moved_on()


def _stands(made: Reading, shows: bool, snapshot: bool) -> bool:
    if not shows:
        made.forget()  # looked at on the way to a redirect
    if snapshot:
        return shows
    return not (made.shown or made.counted) or not _takes_snapshots()


def _moved_on() -> Stale:
    return Stale("This page changed while it was being read. Please load it again.")


class _ChangedMeanwhile(Exception):
    """A fact about somebody whom the page shows changed since its snapshot."""


@contextmanager
def _noticing() -> Iterator[None]:
    try:
        yield
    except OperationalError as problem:
        if _changed_meanwhile(problem):
            raise _ChangedMeanwhile from problem
        raise


def _changed_meanwhile(problem: OperationalError) -> bool:
    return getattr(problem.__cause__, "sqlstate", None) == "40001"
