"""Putting right who somebody is."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.people import actions, queries
from alongside.web.pages import page, show
from alongside.web.people.forms import WhoTheyAre
from alongside.web.subject import subject
from alongside.web.trying import attempt


@page(purpose="direct_care", acts=("correct",))
def correct(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    before, version = queries.identity(who.mine, access=access)
    form = WhoTheyAre(request.POST or None, version=version, initial=asdict(before))
    if form.is_bound and attempt(form, lambda: _save(form, before, who.mine, request), stands=request.path):
        messages.success(request, _("The details are put right. Everybody who opens this person sees the new ones."))
        return redirect("person", who.mine)
    return show(request, "people/identity.jinja", person=who.person, subject=who, form=form)


def _save(form: WhoTheyAre, before, registration: str, request: HttpRequest) -> str:
    shown = str(form.cleaned_data["version"])
    version = int(shown) if shown.isdigit() else 0  # a page without its version is a stale one
    actions.correct_identity(
        registration=registration, identity=form.identity(before), version=version, by=request.access
    )
    return registration
