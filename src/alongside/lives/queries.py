"""Events as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.lives import models
from alongside.lives.rules import Certainty, Source


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `at` is an instant of its first day: the day is what was told. `end` is None where it
    was one day, goes on, or nobody said. `stands` is false where it was put right."""

    id: str
    registration: str
    service: str
    kind: str
    start: date
    end: date | None
    at: datetime
    source: Source
    certainty: Certainty
    words: str
    author: str
    recorded_at: datetime
    stands: bool = True


_EVENTS = Statement(
    """
    SELECT e.id, e.registration_id, e.needs, e.service, e.kind, e.starts_on, e.ends_on, e.occurred_at, e.source,
           e.certainty, e.words, e.author, e.recorded_at
    FROM alongside_lives_event e
    WHERE e.registration_id IN (%(registrations)s) AND {visible:e}
    """,
    id=str,
    registration_id=str,
    needs=int,
    service=str,
    kind=str,
    starts_on=date,
    ends_on=date,
    occurred_at=datetime,
    source=str,
    certainty=str,
    words=str,
    author=str,
    recorded_at=datetime,
)


def listing(registrations: Sequence[str], *, access: Access) -> Listing[list[Event]]:
    """Every event of these registrations that the reader may see, the newest first, to be read beside other rooms': of
    the other service's only those of kinds that the person opened."""
    return allowed.listing(access, _EVENTS, _events, registrations=registrations)


def _events(rows: Iterable[Any]) -> list[Event]:
    return sorted(map(_event, rows), key=lambda one: (one.start, one.at, one.id), reverse=True)


def _event(row: Any) -> Event:
    return Event(
        id=row.id,
        registration=row.registration_id,
        service=row.service,
        kind=row.kind,
        start=row.starts_on,
        end=row.ends_on,
        at=row.occurred_at,
        source=Source(row.source),
        certainty=Certainty(row.certainty),
        words=row.words,
        author=row.author,
        recorded_at=row.recorded_at,
        stands=not getattr(row, "superseded_by", ""),  # a statement finds only what stands
    )


def event(event: str, *, access: Access) -> Event:
    """One event of the reader's own service, also one that was put right (`stands` is false), so that nobody loses what
    they were writing; `NotThere` where there is none or it is closed to the reader."""
    rows = models.Event.objects.filter(pk=event, service=access.service)
    return _event(allowed.show_one_with_superseded(access, rows))
