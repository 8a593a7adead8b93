"""Accepting, declining, and telling the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.organisations import queries as organisations
from alongside.referral import actions as referrals
from alongside.referral import queries
from alongside.referral.queries import Received
from alongside.sharing import actions as sharing
from alongside.sharing.actions import Accepted
from alongside.web.accounts import hats
from alongside.web.consents.forms import choice
from alongside.web.pages import page, show
from alongside.web.referrals.forms import Accept, AcceptAndSign, Confirm, Decline
from alongside.web.referrals.present import compared
from alongside.web.referrals.views import detail
from alongside.web.referrals.young import young
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt


@page(purpose="direct_care", acts=("triage",))
def accept(request: HttpRequest, referral: str) -> HttpResponse:
    access = request.access
    found = queries.received(referral, access=access)
    about = subject(found.registration, access=access)
    form = _accept_form(request, found, about)
    made = attempt(form, lambda: _accept(form, found, access))
    if made:
        messages.success(request, _accepted(found, about, form))
        return redirect("referral", referral)
    return show(
        request, "referrals/accept.jinja", form=form, person=about.person, about=about, page=detail(found, access)
    )


def _accept_form(request: HttpRequest, found: Received, about: Subject) -> Accept:
    there = organisations.colleagues(request.access.service, access=request.access)
    roles = {one.role: hats.role_words(one.role) for one in there}
    initial = {"practitioner": request.access.actor, "witness": request.access.name}
    asked = {
        "part2": organisations.place(request.access.service, access=request.access).part2,
        "young": young(about, request.access),
    }
    signs = found.share_back and any(asked.values())
    form = AcceptAndSign if found.arm and signs else Accept
    more = asked if form is AcceptAndSign else {}
    return form(request.POST or None, initial=initial, colleagues=there, team=not found.arm, roles=roles, **more)


def _accept(form: Accept, found: Received, access: Access) -> Accepted:
    back = None
    if isinstance(form, AcceptAndSign):
        back = choice(form, Handle.service(found.sender_service), found.share_back, **form.signed())
    return sharing.accept_referral(referral=found.id, practitioner=form.taker, back=back, by=access)


def _accepted(found: Received, about: Subject, form: Accept) -> str:
    chosen = dict(form.fields["practitioner"].choices)[form.cleaned_data["practitioner"]]
    figures = {"person": about.person.name, "who": chosen}
    if found.arm:
        return _("Accepted. %(who)s takes %(person)s on and leads the joint journey. Plan the first contact next.") % (
            figures
        )
    return _("Accepted. %(person)s is now with: %(who)s. Plan the first contact next.") % figures


@page(purpose="direct_care", acts=("triage",))
def decline(request: HttpRequest, referral: str) -> HttpResponse:
    access = request.access
    found = queries.received(referral, access=access)
    about = subject(found.registration, access=access)
    form = Decline(request.POST or None, we_tell=not found.sender_service)
    if attempt(form, lambda: referrals.decline(referral=referral, decision=form.decision, by=access)):
        _say_declined(request, found)
        return redirect("referral", referral)
    return show(
        request, "referrals/decline.jinja", form=form, person=about.person, about=about, page=detail(found, access)
    )


def _say_declined(request: HttpRequest, found: Received) -> None:
    teller = _("whoever referred them") if found.sender_service else _("you")
    messages.success(
        request,
        _("Not accepted. The next step is with %(who)s: to tell the person what was decided and what is offered.")
        % {"who": teller},
    )
    if found.below_threshold:
        messages.warning(request, _("%(compared)s The decision says so.") % {"compared": compared(found)})


@page(purpose="direct_care", acts=("refer",))
def told(request: HttpRequest, registration: str, referral: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    offered = _offered(referral, about, access)
    form = Confirm(request.POST or None)
    if attempt(form, lambda: referrals.told(referral=referral, by=access) or referral):
        messages.success(request, _("Written down: the person was told. This referral is closed."))
        return redirect("person-referrals", about.mine)
    return show(request, "referrals/told.jinja", form=form, person=about.person, about=about, offered=offered)


def _offered(referral: str, about: Subject, access: Access) -> str:
    """What the person is offered instead: from our side of it, as sender or (self-referral) as decider."""
    sent = {one.id: one.offered for one in queries.sent(access=access, registrations=[about.mine])}
    if referral in sent:
        return sent[referral]
    return queries.offered(referral, about.mine, access=access)
