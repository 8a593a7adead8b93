"""Where one can go from a person: the pages about them, and what can be added."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.web.subject import Subject


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    href: str
    here: bool = False


@cache
def _leads_somewhere(name: str) -> bool:
    try:
        reverse(name, args=["reg"])
    except NoReverseMatch:
        return False
    return True


def address(name: str, registration: str) -> str:
    """Where a page about a registration is; empty where it does not exist."""
    return reverse(name, args=[registration]) if _leads_somewhere(name) else ""


def tabs(subject: Subject, here: str) -> list[Place]:
    """The pages about a person, the same for everybody; what one may not see there, its page leaves out."""
    registration = subject.own or subject.registration
    named = (
        ("person", _("Now")),
        ("person-contacts", _("Contacts")),
        ("person-measures", _("Measures")),
        ("plan", _("Plan")),
        ("person-consultations", _("Consultations")),
        ("person-sharing", _("Sharing")),
        ("person-referrals", _("Referrals")),
    )
    places = (Place(label, address(name, registration), name == here) for name, label in named)
    return [place for place in places if place.href]


def to_add(subject: Subject, access: Access) -> list[Place]:
    """What this reader may add about somebody of their own service."""
    if not subject.own:
        return []
    return [Place(label, href) for label, href in _to_add(subject.own, access) if href]


def _to_add(own: str, access: Access) -> Iterator[tuple[str, str]]:
    if access.may("care"):
        yield _("A contact that took place"), address("contact-record", own)
    if access.may("care") or access.may("book"):
        yield _("A contact to come"), address("contact-plan", own)
    if access.may("care"):
        yield _("A measure or days of use"), address("measures-record", own)
    if access.may("consult"):
        yield _("A question to the other team"), address("consultation-ask", own)
    if access.may("care"):
        yield _("A goal"), address("goal-new", own)
        yield _("An action of the plan"), address("action-new", own)
    if access.may("refer"):
        yield _("A referral"), address("referral-new", own)
    if access.may("care"):
        yield _("A discharge"), address("discharge", own)
