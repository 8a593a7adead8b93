"""Referring one of our own people to another service, and taking that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import agreements
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.organisations.rules import ServiceKind
from alongside.referral import actions as referrals
from alongside.referral import queries
from alongside.referral.queries import Sent
from alongside.sharing import actions as sharing
from alongside.web import agreed, times
from alongside.web.consents.forms import choice
from alongside.web.pages import page, show
from alongside.web.referrals.forms import Confirm, Refer
from alongside.web.referrals.staying import stays
from alongside.web.referrals.young import young
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt

TREAT = {ServiceKind.TALKING_THERAPIES, ServiceKind.SUBSTANCE_USE, ServiceKind.MENTAL_HEALTH}


@page(purpose="direct_care", acts=("refer",))
def refer(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    there = [place for place in organisations.partners(access=access) if place.kind in TREAT]
    form = _form(request, about, there)
    made = attempt(form, lambda: _send(form, about, access))
    if made:
        messages.success(request, _what_happens_next(made, about, there, access))
        return redirect("person-referrals", about.mine)
    return show(
        request,
        "referrals/refer.jinja",
        form=form,
        person=about.person,
        about=about,
        there=there,
        stays=stays(about, there, access),
    )


def _form(request: HttpRequest, about: Subject, there: list[Place]) -> Refer:
    agreement = agreements.agreement(there[0].agreement) if there else agreements.agreements()[0]
    pathway = organisations.pathway_of(request.access.service, access=request.access)
    initial = {"witness": request.access.name}
    part2 = organisations.place(request.access.service, access=request.access).part2
    asked = {"to": there, "agreement": agreement, "pathway": pathway, "part2": part2}
    asked["young"] = young(about, request.access)
    return Refer(request.POST or None, initial=initial, **asked)


def _send(form: Refer, about: Subject, access: Access) -> str:
    to = form.cleaned_data["to"]
    return sharing.refer(
        registration=about.mine,
        to=to,
        wording=form.wording,
        choice=choice(form, to, form.mask("share"), **form.signed()),
        carried=form.carried,
        submission=form.submission,
        by=access,
    )


def _what_happens_next(made: str, about: Subject, there: list[Place], access: Access) -> str:
    sent = _one(made, about, access)
    name = next((place.name for place in there if place.id == sent.to), "")
    told = _("Sent to %(service)s. They decide by %(due)s, and you hear it here. Until then %(person)s is with you.")
    said = told % {"service": name, "due": times.moment(sent.due_at), "person": about.person.name}
    return f"{said} {agreed.not_agreed(access)}".rstrip()


def _one(referral: str, about: Subject, access: Access) -> Sent:
    found = queries.sent(access=access, registrations=[about.mine])
    sent = next((one for one in found if one.id == referral), None)
    if sent is None:
        raise NotThere
    return sent


@page(purpose="direct_care", acts=("refer",))
def take_back(request: HttpRequest, registration: str, referral: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    sent = _one(referral, about, access)
    form = Confirm(request.POST or None)
    if attempt(form, lambda: referrals.withdraw(referral=referral, by=access) or referral):
        messages.success(request, _("The referral was taken back. Nobody has to decide it any more."))
        return redirect("person-referrals", about.mine)
    return show(request, "referrals/take_back.jinja", form=form, person=about.person, about=about, sent=sent)
