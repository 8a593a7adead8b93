"""Where a record was copied from, which it goes on answering to."""

from datetime import datetime

from alongside.access.context import Access
from alongside.access.models import Source


def copied_from(*, record: str, registration: str, needs: int, occurred_at: datetime, by: Access) -> None:
    """Note that a record was made from another registration's record, which it goes on answering to."""
    Source.objects.create(record=record, registration_id=registration, needs=needs, occurred_at=occurred_at)


def copied_on(*, record: str, before: str, registration: str, by: Access) -> None:
    """Note that a record of `registration` takes the place of another and answers to whatever that one answered to.

    But for its own registration: what came home answers to nobody else.
    """
    kept = Source.objects.filter(record=before).exclude(registration=registration)
    Source.objects.insert(
        Source(record=record, registration_id=one.registration_id, needs=one.needs, occurred_at=one.occurred_at)
        for one in kept.order_by("pk")
    )
