"""What the reader's service promised its partners."""

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import agreements
from alongside.definitions.agreements import Agreement
from alongside.organisations import queries as organisations
from alongside.web.remembered import Remembered

_agreements = Remembered[Agreement]()


def agreement(*, access: Access) -> Agreement:
    """The agreement of the partnership that the reader's service belongs to."""
    kept = _agreements.get(access.service)
    if kept is None:
        kept = agreements.agreement(organisations.place(access.service, access=access).agreement)
        _agreements.keep({access.service: kept})
    return kept


def not_agreed(access: Access) -> str:
    """What stands beside the times on a page while nobody has signed them; empty once both services have."""
    if agreement(access=access).status == "signed":
        return ""
    return _("These times are placeholders: your services have not agreed them yet.")
