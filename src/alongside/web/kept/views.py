"""Keeping a registration to a few by name, and no longer: for whoever oversees privacy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.journey import queries as journeys
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.people import queries
from alongside.people.queries import Kept
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.kept.forms import Keep, Lift
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import done


@dataclass(frozen=True, slots=True)
class Line:
    """One change: to whom it was kept, or that it was lifted."""

    what: str
    reason: str
    at: datetime
    by: str


@page(purpose="legal", acts=("oversee",), methods=("GET",))
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody of the service who is kept to a few now."""
    access = request.access
    found = queries.kept(access=access)
    about = queries.headers([one.registration for one in found], access=access)
    known = naming.names({id_ for one in found for id_ in (one.by, one.keeper, *one.named)}, access=access)
    rows = [
        (about[one.registration].name, reverse("person-kept", args=[one.registration]), _line(one, known))
        for one in found
        if one.registration in about
    ]
    return show(request, "kept/list.jinja", people=rows)


@page(purpose="legal", acts=("oversee",))
def kept(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    past = queries.kept_of(about.mine, access=access)
    colleagues = organisations.colleagues(access.service, access=access)
    form = Keep(
        request.POST or None,
        colleagues=[(one.id, f"{one.name}") for one in colleagues],
        initial=_initial(about, past, access),
    )
    if form.is_bound and done(form, lambda: _keep(form, about, access)):
        messages.success(request, _("Saved. To everybody else of your service the person is not there from now on."))
        return redirect("person-kept", about.mine)
    known = naming.names({id_ for one in past for id_ in (one.by, one.keeper, *one.named)}, access=access)
    return show(
        request,
        "kept/kept.jinja",
        person=about.person,
        about=about,
        standing=past[0] if past and past[0].restricted else None,
        lines=[_line(one, known) for one in past],
        form=form,
    )


def _initial(about: Subject, past: Sequence[Kept], access: Access) -> dict[str, object]:
    """Those it is kept to, or else whoever treats them."""
    if past and past[0].restricted:
        return {"named": list(past[0].named), "keeper": past[0].keeper, "reason": past[0].reason}
    stay = journeys.open_episode(about.mine, access=access)
    treats = stay.practitioner if stay else ""
    return {"named": [treats], "keeper": treats} if treats else {}


def _keep(form: Keep, about: Subject, access: Access) -> None:
    actions.restrict(registration=about.mine, by=access, **form.values)


def _line(one: Kept, known: Mapping[str, str]) -> Line:
    if not one.restricted:
        return Line(_("Lifted"), one.reason, one.at, known.get(one.by, ""))
    names = ", ".join(known.get(name, "") for name in one.named)
    said = _("Kept to %(names)s; what would be the team's goes to %(keeper)s")
    what = said % {"names": names, "keeper": known.get(one.keeper, "")}
    return Line(what, one.reason, one.at, known.get(one.by, ""))


@page(purpose="legal", acts=("oversee",))
def lift(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    past = queries.kept_of(about.mine, access=access)
    if not (past and past[0].restricted):
        raise NotThere
    form = Lift(request.POST or None)
    if form.is_bound and done(form, lambda: _lift(form, about, access)):
        messages.success(request, _("Saved. Your service finds the person again, as it finds everybody."))
        return redirect("person-kept", about.mine)
    return show(request, "kept/lift.jinja", person=about.person, about=about, form=form)


def _lift(form: Lift, about: Subject, access: Access) -> None:
    actions.lift_restriction(registration=about.mine, reason=form.cleaned_data["reason"], by=access)
