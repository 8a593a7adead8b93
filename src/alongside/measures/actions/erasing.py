"""Erasing answers, scores and days of use."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.measures.models import Ask, AskLink, Condition, Draft, Response, Score, UseCalendar, UseRecord


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = {"registration": registration}
    rows = [
        Draft.objects.filter(ask__registration=registration),
        AskLink.objects.filter(ask__registration=registration),
        *(model.objects.filter(**mine) for model in (Ask, Score, Condition, Response, UseCalendar, UseRecord)),
    ]
    return access.erase_rows(rows=rows, by=by)
