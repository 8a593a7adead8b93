"""Discharge, and handing over the lead: proposed by one side, taken or returned by the other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consent import queries as consents
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Contact
from alongside.journey import queries as journeys
from alongside.journey.queries import Episode, Journey
from alongside.kernel import clock
from alongside.plan import queries as plans
from alongside.screening import queries as screening
from alongside.sharing import actions as sharing
from alongside.transitions import actions, queries
from alongside.web import naming
from alongside.web.consents import present as consent_words
from alongside.web.contacts.present import booked
from alongside.web.pages import page, show
from alongside.web.screening import words as said_of
from alongside.web.subject import Subject, subject
from alongside.web.transitions.forms import Answer, Discharge, HandOver
from alongside.web.trying import attempt
from alongside.web.versions import shown


@page(purpose="direct_care", acts=("care",))
def discharge(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    episode = journeys.open_episode(about.mine, access=access)
    journey = journeys.journey_for(about.all, access=access)
    planned = contacts.planned_from(episode.id, after=clock.now(), access=access) if episode else []
    form = _discharge_form(request, episode, planned, access)
    if episode and attempt(form, lambda: _discharge(form, episode, access)):
        messages.success(request, _("Discharged. The way back is written down for the person and for whoever asks."))
        return redirect(about.href)
    return show(
        request,
        "transitions/discharge.jinja",
        form=form,
        person=about.person,
        about=about,
        episode=episode,
        leads=bool(episode and journey and goes_on(journey, episode)),
        **_left_open(about, access),
    )


def _left_open(about: Subject, access: Access) -> dict[str, object]:
    """Our own open actions, with who owns each, which a discharge leaves in the plan; and what screening found that it
    closes as left. It says so before."""
    still = [one for one in plans.open_actions(about.mine, access=access) if one.own]
    found_open = [one for one in screening.screenings([about.mine], access=access) if one.open]
    screened = [(said_of.topic(one.topic), said_of.STATES[one.state], one.id) for one in found_open]
    names = naming.names((one.owner for one in still), access=access)
    return {"actions": still, "owners": names, "screened": screened, "sharing": _ends_too(about, access)}


def _ends_too(about: Subject, access: Access) -> list[tuple[str, list[str]]]:
    """What is shared until treatment ends: with whom, and which kinds."""
    found = [one for one in consents.ends_with_treatment(about.mine, access=access) if one.categories]
    names = naming.names(consent_words.everybody(found), access=access) if found else {}
    return [(consent_words.recipient_name(one, names), consent_words.kinds(one.categories)) for one in found]


def _discharge_form(request: HttpRequest, episode: Episode | None, planned: list[Contact], access: Access) -> Discharge:
    said = {one.id: booked(one) for one in planned}
    version = episode.version if episode else ""
    return Discharge(
        request.POST or None, initial={"ended_on": clock.today()}, version=version, kind=access.kind, planned=said
    )


def goes_on(journey: Journey, episode: Episode) -> bool:
    """Whether this episode's practitioner leads a journey that another service is still on."""
    leads = bool(journey.lead) and journey.lead == episode.practitioner
    return leads and any(service != episode.service for service in journey.services)


def _discharge(form: Discharge, episode: Episode, access: Access) -> str:
    return sharing.discharge(episode=episode.id, version=shown(form), by=access, **form.values)


@page(purpose="direct_care", acts=("care",))
def hand_over(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    journey = journeys.journey_for(about.all, access=access)
    waiting = queries.proposed(about.all, access=access)
    names = naming.names(_everybody(journey), access=access)
    form = HandOver(request.POST or None, team=_others(journey, names, access))
    if attempt(form, lambda: actions.propose_handover(registration=about.mine, by=access, **form.values)):
        messages.success(request, _("Asked. You lead until they say yes; their answer comes back to you."))
        return redirect(about.href)
    return show(
        request,
        "transitions/hand_over.jinja",
        form=form,
        person=about.person,
        about=about,
        leads=bool(journey) and journey.lead == access.actor,
        lead=names.get(journey.lead, "") if journey else "",
        waiting=[(names.get(one.to_practitioner, ""), one.proposed_at) for one in waiting],
    )


def _everybody(journey: Journey | None) -> set[str]:
    return {one for member in journey.team for one in (member.practitioner, member.service)} if journey else set()


def _others(journey: Journey | None, names: dict[str, str], access: Access) -> dict[str, str]:
    """The care team but the reader, by id."""
    team = journey.team if journey else ()
    return {
        one.practitioner: f"{names.get(one.practitioner, '')}, {names.get(one.service, '')}"
        for one in team
        if one.practitioner != access.actor
    }


@page(purpose="direct_care", acts=("care",))
def answer(request: HttpRequest, handover: str) -> HttpResponse:
    access = request.access
    own, proposed = queries.to_answer(handover, access=access)
    about = subject(own, access=access)
    form = Answer(request.POST or None)
    if attempt(form, lambda: _answer(form, handover, access)):
        took = form.cleaned_data["answer"] == "yes"
        messages.success(
            request,
            _("You lead this joint journey from now on.") if took else _("Returned. The lead stays where it was."),
        )
        return redirect(about.href)
    names = naming.names([proposed.from_practitioner], access=access)
    return show(
        request,
        "transitions/answer.jinja",
        form=form,
        person=about.person,
        about=about,
        handover=proposed,
        sender=names.get(proposed.from_practitioner, ""),
    )


def _answer(form: Answer, handover: str, access: Access) -> str:
    if form.cleaned_data["answer"] == "yes":
        actions.accept_handover(handover=handover, by=access)
    else:
        actions.return_handover(handover=handover, words=form.cleaned_data["words"], by=access)
    return handover
