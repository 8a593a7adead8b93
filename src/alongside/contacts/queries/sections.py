"""The note of a contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.contacts import models, notes
from alongside.contacts.models import Note
from alongside.contacts.rules import Heading
from alongside.kernel.errors import NotThere
from alongside.safety.rules import HANDLING

HELD_BACK = sum(HANDLING.values())


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a note. `text` is empty and `readable` false where no key of this installation opens it."""

    id: str
    heading: Heading
    text: str
    readable: bool
    author: str
    recorded_at: datetime
    stands: bool = True  # false where it was put right
    withheld: bool = False  # from the person's own view


def note(contact: str, *, access: Access) -> list[Section]:
    """The note of a contact (any id it ever had), opened, in the order of the headings; empty where there is none or
    the reader may not see it."""
    same = models.Contact.objects.filter(pk=contact).values("entry")
    found = [_section(row) for row in allowed.show(access, Note.objects.filter(contact__in=same).order_by("pk"))]
    return sorted(found, key=lambda section: list(Heading).index(section.heading))


def headings(registrations: Sequence[str], *, access: Access) -> list[tuple[datetime, Heading]]:
    """Of what time each section of these registrations' notes is, and its heading; none of their words is opened."""
    rows = allowed.show(access, Note.objects.filter(registration__in=registrations).order_by("-occurred_at", "pk"))
    return [(row.occurred_at, Heading(row.heading)) for row in rows]


def contact_of_note(note: str, *, access: Access) -> str:
    """The contact, as it stands, that a section belongs to; `NotThere` where there is none or it is closed."""
    row = allowed.show_one_with_superseded(access, Note.objects.filter(pk=note))
    rows = allowed.show(access, models.Contact.objects.filter(entry=row.contact_id))
    if not rows:
        raise NotThere()
    return rows[0].pk


def section_to_correct(note: str, *, contact: str, access: Access) -> Section:
    """One section of a contact's note for the page that puts it right, of the reader's own service, as it is or was;
    `NotThere` where there is none or it is closed."""
    entry = models.Contact.objects.filter(pk=contact).values("entry")
    own = Note.objects.filter(pk=note, contact__in=entry, service=access.service)
    return _section(allowed.show_one_with_superseded(access, own))


def _section(row: Note) -> Section:
    try:
        text, readable = notes.unseal(row.text, row.pk), True
    except notes.Unreadable:
        text, readable = "", False
    stands, withheld = not row.superseded_by, bool(row.needs & HELD_BACK)
    return Section(row.pk, Heading(row.heading), text, readable, row.author, row.recorded_at, stands, withheld)
