"""What a person agreed to, for the discloser's side and the history page."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Mask
from alongside.consent.models import Consent
from alongside.consent.rules import Status
from alongside.kernel import clock


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent, live or past."""

    id: str
    registration: str
    recipient: str
    categories: Mask
    purpose: str
    given: str
    witness: str
    status: Status
    signed_at: datetime
    expires_at: datetime
    ended_at: datetime
    author: str


def current(registration: str, *, access: Access) -> list[Agreed]:
    """What the person agreed that this service may share now. Only the discloser's side sees it."""
    rows = Consent.objects.filter(registration=registration, status=Status.ACTIVE, expires_at__gt=clock.now())
    return [_agreed(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


def history(registration: str, *, access: Access) -> list[Agreed]:
    """Everything the person ever agreed or withdrew here, the newest first."""
    rows = Consent.objects.filter(registration=registration)
    return [_agreed(row) for row in allowed.show(access, rows.order_by("-occurred_at", "-pk"))]


def _agreed(row: Consent) -> Agreed:
    return Agreed(
        id=row.pk,
        registration=row.registration_id,
        recipient=row.recipient,
        categories=row.categories,
        purpose=row.purpose,
        given=row.given,
        witness=row.witness,
        status=Status(row.status),
        signed_at=row.occurred_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        author=row.author,
    )
