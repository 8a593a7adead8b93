"""The next step where somebody said yes: talked about, offered, started, or why not."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consultation import queries as questions
from alongside.kernel.clock import LONDON
from alongside.kernel.language import civil
from alongside.referral import queries as referrals
from alongside.screening import actions, queries
from alongside.screening.queries import Screened
from alongside.screening.rules import MOVES, OPEN, State
from alongside.web import agreed, naming
from alongside.web.pages import page, show
from alongside.web.screening import words
from alongside.web.screening.forms import TakeOn
from alongside.web.screening.present import lines
from alongside.web.subject import subject
from alongside.web.trying import attempt, been_put_right
from alongside.web.ways import way

SHORT = 60


@page(purpose="direct_care", acts=("care",))
def take_on(request: HttpRequest, screening: str) -> HttpResponse:
    access = request.access
    found = queries.screening(screening, access=access)
    back = reverse("person-screening", args=[found.registration])
    form = TakeOn(request.POST or None, now=_shown(request, found), things=_things(found, access))
    if form.is_bound and attempt(form, lambda: _take_on(form, found, access), stands=back):
        messages.success(request, _("Saved."))
        return redirect(back)
    if not form.is_bound and not found.stands:
        return been_put_right(request, back)
    if not form.is_bound and not found.open:
        messages.info(request, _("Nothing more is to be done on this."))
        return redirect(back)
    who = subject(found.registration, access=access)
    known = naming.names({one.by for one in found.steps}, access=access)
    return show(
        request,
        "screening/take_on.jinja",
        person=who.person,
        subject=who,
        form=form,
        topic=words.topic(found.topic),
        lines=lines(found.steps, known, access),
        title=words.NEXT.get(found.state, _("What came of it")),
        refer=way("referral-new", found.registration, access=access),
        ask=way("consultation-ask", found.registration, access=access),
        due=agreed.not_agreed(access),
        cancel=back,
    )


def _shown(request: HttpRequest, found: Screened) -> State:
    """The state that the sent page showed; the present one, or the first step, where it says none."""
    said = request.POST.get("version", "")
    if said in OPEN:
        return State(said)
    return found.state if found.open else State.POSITIVE


def _things(found: Screened, access: Access) -> Mapping[str, str]:
    """What may have been the start: this service's referrals and questions about the person since they were asked."""
    if State.STARTED not in MOVES[found.state]:
        return {}
    sent = referrals.sent(registrations=[found.registration], access=access)
    asked = questions.about([found.registration], access=access)
    services = naming.names({one.to for one in sent}, access=access)
    said = {
        one.id: _("The referral to %(service)s of %(day)s")
        % {"service": services.get(one.to, ""), "day": civil(one.sent_at.astimezone(LONDON).date())}
        for one in sent
        if one.sent_at >= found.at
    }
    return said | {
        one.id: _("The question of %(day)s: %(text)s")
        % {"day": civil(one.asked_at.astimezone(LONDON).date()), "text": _short(one.text)}
        for one in asked
        if one.asked_at >= found.at
    }


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def _take_on(form: TakeOn, found: Screened, access: Access) -> bool:
    actions.take_on(screening=found.id, steps=form.steps(), seen=form.now.value, submission=form.submission, by=access)
    return True
