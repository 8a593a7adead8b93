"""Where a record was copied from, which it goes on answering to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.access.models import Source


def copied_from(*, record: str, registration: str, needs: int, occurred_at: datetime, by: Access) -> None:
    """Note that a record was made from another registration's record, which it goes on answering to."""
    Source.objects.create(record=record, registration_id=registration, needs=needs, occurred_at=occurred_at)


@dataclass(frozen=True, slots=True)
class Copied:
    """A record of `registration` that was made from another, or says that there is one (`before`)."""

    record: str
    before: str
    registration: str


def copied_on(*, copies: Sequence[Copied], by: Access) -> None:
    """Note that each of these records answers to whatever the one before it answered to.

    But for its own registration: what came home answers to nobody else.
    """
    kept: dict[str, list[Source]] = {}
    for one in Source.objects.filter(record__in=[copy.before for copy in copies]).order_by("pk"):
        kept.setdefault(one.record, []).append(one)
    Source.objects.insert(
        [
            Source(
                record=copy.record, registration_id=one.registration_id, needs=one.needs, occurred_at=one.occurred_at
            )
            for copy in copies
            for one in kept.get(copy.before, ())
            if one.registration_id != copy.registration
        ]
    )
