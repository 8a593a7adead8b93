"""Who holds somebody's treatment, and that the whole of it was looked at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access.context import Access
from alongside.journey import actions
from alongside.organisations import queries as organisations
from alongside.web import agreed, words
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.people.forms import TakenOn
from alongside.web.subject import subject
from alongside.web.trying import attempt, done


@page(purpose="direct_care", acts=("care",))
def reviewed(request: HttpRequest, registration: str, about: str) -> HttpResponse:
    access = request.access
    form = Form(request.POST or None)  # nothing to fill in: looking is the act
    weeks = agreed.agreement(access=access).review.weeks
    again = ngettext("The next review is in %(weeks)d week.", "The next review is in %(weeks)d weeks.", weeks)
    again %= {"weeks": weeks}
    if form.is_bound and done(form, lambda: actions.reviewed(about=about, by=access)):
        messages.success(request, _("Reviewed.") + " " + again)
        return redirect("person", registration)
    title = words.task("journey", "review", about)
    said = _("Look at the time line, the plan and the open questions on the page about them, then say so here.")
    return _ask(request, registration, form, title, f"{said} {again}", _("I have looked at it all"))


@page(purpose="direct_care", acts=("triage",))
def allocate(request: HttpRequest, registration: str, episode: str) -> HttpResponse:
    access = request.access
    colleagues = organisations.colleagues(access.service, access=access)
    form = TakenOn(request.POST or None, colleagues=colleagues, me=access.actor)
    if form.is_bound and attempt(form, lambda: _allocate(form, episode, access)):
        name = dict(form.fields["practitioner"].choices)[form.cleaned_data["practitioner"]]
        messages.success(request, _("%(name)s holds them now, and finds them on their caseload.") % {"name": name})
        return redirect("person", registration)
    said = _("Until somebody takes them on, your team holds them.")
    return _ask(request, registration, form, _("Who takes them on?"), said, _("Save"))


def _allocate(form: TakenOn, episode: str, access: Access) -> str:
    actions.allocate(episode=episode, practitioner=form.cleaned_data["practitioner"], by=access)
    return episode


def _ask(request: HttpRequest, registration: str, form: Form, title: str, said: str, submit: str) -> HttpResponse:
    who = subject(registration, access=request.access)
    context = {"person": who.person, "subject": who, "form": form, "title": title, "said": said, "submit": submit}
    return show(request, "people/holding.jinja", **context)
