"""Looking in an emergency: the form that is always there, what is open now, and the reviews."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.safety import actions as safety
from alongside.safety import queries
from alongside.safety.queries import Look
from alongside.safety.rules import asked_to_document, most_in_an_hour
from alongside.sharing import actions
from alongside.sharing import queries as sharing
from alongside.web import naming
from alongside.web.consents.present import kinds
from alongside.web.emergencies import present
from alongside.web.emergencies.forms import Declare, Reviewed
from alongside.web.pages import page, show
from alongside.web.trying import attempt, done


@page(purpose="direct_care")
def declare(request: HttpRequest) -> HttpResponse:
    """The form. What is found is told nowhere here: the answer is the same whoever exists."""
    access = request.access
    documented = asked_to_document(access.jurisdiction)
    form = Declare(
        request.POST or None, user=request.user, documented=documented, initial=_initial(access) if documented else {}
    )
    if attempt(form, lambda: _look(form, access)):
        return redirect("emergency-open")
    return show(request, "emergencies/declare.jinja", form=form, documented=documented)


def _initial(access: Access) -> dict[str, str]:
    place = organisations.place(access.service, access=access)
    return {"medical_name": access.name, "affiliation": place.name, "disclosed_by": access.name}


def _look(form: Declare, access: Access) -> str:
    return actions.look_in_emergency(typed=form.typed(), why=form.why(), submission=form.submission, by=access)


@page(purpose="direct_care", methods=("GET",))
def opened(request: HttpRequest) -> HttpResponse:
    """What is open to the reader in an emergency now."""
    access = request.access
    looks = queries.mine(access=access)
    found = people.headers([one.registration for one in looks], access=access)
    known = naming.names((one.service for one in found.values()), access=access)
    return show(request, "emergencies/open.jinja", looks=present.opened(looks, found, known))


@page(purpose="direct_care", methods=("POST",))
def end(request: HttpRequest, look: str) -> HttpResponse:
    actions.end_look(attempt=look, by=request.access)
    messages.success(request, _("Ended. From this moment it is open to you no longer."))
    return redirect("emergency-open")


@page(purpose="legal", acts=("oversee",), methods=("GET",))
def looks(request: HttpRequest) -> HttpResponse:
    access = request.access
    found = queries.looks_at_ours(access=access)
    often = queries.often(access=access)
    known = naming.names(_everybody([*found, *often]), access=access)
    return show(
        request,
        "emergencies/looks.jinja",
        often=[(one.at, present.reader(one, known)) for one in often],
        most=most_in_an_hour(),
        waiting=present.lines((one for one in found if not one.settled), known),
        settled=present.lines((one for one in found if one.settled), known),
    )


@page(purpose="legal", acts=("oversee",))
def look(request: HttpRequest, look: str) -> HttpResponse:
    access = request.access
    found = queries.look(look, access=access)
    form = Reviewed(request.POST or None)
    if form.is_bound and done(form, lambda: _review(form, found, access)):
        messages.success(request, _("Saved. It stands with the look and cannot be changed."))
        return redirect("emergency-look", found.id)
    known = naming.names(_everybody([found]), access=access)
    seen = sharing.shown_in(found, access=access) if found.found else None
    return show(
        request,
        "emergencies/look.jinja",
        look=found,
        state=present.state(found),
        facts=present.facts(found, known),
        known=known,
        verdicts=present.VERDICTS,
        seen=[(one.at, kinds(one.kinds)) for one in seen.shown] if seen else [],
        person=None,
        about=seen.about if seen else None,
        mine=found.reader == access.actor,
        own_staff=found.reader_service == access.service,
        kept=queries.withheld([found.id], access=access).get(found.id) if found.found else None,
        form=form,
    )


@page(purpose="legal", acts=("oversee",), methods=("POST",))
def shut(request: HttpRequest, look: str) -> HttpResponse:
    actions.shut_look(look=look, by=request.access)
    messages.success(request, _("Ended. What they had open by it is closed to them from this moment; review it now."))
    return redirect("emergency-look", look)


def _review(form: Reviewed, found: Look, access: Access) -> None:
    entered = form.cleaned_data
    safety.review_look(look=found.id, verdict=entered["verdict"], words=entered["words"], by=access)


def _everybody(looks: Iterable[Look]) -> set[str]:
    found = list(looks)
    return {id_ for one in found for id_ in (one.reader, one.reader_service, *(each.by for each in one.reviews))}
