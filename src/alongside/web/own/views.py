"""The person's first page, who looked at their record, and ending their sign-in."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consent import queries as consents
from alongside.contacts import queries as contacts
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web import naming, ways
from alongside.web.consents import recipients
from alongside.web.consents.folding import folded
from alongside.web.consents.looked import MOST, Asked, lines
from alongside.web.forms import Form
from alongside.web.own import present
from alongside.web.own.less import require_all
from alongside.web.pages import page, show
from alongside.web.trying import done


@page(purpose="own_access", acts=("consent",), methods=("GET",))
def own(request: HttpRequest) -> HttpResponse:
    """What comes next, who treats me, and what others may see."""
    access = request.access
    mine = access.own_registration
    shared = consents.in_force(mine, access=access)
    place = organisations.place(access.service, access=access)
    return show(
        request,
        "own/own.jinja",
        place=place,
        asked=consents.asked_of_me(access=access),
        **care(mine, access),
        whole=ways.shows_all(access),
        shared=present.shared(shared, organisations.partners(access=access), recipients.placed(shared, access)),
    )


def care(registration: str, access: Access) -> dict[str, object]:
    """The meetings that come next and who treats the person, as far as they are open to whoever looks."""
    stays = journeys.episodes([registration], access=access)
    coming = [one for one in contacts.timeline([registration], access=access) if present.is_to_come(one, clock.now())]
    known = naming.names({one.practitioner for one in [*stays, *coming]}, access=access)
    return {"meetings": present.meetings(coming, known), "team": present.team(stays, known)}


@page(purpose="own_access", acts=("consent",), methods=("GET",))
def looked(request: HttpRequest) -> HttpResponse:
    """Who was shown or told what of my record, and why they might, the newest first."""
    access = request.access
    require_all(access)
    asked = Asked(request.GET, pack=allowed.pack_of(access.service, access=access))
    start = (asked.number - 1) * MOST
    found = lines(access.own_registration, asked, access=access, start=start, most=MOST + 1)
    return show(
        request,
        "own/looked.jinja",
        form=asked,
        since=asked.period[0],
        until=asked.period[1] - timedelta(days=1),
        lines=folded(found[:MOST]),
        number=asked.number,
        more=len(found) > MOST,
        query=f"{asked.query}&" if asked.query else "",
    )


@page(purpose="own_access", acts=("consent",))
def end(request: HttpRequest) -> HttpResponse:
    """No sign-in of my own any more: asked once more, because only the service can make a new one."""
    access = request.access
    form = Form(request.POST or None)
    if done(form, lambda: actions.end_sign_in(registration=access.own_registration, by=access)):
        logout(request)
        messages.success(request, _("Your sign-in to that record has ended. Your care goes on as before."))
        return redirect("account_login")
    return show(request, "own/end.jinja", form=form)
