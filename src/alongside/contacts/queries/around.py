"""The last contact and the next one of many registrations: for lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Statement
from alongside.contacts.rules import State
from alongside.kernel.clock import LONDON


@dataclass(frozen=True, slots=True)
class Slot:
    """One contact in a list of people."""

    id: str
    at: datetime
    attendance: str
    practitioner: str
    mode: str


@dataclass(slots=True)
class Around:
    """The last contact (whatever became of it) and the next one of a registration; and whether they were seen, and how
    many times they missed since then, in the stay that was asked about.
    """

    last: Slot | None = None
    next: Slot | None = None
    seen: bool = False
    missed_in_a_row: int = 0


_SLOTS = Statement(
    """
    SELECT c.registration_id, c.needs, c.id, c.occurred_at, c.attendance, c.practitioner, c.mode, c.state
    FROM alongside_contacts_contact c
    WHERE c.registration_id IN (%(registrations)s) AND {visible:c}
    ORDER BY c.occurred_at, c.id
    """,
    registration_id=str,
    needs=int,
    id=str,
    occurred_at=datetime,
    attendance=str,
    practitioner=str,
    mode=str,
    state=str,
)


def next_and_last(
    registrations: Iterable[str], *, access: Access, since: Mapping[str, date] | None = None
) -> dict[str, Around]:
    """What came last and what comes next for many registrations, in one statement: for lists.

    `since` is the day from which contacts of a registration belong to its present stay: who was seen, or missed, in an
    earlier one starts afresh.
    """
    wanted = list(registrations)
    begun = {one: datetime.combine(day, time(), tzinfo=LONDON) for one, day in (since or {}).items()}
    around = {registration: Around() for registration in wanted}
    for row in allowed.listed(access, _SLOTS, registrations=wanted):
        first = begun.get(row.registration_id)
        _place(around[row.registration_id], row, now=first is None or row.occurred_at >= first)
    return around


def _place(around: Around, row: Any, *, now: bool) -> None:
    slot = Slot(row.id, row.occurred_at, row.attendance, row.practitioner, row.mode)
    if row.state == State.PLANNED:
        around.next = around.next or slot
        return
    around.last = slot
    if now:
        missed = row.attendance in ("did_not_attend", "late_not_seen")
        around.seen = around.seen or row.state == State.KEPT
        around.missed_in_a_row = around.missed_in_a_row + 1 if missed else 0
