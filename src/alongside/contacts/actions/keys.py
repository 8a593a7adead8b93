"""Changing the keys of notes."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.contacts import notes
from alongside.contacts.models import Note
from alongside.kernel.errors import NotAllowed


@transaction.atomic
def rotate_note_keys(*, by: Access, after: str = "", most: int = 500) -> str:
    """Seal up to `most` notes again under the first note key, in the order of their ids, from the one after `after`.

    Returns the last id done, empty when none is left: repeat with it. Only a job of the system may.
    """
    if by.role != "system":
        raise NotAllowed("Only the installation's own job changes note keys.")
    batch = list(Note.objects.filter(pk__gt=after).order_by("pk").only("pk", "text")[:most])
    for note in batch:
        note.text = notes.rotated(note.text)
    Note.objects.bulk_update(batch, ["text"])
    access.log(by=by, act="contacts.rotate_note_keys", detail={"notes": len(batch)})
    return batch[-1].pk if batch else ""
