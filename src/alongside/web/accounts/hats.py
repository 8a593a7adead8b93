"""In which of their roles somebody is here. A hat is chosen at sign-in or in the account; what it allows is read
afresh at each request, so that a role that ended is not there a second later.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.people.queries import OwnRecord
from alongside.web import typed

WORN = "role"  # the role assignment, in the session
NAMED = "role_named"  # what to call its service, so that no page asks for it again


@dataclass(frozen=True)
class Account:
    """Who is signed in, for the header. Role and service are empty for somebody without a role."""

    name: str
    role: str
    service: str


@dataclass(frozen=True)
class Hat:
    """One role that somebody may be here in."""

    assignment: str
    role: str
    service: str


def access_of(request: HttpRequest, purpose: str | None = None) -> Access:
    """The reader's Access for this request; raises `NotAllowed` where no live role includes the purpose."""
    user: Any = request.user  # never the anonymous one: pages ask for a sign-in first
    worn = request.session.get(WORN)
    if is_own(user):
        found = people.own_access(user.pk, worn, access=Access.public())
        return found.for_purpose(purpose) if purpose else found
    return organisations.access_for(user, worn, purpose)


def is_own(user: Any) -> bool:
    """Whether somebody signs in to a record of their own, and not to work."""
    return user.is_authenticated and user.practitioner_id is None


def reader(request: HttpRequest) -> Access | None:
    """The Access of whoever is signed in, for what stands around the page; None for nobody or for nobody's role."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    hung = vars(request)  # Django's request takes along what is hung on it
    if "access" not in hung:
        try:
            hung["access"] = access_of(request)
        except NotAllowed:
            hung["access"] = None
    found: Access | None = hung["access"]
    return found


def account(request: HttpRequest) -> Account | None:
    """Whom the header names, or nobody."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    access = reader(request)
    if access is None:
        return Account(str(request.user), "", "")
    role = _("Your record") if access.own_registration else role_words(access.role)
    return Account(access.name, role, _service_name(request, access))


def hats(request: HttpRequest) -> list[Hat]:
    """Every role that the signed-in human may choose."""
    try:
        access = access_of(request)
    except NotAllowed:
        return []
    user: Any = request.user
    if is_own(user):
        return [
            Hat(one.id, role_words("proxy" if one.proxy else "person"), one.service_name) for one in _own(user, access)
        ]
    rows = organisations.roles_of(access.actor, access=access)
    return [Hat(assignment, role_words(role), service) for assignment, role, service in rows]


def _own(user: Any, access: Access) -> list[OwnRecord]:
    return people.own_records(user.pk, access=access)


def first_page(request: HttpRequest) -> str:
    """Where whoever is signed in begins: at work, at their own record, or at that of whom they look for."""
    if not is_own(request.user):
        return "home"
    try:
        return "own-behalf" if access_of(request).behalf_registration else "own"
    except NotAllowed:
        return "own"


def wear(request: HttpRequest, assignment: str) -> None:
    """Be here in another of one's own roles; anybody else's is not there."""
    if assignment not in {hat.assignment for hat in hats(request)}:
        raise NotThere
    request.session[WORN] = assignment
    request.session.pop(NAMED, None)
    typed.forget(request)


def role_words(role: str) -> str:
    return _(policy.roles()[role].words)


def _service_name(request: HttpRequest, access: Access) -> str:
    known = request.session.get(NAMED)
    if not known or known[0] != access.service:
        known = [access.service, organisations.place(access.service, access=access).name]
        request.session[NAMED] = known
    return str(known[1])
