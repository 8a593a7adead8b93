"""Erasing contacts with their notes."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.contacts.models import Contact, ContactStatus, Note


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = {"registration": registration}
    rows = [model.objects.filter(**mine) for model in (Note, ContactStatus, Contact)]
    return access.erase_rows(rows=rows, by=by)
