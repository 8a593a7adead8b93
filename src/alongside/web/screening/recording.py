"""Recording what came of asking: several topics at once, or one that a questionnaire suggests."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access.context import Access
from alongside.definitions import screening as content
from alongside.kernel import clock
from alongside.screening import actions
from alongside.screening.queries import Taken
from alongside.screening.rules import Asked, State
from alongside.web import agreed
from alongside.web.measures.saying import answered_at
from alongside.web.pages import page, show
from alongside.web.screening import words
from alongside.web.screening.forms import Found, Record
from alongside.web.screening.present import suggestion, suggests
from alongside.web.screening.reading import Read, read
from alongside.web.subject import subject
from alongside.web.trying import attempt


@page(purpose="direct_care", acts=("care",))
def record(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    found = read(who, access)
    asks = found.asks or tuple(content.topics())  # where nothing is laid down for the kind of service, everything
    left = [*found.to_ask, *(one for one in asks if one not in found.to_ask)]
    still = {one.topic for one in found.own if one.open}
    form = Record(
        request.POST or None,
        topics=[one for one in left if one not in still],
        initial={"date": clock.today()},
    )
    if form.is_bound and (made := attempt(form, lambda: _save(form, who.mine, access))):
        _say(request, made)
        return redirect("person-screening", who.mine)
    return show(
        request,
        "screening/record.jinja",
        person=who.person,
        subject=who,
        form=form,
        still=[words.topic(key) for key in asks if key in still],
        due=agreed.not_agreed(access),
        cancel=reverse("person-screening", args=[who.mine]),
    )


def _save(form: Record, registration: str, access: Access) -> list[str]:
    return actions.record(
        registration=registration,
        asked=form.asked(),
        asked_at=answered_at(form.cleaned_data["date"]),
        submission=form.submission,
        by=access,
    )


def _say(request: HttpRequest, made: list[str] | str) -> None:
    count = len(made) if isinstance(made, list) else 1
    said = ngettext("Saved: %(count)d topic.", "Saved: %(count)d topics.", count) % {"count": count}
    messages.success(request, said)


@page(purpose="direct_care", acts=("care",))
def suggested(request: HttpRequest, registration: str, topic: str, response: str) -> HttpResponse:
    """One topic, resting on a questionnaire that was answered here: the person's page sends it in one click."""
    access = request.access
    if topic not in content.topics():
        raise Http404
    who = subject(registration, access=access)
    found = read(who, access)
    rests_on = _resting_on(found, who.mine, topic, response)
    form = Found(request.POST or None, initial={"found": suggestion(rests_on)})

    def act() -> list[str]:
        asked = Asked(topic, form.cleaned_data["found"], response)
        return actions.record(
            registration=who.mine, asked=[asked], asked_at=rests_on.at, submission=form.submission, by=access
        )

    if form.is_bound and attempt(form, act):
        yes = form.cleaned_data["found"] == State.POSITIVE
        messages.success(request, _("Saved. Talk with them about it.") if yes else _("Saved."))
        return redirect("person-screening", who.mine)
    return show(
        request,
        "screening/suggested.jinja",
        person=who.person,
        subject=who,
        form=form,
        topic=words.topic(topic),
        said=suggests(rests_on),
        taken=rests_on,
        cancel=reverse("person-screening", args=[who.mine]),
    )


def _resting_on(found: Read, own: str, topic: str, response: str) -> Taken:
    for one in found.taken:
        if (one.registration, one.topic, one.response) == (own, topic, response):
            return one
    raise Http404
