"""Other purposes than care: what stands, one consent for one purpose to one recipient, and taking one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consent import queries, rules
from alongside.consent.queries import Agreed
from alongside.definitions import policy
from alongside.definitions.consents import ForItself, for_themselves
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.consents import present, purposes, read_back, recipients
from alongside.web.consents.forms import Withdraw, taking_back
from alongside.web.consents.purposes_form import ForPurpose
from alongside.web.consents.renewing import Standing, as_entered, version
from alongside.web.consents.stopped import by_another_click, done_before
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt, done


@page(purpose="direct_care", acts=("consent",), methods=("GET",))
def others(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    live = _live(about, access)
    found = purposes.standing(live, naming.names(present.everybody(live), access=access))
    asked = for_themselves(_pack(access)).values()
    return show(
        request,
        "consents/purposes.jinja",
        person=about.person,
        about=about,
        partners=organisations.partners(access=access),
        asked=[(one, purposes.is_read(one), [each for each in found if each.is_for(one)]) for one in asked],
    )


@page(purpose="direct_care", acts=("consent",))
def other(request: HttpRequest, registration: str, purpose: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    asked = for_themselves(_pack(access)).get(purpose)
    if asked is None:
        raise NotThere
    form = _form(request, about, asked)
    said = _said(form, access)
    read = read_back.mark_of(about.mine, form.made(), said) if said else ""
    if said and read_back.was_read(request, read) and _saved(request, form, about):
        return redirect("sharing-purposes", about.mine)
    return show(
        request,
        "consents/purpose.jinja",
        form=form,
        person=about.person,
        about=about,
        asked=asked,
        sentence="" if form.errors else said,  # what was refused is put right first
        read=read,
    )


def _form(request: HttpRequest, about: Subject, asked: ForItself) -> ForPurpose:
    access = request.access
    wanted = request.GET.get("with", "")
    stands = _of(asked, _live(about, access))
    before = next((one for one in stands if one.recipient == wanted), None)
    entered = as_entered(Standing(before.recipient, before, None)) if before else {}
    entered["kinds"] = policy.category_keys(before.categories) if before else []
    return ForPurpose(
        request.POST or None,
        asked=asked,
        offered=recipients.services(access),
        part2=organisations.place(access.service, access=access).part2,
        initial=entered | {"recipient": wanted, "witness": access.name},
        version=version(stands),
    )


def _said(form: ForPurpose, access: Access) -> str:
    """What is read back; empty where something is missing, which then stands beside its field."""
    if not form.is_bound or not form.is_valid():
        return ""
    made = form.made()
    complete = done(form, lambda: rules.check(made, clock.now(), _pack(access)))
    return purposes.sentence(form.recipient_name(), made, _(form.about.words)) if complete else ""


def _saved(request: HttpRequest, form: ForPurpose, about: Subject) -> bool:
    stands = reverse("sharing-purposes", args=[about.mine])
    said = _("Saved, for this purpose alone. What else is agreed stands as it was.")
    return read_back.saved(request, form, form.made(), about, stands=stands, said=said)


@page(purpose="direct_care", acts=("consent",))
def stop(request: HttpRequest, registration: str, consent: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = next((one for one in _live(about, access) if one.id == consent), None)
    stands = reverse("sharing-purposes", args=[about.mine])
    if found is None:
        return done_before(request, about.mine, consent, stands)
    form = taking_back(request)
    if attempt(form, lambda: _stop(found, form, access)):
        messages.success(request, _("Stopped, from this moment. What else is agreed stands as it was."))
        return redirect(stands)
    if again := by_another_click(request, form, about.mine, consent, stands):
        return again
    [shown] = purposes.standing([found], naming.names(present.everybody([found]), access=access))
    return show(request, "consents/purpose_stop.jinja", form=form, person=about.person, about=about, one=shown)


def _stop(found: Agreed, form: Withdraw, access: Access) -> str:
    actions.withdraw(consent_id=found.id, reason=form.cleaned_data["reason"], how=form.how(), by=access)
    return found.id


def _pack(access: Access) -> str:
    return allowed.pack_of(access.service, access=access)


def _live(about: Subject, access: Access) -> list[Agreed]:
    """The consents in force that are each for a purpose of its own."""
    return [one for one in queries.current(about.mine, access=access) if rules.for_itself(one.said)]


def _of(asked: ForItself, live: list[Agreed]) -> list[Agreed]:
    shown = {one.id for one in purposes.standing(live, {}) if one.is_for(asked)}
    return [one for one in live if one.id in shown]
