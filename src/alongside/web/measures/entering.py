"""Entering one questionnaire answer by answer, from the keyboard: a digit answers the question and goes to the next."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, instruments
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.measures import actions, rules
from alongside.safety import queries as risks
from alongside.web.contacts.recording import stay_of
from alongside.web.dependence import warned
from alongside.web.measures import choosing, result
from alongside.web.measures.counted import counted, fill
from alongside.web.measures.elsewhere import served
from alongside.web.measures.questions import Questions
from alongside.web.measures.saying import answered_at
from alongside.web.pages import page, show
from alongside.web.safety.forms import Talking
from alongside.web.safety.owed import owed
from alongside.web.safety.present import open_ones
from alongside.web.subject import subject
from alongside.web.trying import attempt, sent_before


class Entered(Talking, Questions):
    """One questionnaire, with the conversation that an answer may ask for."""


@page(purpose="direct_care", acts=("care",))
def enter(request: HttpRequest, registration: str, instrument: str) -> HttpResponse:
    measure = next((one for one in instruments() if one.key == instrument and one.by_items), None)
    if measure is None:
        raise Http404
    access = request.access
    words = texts.pack(measure.key, jurisdiction=access.jurisdiction)
    form = Entered(request.POST or None, measure=measure, words=words, initial={"date": clock.today()})
    if form.is_bound and attempt(form, lambda: _save(form, registration, access)):
        return _saved(request, form, registration)
    who = subject(registration, access=access)
    from_calendars = counted(measure, who.mine, access)
    fill(form, from_calendars)
    return show(
        request,
        "measures/enter.jinja",
        person=who.person,
        subject=who,
        form=form,
        measure=measure,
        words=words,
        harm=form.to_talk_about,
        prompts=open_ones(risks.open_prompts([who.mine], access=access), access),
        note=choosing.meaning(measure, who.whose),
        counted=from_calendars,
        served=served(who, access, only=measure.key),
        dependence=warned(who.all, access) if _of_drinking(measure) else None,
    )


def _of_drinking(measure: Instrument) -> bool:
    return measure.domain == "alcohol" or "alcohol" in rules.asked_by_week(measure)


def _save(form: Entered, registration: str, access: Access) -> str:
    if not any(form.answers.values()):
        raise Invalid("", _("Answer at least one question."))
    stay = stay_of(registration, access)
    return actions.record_response(
        registration=registration,
        instrument=form.measure.key,
        answers=form.answers,
        completed_at=answered_at(form.cleaned_data["date"]),
        substance=form.about,
        unfinished=form.unfinished,
        episode=stay.id if stay else "",
        respondent=form.measure.respondents[0],
        context=form.context,
        talk=form.talk,
        submission=form.submission,
        by=access,
    )


def _saved(request: HttpRequest, form: Entered, registration: str) -> HttpResponse:
    if not sent_before(request, form):
        _say(request, form, registration)
    return redirect("person-screening" if _for_screening(request) else "person-measures", registration)


def _say(request: HttpRequest, form: Entered, registration: str) -> None:
    jurisdiction = request.access.jurisdiction
    worth = rules.score(form.measure, form.answers, jurisdiction)
    messages.success(request, result.said(form.measure, worth, jurisdiction))
    if form.to_talk_about and form.talk is None:
        messages.warning(request, owed(registration, request.access))


def _for_screening(request: HttpRequest) -> bool:
    """Whether it was opened from the page that says next what the answers suggest there."""
    return request.GET.get("then") == "screening"
