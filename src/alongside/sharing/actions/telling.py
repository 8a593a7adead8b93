"""Telling without the person's consent, and keeping an entry from their own view."""

from django.db import transaction

from alongside.access.context import Access
from alongside.contacts import actions as contacts
from alongside.kernel.ids import is_id
from alongside.safety import actions as safety
from alongside.safety.rules import Push, Withheld


@transaction.atomic
def disclose(
    *, registration: str, push: Push, by: Access, submission: str = "", withheld: Withheld | None = None
) -> str:
    """Tell somebody without the person's consent, and keep that from the person from the first moment where it has to
    be; returns the disclosure's id. It opens nothing to anybody: whoever is told has a copy, or heard it."""
    made = safety.disclose(registration=registration, push=push, by=by, submission=submission, withheld=withheld)
    if withheld:
        safety.withhold_disclosure(disclosure=made, said=withheld, by=by)
    return made


@transaction.atomic
def withhold(*, entry: str, said: Withheld, by: Access) -> str:
    """Keep an entry (its id) from the person's own view until somebody else has decided; returns the withholding."""
    if is_id(entry, "dwc"):
        return safety.withhold_disclosure(disclosure=entry, said=said, by=by)
    if is_id(entry, "drc"):
        return safety.withhold_received(received=entry, said=said, by=by)
    if is_id(entry, "bgl"):
        return safety.withhold_look(look=entry, said=said, by=by)
    return contacts.withhold_note(note=entry, said=said, by=by)


@transaction.atomic
def review_withheld(*, withholding: str, upheld: bool, by: Access) -> None:
    """Decide about an entry that somebody else withheld; not upheld, the person sees it from now on."""
    entry = safety.review(withholding=withholding, upheld=upheld, by=by)
    if not upheld:
        contacts.let_go(note=entry, by=by)
