"""How long records are kept, legal holds, and erasing: proposed by whoever oversees privacy, decided by a second."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.people import actions as holding
from alongside.people import queries as people
from alongside.sharing import actions, queries
from alongside.web import naming
from alongside.web.erasing import present
from alongside.web.erasing.forms import Decide, Propose, Why
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt, done

BOTH = ("oversee", "lead")


@page(purpose="legal", acts=("oversee",), methods=("GET",))
def everybody(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what is held, and whose period is over: of the own service."""
    access = request.access
    over, after = queries.period_over(after=request.GET.get("after", ""), access=access)
    proposed, held = people.proposals(access=access), people.holds(access=access)
    about = people.headers({one.registration for one in [*proposed, *held]} | {one[0] for one in over}, access=access)
    known = naming.names({one.by for one in [*proposed, *held]}, access=access)
    return show(
        request,
        "erasing/list.jinja",
        proposed=present.lines(proposed, about, known),
        held=present.lines(held, about, known),
        over=[(about[one].name, _at(one), last, until) for one, last, until in over if one in about],
        more=f"{reverse('erasures')}?after={after}" if after else "",
        period=queries.period(access=access),
    )


def _at(registration: str) -> str:
    return reverse("person-erasure", args=[registration])


@page(purpose="direct_care", or_for=("legal",), acts=BOTH, methods=("GET",))
def one(request: HttpRequest, registration: str) -> HttpResponse:
    """How long one record is kept, what stands in the way of erasing it, and what was decided."""
    access = request.access
    about = subject(registration, access=access)
    proposals = people.proposals_of(about.mine, access=access)
    waits = proposals[0] if proposals and proposals[0].waits else None
    holds = people.holds_of(about.mine, access=access) if access.may("oversee") else []
    known = naming.names({row.by for row in [*proposals, *holds]}, access=access)
    return show(
        request,
        "erasing/one.jinja",
        person=about.person,
        about=about,
        keeping=queries.keeping(about.mine, access=access, died=waits.died if waits else None),
        waits=present.proposed(waits, known, access) if waits else None,
        past=[present.proposed(row, known, access) for row in proposals if not row.waits],
        holds=[present.held(row, about.mine, known) for row in holds],
        period=queries.period(access=access),
        oversees=access.may("oversee"),
    )


@page(purpose="legal", acts=("oversee",))
def propose(request: HttpRequest, registration: str) -> HttpResponse:
    form = Propose(request.POST or None)

    def act(about: Subject, access: Access) -> None:
        actions.propose_erasure(registration=about.mine, by=access, **form.values)

    said = _("Proposed. Somebody else decides: it stands with what they owe.")
    return _asked(request, registration, form, act, said, "erasing/propose.jinja")


@page(purpose="direct_care", or_for=("legal",), acts=BOTH)
def keep(request: HttpRequest, registration: str) -> HttpResponse:
    form = Why(request.POST or None)

    def act(about: Subject, access: Access) -> None:
        actions.keep(registration=about.mine, reason=form.cleaned_data["reason"], by=access)

    return _asked(request, registration, form, act, _("Saved. The record stays."), "erasing/keep.jinja")


@page(purpose="legal", acts=("oversee",))
def hold(request: HttpRequest, registration: str) -> HttpResponse:
    form = Why(request.POST or None)

    def act(about: Subject, access: Access) -> None:
        holding.hold(registration=about.mine, reason=form.cleaned_data["reason"], by=access)

    said = _("Saved. Nothing of this record can be erased until you lift the hold.")
    return _asked(request, registration, form, act, said, "erasing/hold.jinja")


@page(purpose="legal", acts=("oversee",))
def lift(request: HttpRequest, registration: str, held: str) -> HttpResponse:
    standing = {row.id for row in people.holds_of(registration, access=request.access) if row.stands}
    if held not in standing:
        raise NotThere
    form = Why(request.POST or None)

    def act(about: Subject, access: Access) -> None:
        holding.lift_hold(hold=held, reason=form.cleaned_data["reason"], by=access)

    return _asked(request, registration, form, act, _("Saved. The hold is lifted."), "erasing/lift.jinja")


def _asked(
    request: HttpRequest,
    registration: str,
    form: Form,
    act: Callable[[Subject, Access], None],
    said: str,
    template: str,
    **context: Any,
) -> HttpResponse:
    """A form about one record, and back to its page once it was done."""
    access = request.access
    about = subject(registration, access=access)
    if form.is_bound and done(form, lambda: act(about, access), stands=_at(about.mine)):
        messages.success(request, said)
        return redirect(_at(about.mine))
    return show(request, template, person=about.person, about=about, form=form, **context)


@page(purpose="direct_care", or_for=("legal",), acts=BOTH)
def decide(request: HttpRequest, registration: str) -> HttpResponse:
    """The second person's yes. There is no page of the person's to go back to afterwards."""
    access = request.access
    about = subject(registration, access=access)
    [proposal, *_before] = people.proposals_of(about.mine, access=access) or [None]
    if proposal is None or not proposal.waits:
        raise NotThere
    form = Decide(request.POST or None)
    counted = attempt(form, lambda: _erase(form, about, access), stands=_at(about.mine)) if form.is_bound else None
    if isinstance(counted, dict):
        rows = sum(counted.values())
        said = ngettext("Erased: %(rows)d row.", "Erased: %(rows)d rows.", rows) % {"rows": rows}
        messages.success(request, said + " " + _("Whatever else is kept of it, on paper say, has to go too."))
        return redirect("erasures" if access.may("oversee") else "home")
    known = naming.names({proposal.by}, access=access)
    return show(
        request,
        "erasing/decide.jinja",
        person=about.person,
        about=about,
        form=form,
        waits=present.proposed(proposal, known, access),
    )


def _erase(form: Decide, about: Subject, access: Access) -> dict[str, int]:
    return actions.erase(registration=about.mine, word=form.cleaned_data["word"], by=access)
