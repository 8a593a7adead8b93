"""What is agreed by name with teams and people of a service: a choice about the whole service leaves it as it is."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle, Mask
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.consent.rules import for_itself
from alongside.kernel.periods import Period
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.web.consents import recipients
from alongside.web.consents.present import kinds, what

CARE = "direct_care"
Finer = list[tuple[str, Agreed]]  # what to call them, and what is agreed with them


def beside(places: Sequence[Place], live: Iterable[Agreed], *, access: Access) -> Finer:
    """What is agreed with a team of some services, or with somebody who works there, unless all of it is closed to them
    or to their service."""
    held = list(live)
    named = [one for one in held if not one.refuses and one.categories and _by_name(one.recipient)]
    if not named:
        return []
    called = dict([*recipients.teams(places, access), *recipients.people(places, access)])
    there = [Handle.service(one.id) for one in places]
    opened = (one for one in named if one.recipient in called)
    return [(called[one.recipient], one) for one in opened if one.categories & ~_closed(held, [*there, one.recipient])]


def _closed(live: Iterable[Agreed], handles: Collection[str]) -> Mask:
    """What refusals that hold for all time and leave nothing out close to some handles."""
    closed = 0
    for one in live:
        whole = one.refuses and one.purpose == CARE and one.said.data == Period() and not one.said.exceptions
        closed |= one.categories if whole and one.recipient in handles else 0
    return closed


def of_service(registration: str, handle: str, *, access: Access) -> Finer:
    """What is agreed by name with somebody of one service of the partnership (a handle)."""
    there = [one for one in organisations.partners(access=access) if Handle.service(one.id) == handle]
    return beside(there, queries.in_force(registration, access=access), access=access) if there else []


def besides(registration: str, handle: str, live: Iterable[Agreed], *, access: Access) -> list[str]:
    """What stays open besides where a service sees nothing: by name and by consents for themselves, a sentence each."""
    return [*said(of_service(registration, handle, access=access)), *for_themselves(handle, live)]


def said(found: Finer) -> list[str]:
    """A sentence each."""
    opened = _("By name this stays open to %(who)s: %(kinds)s.")
    return [opened % {"who": who, "kinds": "; ".join(kinds(one.categories))} for who, one in found]


def for_themselves(handle: str, live: Iterable[Agreed]) -> list[str]:
    """What stands with a recipient by consents that are each for itself, a sentence each."""
    held = list(live)
    stands = _("What was agreed for itself stands: %(what)s (%(kinds)s).")
    return [
        stands % {"what": what(one), "kinds": "; ".join(kinds(one.categories))}
        for one in held
        if one.recipient == handle and for_itself(one.said) and one.categories & ~_closed(held, [handle])
    ]


def ending(handle: str, live: Iterable[Agreed]) -> list[str]:
    """What else ends where somebody stops sharing with a recipient: the evaluation, and what was agreed for itself."""
    return [
        f"{what(one)} ({'; '.join(kinds(one.categories))})"
        for one in live
        if one.recipient == handle and one.categories and not one.refuses and (one.purpose != CARE or one.said.apart)
    ]


def offered(found: Finer) -> list[tuple[str, str]]:
    """(handle, what to call them and what they may see): to be ended in the same breath."""
    return list({one.recipient: f"{who}: {'; '.join(kinds(one.categories))}" for who, one in found}.items())


def _by_name(recipient: str) -> bool:
    return Handle.kind(recipient) in ("team", "practitioner")
