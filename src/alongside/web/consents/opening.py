"""Taking back a refusal where others stand: what these still close to the same recipient."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.web import naming
from alongside.web.consents import present, recipients
from alongside.web.consents.recipients import Placed


def still_closed(refused: Agreed, *, access: Access) -> list[str]:
    """A sentence for each other refusal to the same recipient, to what it is part of, or to somebody who is part of it;
    also after the refusal itself was taken back."""
    live = queries.in_force(refused.registration, access=access)
    others = [one for one in live if one.refuses and one.id != refused.id]
    if not others:
        return []
    placed = recipients.placed([refused, *others], access)
    about = [one for one in others if _is_about(one.recipient, refused.recipient, placed)]
    names = naming.names(present.everybody(about), access=access) | placed.called
    return [present.closed_to(_closed(present.recipient_name(one, names), one)) for one in about]


def _closed(name: str, one: Agreed) -> present.ClosedTo:
    return present.ClosedTo(name or _("somebody they named"), present.kinds_closed(one))


def _is_about(one: str, other: str, placed: Placed) -> bool:
    return one == other or one in placed.within.get(other, ()) or other in placed.within.get(one, ())


def said(closed: Sequence[str]) -> str:
    """What the page says once it is taken back."""
    if not closed:
        return _("Saved. It is no longer closed to them. They see what is agreed, and nothing else.")
    return " ".join([_("Saved. This no is taken back, and another stands."), *closed])
