"""What was put right, and who had seen it."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.audit import queries as ledger
from alongside.audit.queries import Seen
from alongside.definitions import policy
from alongside.people.models import Correction
from alongside.people.rules import Mistake


def who_saw(registration: str, *, since: datetime, kinds: int, access: Access) -> list[Seen]:
    """Who was shown these kinds about the service's own registration since an instant: for whoever puts a record right.

    `NotThere` unless the registration is the reader's own service's and those kinds are open to them.
    """
    allowed.require_own(access, registration, *policy.category_keys(kinds))
    return ledger.seen_since(registration, since=since, kinds=kinds)


@dataclass(frozen=True, slots=True)
class PutRight:
    """One correction. `replacement` is empty where the entry was about the wrong person."""

    record: str
    replacement: str
    kind: Mistake
    reason: str
    at: datetime
    author: str
    registration: str
    seen_by: tuple[str, ...]
    told: tuple[str, ...]
    told_others: str


def corrections(registrations: list[str], *, access: Access) -> list[PutRight]:
    """What was put right about these registrations, the newest first."""
    rows = Correction.objects.filter(registration__in=registrations).order_by("-occurred_at", "-pk")
    return [_put_right(row) for row in allowed.show(access, rows)]


def _put_right(row: Correction) -> PutRight:
    return PutRight(
        record=row.record,
        replacement=row.replacement,
        kind=Mistake(row.kind),
        reason=row.reason,
        at=row.occurred_at,
        author=row.author,
        registration=row.registration_id,
        seen_by=tuple(row.seen_by),
        told=tuple(row.told),
        told_others=row.told_others,
    )
