"""The demonstration's sign-ins, to be chosen without a password. In a real installation the page does not exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.web.accounts import hats
from alongside.web.accounts.backend import Backend
from alongside.web.accounts.hats import role_words
from alongside.web.pages import demonstration_only, show


@dataclass(frozen=True)
class Persona:
    """Somebody to be."""

    assignment: str
    user: str
    name: str
    role: str
    service: str


@require_http_methods(["GET", "HEAD", "POST"])
@demonstration_only
def personas(request: HttpRequest) -> HttpResponse:
    """Every sign-in by service; one click is a sign-in."""
    everybody = list(_everybody())
    if request.method == "POST":
        return _be(request, next((one for one in everybody if one.assignment == request.POST.get("who")), None))
    services = [(name, list(group)) for name, group in groupby(everybody, key=attrgetter("service"))]
    return show(request, "account/personas.jinja", services=services)


def _be(request: HttpRequest, persona: Persona | None) -> HttpResponse:
    user = Backend().get_user(persona.user) if persona else None
    if persona is None or user is None:
        raise NotThere
    logout(request)  # nothing of whoever one was before
    login(request, user)
    request.session[hats.WORN] = persona.assignment
    return redirect("own" if hats.is_own(user) else "home")


def _everybody() -> Iterator[Persona]:
    for service in _services():
        access = Access.system("personas", service.id)
        for row in organisations.assigned(service.id, access=access):
            yield Persona(
                assignment=row.pk,
                user=row.practitioner.user.pk,
                name=row.practitioner.name,
                role=role_words(row.role),
                service=service.name,
            )
    theirs = role_words("person")
    for sign_in, user, name in people.signed_up(access=Access.system("personas")):
        yield Persona(sign_in, user, name, theirs, _("People in treatment"))


def _services() -> list[organisations.Place]:
    """Those open to the public, and their partners."""
    opened = organisations.open_services(access=Access.system("personas"))
    found = {service.id: service for service in opened}
    for service in opened:
        partners = organisations.partners(access=Access.system("personas", service.id))
        found.update({partner.id: partner for partner in partners})
    return sorted(found.values(), key=attrgetter("name"))
