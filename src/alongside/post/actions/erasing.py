"""Erasing messages and every state that they were in."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.post.models import Message, MessageStatus, Postcard


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    rows = [
        Postcard.objects.filter(message__registration=registration),
        MessageStatus.objects.filter(message__registration=registration),
        Message.objects.filter(registration=registration),
    ]
    return access.erase_rows(rows=rows, by=by)
