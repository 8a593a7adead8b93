"""Changes of medicine as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.medication.models import MedicineChange
from alongside.medication.rules import Source, What


@dataclass(frozen=True, slots=True)
class Change:
    """A medicine was started, stopped, or its dose changed. `at` is an instant of the day: the day is what was told.
    `dose` is empty where nobody said. `stands` is false where it was put right."""

    id: str
    registration: str
    service: str
    medicine: str
    what: What
    dose: str
    day: date
    at: datetime
    source: Source
    author: str
    recorded_at: datetime
    stands: bool = True


_CHANGES = Statement(
    """
    SELECT m.id, m.registration_id, m.needs, m.service, m.medicine, m.what, m.dose, m.day, m.occurred_at, m.source,
           m.author, m.recorded_at
    FROM alongside_medication_medicinechange m
    WHERE m.registration_id IN (%(registrations)s) AND {visible:m}
    """,
    id=str,
    registration_id=str,
    needs=int,
    service=str,
    medicine=str,
    what=str,
    dose=str,
    day=date,
    occurred_at=datetime,
    source=str,
    author=str,
    recorded_at=datetime,
)


def listing(registrations: Sequence[str], *, access: Access) -> Listing[list[Change]]:
    """Every change of medicine of these registrations that the reader may see, the newest first, to be read beside
    other rooms' lists: of the other service's only where the person opened medicines. What is not there may still be
    taken: ask the person."""
    return allowed.listing(access, _CHANGES, _changes, registrations=registrations)


def _changes(rows: Iterable[Any]) -> list[Change]:
    return sorted(map(_change, rows), key=lambda one: (one.day, one.at, one.id), reverse=True)


def _change(row: Any) -> Change:
    return Change(
        id=row.id,
        registration=row.registration_id,
        service=row.service,
        medicine=row.medicine,
        what=What(row.what),
        dose=row.dose,
        day=row.day,
        at=row.occurred_at,
        source=Source(row.source),
        author=row.author,
        recorded_at=row.recorded_at,
        stands=not getattr(row, "superseded_by", ""),  # a statement finds only what stands
    )


def change(change: str, *, access: Access) -> Change:
    """One change of the reader's own service, also one that was put right (`stands` is false), so that nobody loses
    what they were writing; `NotThere` where there is none or it is closed to the reader."""
    rows = MedicineChange.objects.filter(pk=change, service=access.service)
    return _change(allowed.show_one_with_superseded(access, rows))
