"""Keeping a section of a note from the person's own view, and showing it again. Called by `sharing`."""

from django.db import connection, transaction
from django.db.models import F

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.contacts.models import Note
from alongside.kernel.errors import NotThere
from alongside.safety import actions as safety
from alongside.safety.rules import HANDLING, Withheld, check_withholding

EVERY = sum(HANDLING.values())


@transaction.atomic
def withhold_note(*, note: str, said: Withheld, by: Access) -> str:
    """Withhold one section of a note of the reader's own service; returns the withholding's id.

    Raises `Invalid` naming `withhold` or `withhold_words`, `Stale` where it is withheld already, `NotThere` where there
    is none, it was put right, or it is closed to the reader.
    """
    by.check_may("care")
    row = allowed.visible(by, Note.objects.filter(pk=note, service=by.service)).first()
    if row is None:
        raise NotThere()
    kept = check_withholding(said)
    Note.objects.filter(pk=row.pk).update(needs=row.needs & ~EVERY | HANDLING[kept.why])
    return safety.open_withholding(entry=row.pk, said=kept, written_by=row.author, by=by, anchor=row.registration)


def let_go(*, note: str, by: Access) -> int:
    """A section that was withheld is in the person's own view again, with what it was put right to since; returns how
    many rows that were. Only ever inside the act by which somebody else decided so."""
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is shown again inside the act that decides it.")
    row = Note.objects.filter(pk=note).first()
    if row is None:
        return 0
    same = Note.objects.filter(contact=row.contact_id, heading=row.heading)
    return same.update(needs=F("needs").bitand(~EVERY))
