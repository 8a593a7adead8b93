"""Planning a contact, moving it, cancelling it, and saying how a missed one was followed up."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.contacts import actions, queries
from alongside.contacts.queries import Contact
from alongside.contacts.rules import FollowUp
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.web import times, words
from alongside.web.contacts.forms import USUAL, Cancelled, FollowedUp, Moved, Planned, instant, of
from alongside.web.contacts.present import booked
from alongside.web.contacts.recording import stay_of
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import attempt

DESK = ("administration",)


@page(purpose="direct_care", or_for=DESK, acts=("book", "care"))
def plan(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    stay = stay_of(registration, access)
    colleagues = organisations.colleagues(access.service, access=access)
    initial = USUAL | {"practitioner": stay.practitioner if stay else access.actor}
    form = Planned(request.POST or None, colleagues=colleagues, me=access.actor, initial=initial)
    if form.is_bound and stay and attempt(form, lambda: _plan(form, registration, stay.id, access)):
        when = _when(instant(form.cleaned_data["date"], form.cleaned_data["start"]))
        messages.success(request, _("Booked for %(when)s. It is on their list until it is recorded.") % {"when": when})
        return redirect("person", registration)
    who = subject(registration, access=access)
    context = {"person": who.person, "subject": who, "form": form, "has_stay": stay is not None}
    return show(request, "contacts/plan.jinja", cancel=reverse("person", args=[who.mine]), **context)


def _plan(form: Planned, registration: str, episode: str, access: Access) -> str:
    meeting = form.meeting(form.cleaned_data["practitioner"])
    form.warn(_clash(registration, meeting.starts_at, meeting.minutes, access))
    return actions.plan_contact(
        registration=registration,
        episode=episode,
        meeting=meeting,
        submission=form.submission,
        by=access,
    )


def _clash(registration: str, starts_at: datetime, minutes: int, access: Access, but: str = "") -> str:
    """What they already have at that time with either service, as far as the reader may see."""
    everywhere = subject(registration, access=access).all
    planned = queries.planned_at(everywhere, starts_at=starts_at, minutes=minutes, access=access, but=but)
    return "; ".join(map(booked, planned))


def _when(at) -> str:
    return f"{times.clock(at).striptags()} {times.day_and_weekday(at).striptags()}"


@page(purpose="direct_care", or_for=DESK, acts=("book", "care"))
def move(request: HttpRequest, contact: str) -> HttpResponse:
    found = queries.contact(contact, access=request.access)
    form = Moved(request.POST or None, version=found.starts_at.isoformat(), initial=of(found.meeting))
    if form.is_bound and attempt(form, lambda: _move(form, found, request.access)):
        when = _when(instant(form.cleaned_data["date"], form.cleaned_data["start"]))
        messages.success(request, _("Moved to %(when)s.") % {"when": when})
        return redirect("contact", found.id)
    return _about(request, found, form, _("Move this contact"), _("Move it"))


def _move(form: Moved, found: Contact, access: Access) -> str:
    entered = form.cleaned_data
    showed = parse_datetime(str(entered["version"])) or clock.now()  # no version is a stale page
    starts = instant(entered["date"], entered["start"])
    form.warn(_clash(found.registration, starts, found.minutes, access, found.id))
    actions.move_contact(contact=found.id, starts_at=starts, showed=showed, by=access)
    return found.id


@page(purpose="direct_care", or_for=DESK, acts=("book", "care"))
def cancel(request: HttpRequest, contact: str) -> HttpResponse:
    found = queries.contact(contact, access=request.access)
    form = Cancelled(request.POST or None)
    if form.is_bound and attempt(form, lambda: _cancel(form, found, request.access)):
        messages.success(request, _cancelled(form.cleaned_data["attendance"]))
        return redirect("person", found.registration)
    return _about(request, found, form, _("Cancel this contact"), _("Cancel the contact"))


def _cancel(form: Cancelled, found: Contact, access: Access) -> str:
    attendance = form.cleaned_data["attendance"]
    return actions.cancel(contact=found.id, attendance=attendance, submission=form.submission, by=access)


def _cancelled(attendance: str) -> str:
    if attendance == "cancelled_by_service":
        return _("Cancelled. It stays owed until a new time is booked.")
    return _("Cancelled. Nothing more is owed about it.")


@page(purpose="direct_care", or_for=DESK, acts=("book", "care"))
def follow_up(request: HttpRequest, contact: str) -> HttpResponse:
    found = queries.contact(contact, access=request.access)
    form = FollowedUp(request.POST or None)
    if form.is_bound and attempt(form, lambda: _follow_up(form, found, request.access)):
        outcome = words.follow_up(FollowUp(form.cleaned_data["outcome"]))
        messages.success(request, _("Followed up: %(how)s. Nothing more is owed about it.") % {"how": outcome})
        return redirect("person", found.registration)
    return _about(request, found, form, _("Say how it was followed up"), _("Save"))


def _follow_up(form: FollowedUp, found: Contact, access: Access) -> str:
    actions.close_follow_up(contact=found.id, outcome=form.cleaned_data["outcome"], by=access)
    return found.id


def _about(request: HttpRequest, found: Contact, form: Form, title: str, submit: str) -> HttpResponse:
    """A small form about one contact."""
    who = subject(found.registration, access=request.access)
    context = {"person": who.person, "subject": who, "form": form, "contact": found, "title": title, "submit": submit}
    what = f"{words.kind(found.kind)}, {words.mode(found.mode).lower()}"
    return show(request, "contacts/about.jinja", what=what, **context)
