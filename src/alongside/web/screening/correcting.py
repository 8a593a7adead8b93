"""Putting right what asking came to, and taking out what was about somebody else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.definitions import screening as content
from alongside.screening import actions, queries, rules
from alongside.screening.queries import Screened
from alongside.web.measures.saying import answered_at
from alongside.web.pages import page, show
from alongside.web.putting_right import Correcting
from alongside.web.screening import words
from alongside.web.screening.forms import Corrected
from alongside.web.seen import Viewer, viewers
from alongside.web.subject import subject
from alongside.web.trying import attempt, been_put_right


@page(purpose="direct_care", acts=("correct",))
def correct(request: HttpRequest, screening: str) -> HttpResponse:
    old = queries.screening(screening, access=request.access)
    seen = _seen(old, request)
    day = timezone.localtime(old.at).date()
    initial = {"date": day, "found": old.steps[0].state.value}
    form = Corrected(request.POST or None, seen=_names(seen), initial=initial)

    def act() -> str:
        at = None if form.cleaned_data["date"] == day else answered_at(form.cleaned_data["date"])
        found = form.cleaned_data["found"]
        return actions.correct(screening=screening, found=found, asked_at=at, why=form.why(), by=request.access)

    return _answer(request, form, act, old, seen, _("Put this right"), _("Save what is right"))


@page(purpose="direct_care", acts=("correct",))
def wrong_person(request: HttpRequest, screening: str) -> HttpResponse:
    old = queries.screening(screening, access=request.access)
    seen = _seen(old, request)
    form = Correcting(request.POST or None, seen=_names(seen))

    def act() -> str:
        return actions.wrong_person(screening=screening, why=form.why(), by=request.access)

    title = _("This was about somebody else")
    return _answer(request, form, act, old, seen, title, _("Take it out of this record"))


def _seen(old: Screened, request: HttpRequest) -> list[Viewer]:
    topic = content.topics().get(old.topic)
    kinds = rules.needs(topic) if topic else 0
    return viewers(old.registration, old.at, kinds, access=request.access)


def _names(seen: list[Viewer]) -> dict[str, str]:
    return {one.id: one.name for one in seen}


def _answer(
    request: HttpRequest,
    form: Correcting,
    act: Callable[[], str],
    old: Screened,
    seen: list[Viewer],
    title: str,
    submit: str,
) -> HttpResponse:
    back = reverse("person-screening", args=[old.registration])
    if not form.is_bound and not old.stands:
        return been_put_right(request, back)
    if form.is_bound and attempt(form, act, stands=back):
        messages.success(request, _("Put right.") + " " + _("The earlier entry is kept and no longer shown."))
        return redirect(back)
    who = subject(old.registration, access=request.access)
    return show(
        request,
        "screening/correct.jinja",
        person=who.person,
        subject=who,
        form=form,
        seen=seen,
        said=f"{words.topic(old.topic)}: {words.STATES[old.state]}",
        at=old.at,
        title=title,
        submit=submit,
        cancel=back,
    )
