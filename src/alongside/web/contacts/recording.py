"""Recording a contact: what became of it, what was measured, the note, and the next one, in one act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.queries import read_together
from alongside.contacts import actions, queries
from alongside.contacts.queries import Contact
from alongside.contacts.rules import STATE_AFTER, Heading, State
from alongside.journey import queries as journey
from alongside.journey.queries import Episode
from alongside.kernel.errors import Invalid
from alongside.measures import queries as measures
from alongside.safety import queries as risks
from alongside.tasks import queries as tasks
from alongside.web import naming, times, words
from alongside.web.agreed import not_agreed
from alongside.web.contacts.forms import Recorded, of, starting
from alongside.web.contacts.present import LastTime, booked, last_time
from alongside.web.dependence import Dependence, dependence, listings
from alongside.web.measures.sheets import BY_QUESTION
from alongside.web.pages import page, show
from alongside.web.safety.present import open_ones
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt, sent_before


@page(purpose="direct_care", acts=("care",))
def record(request: HttpRequest, registration: str) -> HttpResponse:
    """A contact that nobody had put in the diary."""
    # The page carries the episode that it showed; the action asks whether it is this registration's.
    stay = None if request.POST.get("version") else stay_of(registration, request.access)
    form = _recorded_by(request, planned=False, version=stay.id if stay else "", initial=starting())
    if form.is_bound and (made := attempt(form, lambda: _save(form, registration, _episode(form), request))):
        return _recorded(request, form, registration, made)
    return _form(request, form, subject(registration, access=request.access), form.is_bound or stay is not None)


@page(purpose="direct_care", acts=("care",))
def record_planned(request: HttpRequest, contact: str) -> HttpResponse:
    """A contact that was in the diary."""
    found = queries.contact(contact, access=request.access)
    theirs = found.service != request.access.service
    if (theirs or found.state is not State.PLANNED) and request.method == "GET":
        return redirect("contact", found.id)
    form = _recorded_by(request, planned=True, initial=starting() | of(found.meeting))
    if form.is_bound and (
        made := attempt(form, lambda: _save(form, found.registration, found.episode, request, found))
    ):
        return _recorded(request, form, found.registration, made)
    return _form(request, form, subject(found.registration, access=request.access), True, found)


def _recorded_by(request: HttpRequest, **given: Any) -> Recorded:
    return Recorded(request.POST or None, jurisdiction=request.access.jurisdiction, **given)


def _episode(form: Recorded) -> str:
    shown = str(form.cleaned_data["version"])
    if not shown:
        raise Invalid("", _("This page is incomplete. Open it again and enter this once more."))
    return shown


def stay_of(registration: str, access: Access) -> Episode | None:
    """The episode a contact belongs to: the open one, else the last, which a follow-up may still be recorded in."""
    stays = [one for one in journey.episodes([registration], access=access) if one.service == access.service]
    return next((one for one in stays if one.open), stays[0] if stays else None)


def _save(form: Recorded, registration: str, episode: str, request: HttpRequest, planned: Contact | None = None) -> str:
    return actions.record(
        registration=registration,
        episode=episode,
        meeting=form.meeting(planned.practitioner if planned else ""),
        attendance=form.cleaned_data["attendance"],
        contact=planned.id if planned else "",
        planned=not form.cleaned_data.get("unplanned"),
        note=form.note(),
        responses=form.given(),
        uses=form.uses(),
        context=form.context,
        next_meeting=form.next_meeting(),
        talk=form.talk,
        submission=form.submission,
        by=request.access,
    )


def _recorded(request: HttpRequest, form: Recorded, registration: str, made: str) -> HttpResponse:
    if sent_before(request, form):
        return redirect("person", registration)
    messages.success(request, said(form, registration, made, request.access))
    if clash := _booked_twice(form, registration, request.access):
        messages.warning(request, _("They are booked twice at that time: %(clash)s.") % {"clash": clash})
    return redirect("person", registration)


def _booked_twice(form: Recorded, registration: str, access: Access) -> str:
    """The next contact that was just booked and what else they have at that time; empty where there is nothing else."""
    following = form.next_meeting()
    if following is None:
        return ""
    everywhere = subject(registration, access=access).all
    starts_at, minutes = following.starts_at, following.minutes
    planned = queries.planned_at(everywhere, starts_at=starts_at, minutes=minutes, access=access)
    return "; ".join(map(booked, planned)) if len(planned) > 1 else ""


def ask_about_harm() -> str:
    """Plain words and no score: what was answered asks for a conversation, not for a number."""
    return _(
        "They answered that they have had thoughts of being better off dead or of hurting themselves. "
        "Talk with them about it before they leave, and say below what came of it. "
        "If they have left, ring them today, or ask whoever is on duty to: then it is escalated, to them."
    )


def said(form: Recorded, registration: str, made: str, access: Access) -> str:
    """What was saved and what happens next, in two sentences."""
    attendance = form.cleaned_data["attendance"]
    saved = _("Saved: %(what)s.") % {"what": words.attendance(attendance).lower()}
    if STATE_AFTER[attendance] in (State.MISSED, State.TO_REBOOK):
        saved += " " + _owed(registration, made, access)
    if meeting := form.next_meeting():
        when = times.day_and_weekday(meeting.starts_at).striptags()
        saved += " " + _("The next contact is booked for %(when)s.") % {"when": when}
    return saved


def _owed(registration: str, contact: str, access: Access) -> str:
    task = next((one for one in tasks.about([registration], access=access) if one.about == contact), None)
    if task is None:
        return _("Nothing more is owed about it.")
    known = naming.names([task.holder], access=access)
    next_ = _("What happens next: “%(what)s”, held by %(who)s, due %(due)s.") % {
        "what": words.task(task.room, task.kind),
        "who": naming.who(task.holder, known, access),
        "due": times.ago(task.due_at).striptags(),
    }
    return f"{next_} {not_agreed(access)}".rstrip()


def _form(
    request: HttpRequest, form: Recorded, who: Subject, has_stay: bool, planned: Contact | None = None
) -> HttpResponse:
    before, warning = _known(who, request.access)
    return show(
        request,
        "contacts/record.jinja",
        person=who.person,
        subject=who,
        form=form,
        has_stay=has_stay,
        planned=planned,
        before=before,
        dependence=warning,
        harm=ask_about_harm() if form.to_talk_about else "",
        prompts=open_ones(risks.open_prompts([who.mine], access=request.access), request.access),
        cancel=reverse("person", args=[who.own or who.registration]),
    )


def _known(who: Subject, access: Access) -> tuple[LastTime, Dependence | None]:
    """What was measured and promised last time, and whether to say “do not stop suddenly”: fifteen seconds before one
    begins."""
    courses, *of_alcohol = read_together(
        measures.listing(who.all, access=access, instruments=BY_QUESTION), *listings(who.all, access)
    )
    around = queries.next_and_last(who.all, access=access)[who.mine]
    sections = queries.note(around.last.id, access=access) if around.last else []
    promised = [one for one in sections if one.heading in (Heading.AGREED, Heading.NEXT_TIME) and one.readable]
    return last_time(courses, around.last, promised), dependence(*of_alcohol, access.jurisdiction)
