"""A person's measures from both services, and recording one outside a contact."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access.context import Access
from alongside.access.queries import read_together
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.measures import actions, queries
from alongside.measures.rules import check_answered
from alongside.safety import queries as safety
from alongside.web import naming
from alongside.web.contacts.present import last_time
from alongside.web.contacts.recording import stay_of
from alongside.web.dependence import dependence, listings
from alongside.web.measures import present
from alongside.web.measures.asking import asked_of
from alongside.web.measures.burden import burden
from alongside.web.measures.elsewhere import served
from alongside.web.measures.forms import MeasuredAlone
from alongside.web.measures.saying import answered_at
from alongside.web.measures.sheets import BY_QUESTION
from alongside.web.pages import page, show
from alongside.web.people import problem
from alongside.web.people.places import tabs
from alongside.web.safety import present as risks
from alongside.web.safety.owed import owed
from alongside.web.subject import subject
from alongside.web.trying import attempt, sent_before
from alongside.web.ways import way


@page(purpose="direct_care", methods=("GET",))
def of_person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    series = queries.series(list(who.all), access=access)
    uses = queries.uses(list(who.all), access=access)
    results = queries.results(list(who.all), access=access)
    told = present.without_totals(results)
    how, prompts, treated, *of_alcohol = read_together(
        queries.answered(who.all, access=access),
        safety.listing(who.all, access=access),
        journey.treated_for(who.all, access=access),
        *listings(who.all, access),
    )
    by = present.to_name([*series.values(), *uses.values(), *told.values()]) | risks.to_name(prompts)
    names = naming.names(by, access=access)
    put_right = {one.id for one in results if one.put_right}
    known = present.Known(names, how, put_right, risks.conversations(prompts, access))
    return show(
        request,
        "measures/list.jinja",
        person=who.person,
        subject=who,
        tabs=tabs(who, "person-measures", access),
        scores=present.scores(series, known, who.whose, access),
        results=present.results(told, known, who.whose, access),
        uses=present.uses(uses, known, access),
        burden=burden(results, clock.now()),
        dependence=dependence(*of_alcohol, access.jurisdiction),
        record=way("measures-record", who.own, access=access) if who.own else "",
        choose=way("measures-choose", who.own, access=access) if who.own else "",
        ask=way("measures-ask", who.own, access=access) if who.own else "",
        asked=asked_of(who.all, access),
        treated=problem.that_counts(treated, access),
        treated_for=problem.link(who.own, access) if who.own else "",
        prompts=risks.open_ones(prompts, access),
        talked=risks.closed_ones(prompts, names, access),
    )


@page(purpose="direct_care", acts=("care",))
def record(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    form = MeasuredAlone(request.POST or None, jurisdiction=access.jurisdiction, initial={"date": clock.today()})
    if form.is_bound and (made := attempt(form, lambda: _save(form, registration, access))):
        if not sent_before(request, form):
            _say(request, form, registration, len(made))
        return redirect("person-measures", registration)
    who = subject(registration, access=access)
    courses, *of_alcohol = read_together(
        queries.listing(who.all, access=access, instruments=BY_QUESTION), *listings(who.all, access)
    )
    return show(
        request,
        "measures/record.jinja",
        person=who.person,
        subject=who,
        form=form,
        before=last_time(courses, None, []),
        harm=form.to_talk_about,
        served=served(who, access),
        dependence=dependence(*of_alcohol, access.jurisdiction),
        cancel=reverse("person-measures", args=[who.mine]),
    )


def _save(form: MeasuredAlone, registration: str, access: Access) -> list[str] | str:
    """Every measure and substance in one transaction; each has the form's token with its own name behind it."""
    given, uses = form.given(), form.uses()
    if not given and not uses:
        raise Invalid("", _("Enter at least one measure or days of use."))
    check_answered(form.context, measured=bool(given))
    at, token = answered_at(form.cleaned_data["date"]), form.submission
    stay = stay_of(registration, access)
    shared = {"registration": registration, "episode": stay.id if stay else "", "by": access}
    made = [
        actions.record_response(
            instrument=one.instrument,
            answers=one.answers,
            total=one.total,
            completed_at=at,
            harm=one.harm,
            unfinished=one.unfinished,
            context=form.context,
            talk=form.talk,
            submission=f"{token}:{one.instrument}",
            **shared,
        )
        for one in given
    ]
    return made + [
        actions.record_use(use=one, asked_at=at, submission=f"{token}:{one.substance}", **shared) for one in uses
    ]


def _say(request: HttpRequest, form: MeasuredAlone, registration: str, count: int) -> None:
    saved = ngettext("Saved: %(count)d measure.", "Saved: %(count)d measures.", count) % {"count": count}
    messages.success(request, saved + " " + _("Both teams see it, as far as the person agreed."))
    if form.to_talk_about and form.talk is None:
        messages.warning(request, owed(registration, request.access))
