"""Erasing what somebody was asked at the door."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.screening.models import Screening, ScreeningStatus


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    rows = [
        ScreeningStatus.objects.filter(screening__registration=registration),
        Screening.objects.filter(registration=registration),
    ]
    return access.erase_rows(rows=rows, by=by)
