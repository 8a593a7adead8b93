"""The asker's side: asking, clarifying, saying what became of the advice, closing, taking back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consultation import actions, rules
from alongside.consultation.rules import Urgency
from alongside.definitions import agreements
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.web import times
from alongside.web.consultations.forms import Ask, Close, Confirm, Replies, Say
from alongside.web.consultations.moves import move
from alongside.web.consultations.present import unanswered
from alongside.web.consultations.views import context, opened
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import attempt
from alongside.web.urgency import within
from alongside.web.versions import shown


@page(purpose="direct_care", acts=("consult",))
def ask(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    services = organisations.partners(access=access)
    initial = {"answering_service": request.GET.get("to", "")} if request.GET.get("to") else {}
    form = Ask(request.POST or None, services=services, promised=_promised(services, access), initial=initial)
    made = attempt(
        form, lambda: actions.ask(registration=about.mine, submission=form.submission, by=access, **form.values)
    )
    if made:
        messages.success(request, _("Asked. You see the answer on this page, and on your list when it is there."))
        return redirect("consultation", made)
    return show(request, "consultations/ask.jinja", form=form, person=about.person, about=about, services=services)


def _promised(services: list[Place], access: Access) -> dict[str, str]:
    """When an answer would be due, by urgency: the very hour where only one service can be asked."""
    if not services:
        return {}
    agreement = agreements.agreement(services[0].agreement)
    if len(services) > 1:
        times_ = agreement.consultation.answer_within
        return {one.value: _("Answered %(when)s") % {"when": within(getattr(times_, one))} for one in Urgency}
    hours = organisations.hours_of(services[0].id, access=access)
    due = {one: rules.due_at(clock.now(), one, agreement, hours) for one in Urgency}
    return {one.value: _("Answer due by %(when)s") % {"when": times.moment(due[one])} for one in Urgency}


@page(purpose="direct_care", acts=("consult",))
def clarify(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Say,
        lambda form: actions.clarify(
            consultation=consultation,
            text=form.cleaned_data["text"],
            version=shown(form),
            submission=form.submission,
            by=request.access,
        ),
        template="consultations/say.jinja",
        done=_("Sent. Their clock runs on from where it stood."),
        label=_("What they asked for"),
    )


@page(purpose="direct_care", acts=("consult",))
def reply(request: HttpRequest, consultation: str) -> HttpResponse:
    found, about = opened(consultation, request.access)
    form = Replies(request.POST or None, waiting=unanswered(found))
    made = attempt(
        form, lambda: actions.reply(consultation=consultation, replies=form.replies, by=request.access) and consultation
    )
    if made:
        messages.success(request, _("Written down. The team that advised you reads it."))
        return redirect("consultation", consultation)
    return show(request, "consultations/reply.jinja", form=form, **context(consultation, found, about, request.access))


@page(purpose="direct_care", acts=("consult",))
def close(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Close,
        lambda form: actions.close(consultation=consultation, version=shown(form), by=request.access, **form.values),
        template="consultations/close.jinja",
        done=_("Closed. Both teams can read it for a while longer."),
    )


@page(purpose="direct_care", acts=("consult",))
def withdraw(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Confirm,
        lambda form: actions.withdraw(consultation=consultation, version=shown(form), by=request.access),
        template="consultations/withdraw.jinja",
        done=_("Taken back. Nobody has to answer it any more."),
    )
