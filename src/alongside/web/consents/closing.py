"""Closing the record to a service, a team or somebody by name, read back to the person before it is saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Effect
from alongside.consent import queries, rules
from alongside.consent.rules import Choice
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web.consents import recipients, saying
from alongside.web.consents.forms import choice
from alongside.web.consents.read_back import mark_of, was_read
from alongside.web.consents.refusing import Refuse
from alongside.web.consents.renewing import seen, version
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt, done, sent_before


@page(purpose="direct_care", acts=("consent",))
def close(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    form = _form(request, about)
    said = _said(form, access)
    read = mark_of(about.mine, _made(form), said) if said else ""
    if said and was_read(request, read) and _saved(request, form, about):
        return redirect("person-sharing", about.mine)
    said = "" if form.errors else said  # what was refused is put right first
    return show(request, "consents/close.jinja", form=form, person=about.person, about=about, sentence=said, read=read)


def _form(request: HttpRequest, about: Subject) -> Refuse:
    access = request.access
    return Refuse(
        request.POST or None,
        offered=recipients.closable(access),
        colleagues=[(one.id, one.name) for one in organisations.colleagues(access.service, access=access)],
        initial={"witness": access.name},
        version=version(one for one in queries.in_force(about.mine, access=access) if one.refuses),
    )


def _made(form: Refuse) -> Choice:
    return choice(form, form.whom, form.closed(), effect=Effect.DENY, hard=form.cleaned_data["hard"])


def _said(form: Refuse, access: Access) -> str:
    """What is read back; empty where something is missing, which then stands beside its field."""
    if not form.is_bound or not form.is_valid():
        return ""
    pack = allowed.pack_of(access.service, access=access)
    if not done(form, lambda: rules.check(_made(form), clock.now(), pack)):
        return ""
    instead = dict(form.fields["to"].choices)[form.cleaned_data["to"]] if form.cleaned_data["to"] else ""
    hard = form.cleaned_data["hard"]
    return saying.closing(form.recipient_name(), form.kinds(), hard=hard, instead=str(instead))


def _saved(request: HttpRequest, form: Refuse, about: Subject) -> bool:
    if not attempt(form, lambda: _refuse(form, about, request.access), stands=_stands(about)):
        return False
    if not sent_before(request, form):
        messages.success(request, _("Saved. From this moment it is closed to them, wherever they work."))
    return True


def _stands(about: Subject) -> str:
    return reverse("person-sharing", args=[about.mine])


def _refuse(form: Refuse, about: Subject, access: Access) -> str:
    made = _made(form)
    once = {"submission": form.submission, "seen": seen(form, made.recipient)}
    return actions.refuse(registration=about.mine, choice=made, to=form.cleaned_data["to"], by=access, **once)
