"""When a stay began and ended last, and whether one is open: before a record is erased."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.journey.models import Episode, JourneySide
from alongside.kernel.periods import FOR_EVER


def last_of(registrations: Collection[str], *, access: Access) -> list[dict[str, datetime]]:
    """When the last stay of each of these began, and when it ended: what a period of keeping is counted from."""
    rows = Episode.objects.filter(registration__in=registrations)
    over = rows.filter(ended_at__lt=FOR_EVER).order_by().values("registration").annotate(last=Max("ended_at"))
    return [allowed.latest(rows, access=access), dict(over.values_list("registration", "last"))]


def is_open(registration: str, *, access: Access) -> bool:
    """Whether a stay or a joint journey of this registration has not ended."""
    still = {"registration": registration, "ended_at": FOR_EVER}
    return Episode.objects.filter(**still).exists() or JourneySide.objects.filter(**still).exists()
