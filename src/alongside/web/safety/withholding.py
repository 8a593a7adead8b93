"""Keeping an entry from the person's own view, and the second look of somebody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.contacts import queries as contacts
from alongside.kernel.ids import is_id
from alongside.safety import queries
from alongside.safety.queries import Withholding
from alongside.sharing import actions as sharing
from alongside.web import naming, words
from alongside.web.pages import page, show
from alongside.web.safety.telling import WHYS, Review, Withhold
from alongside.web.subject import subject
from alongside.web.trying import attempt, done
from alongside.web.ways import way


@page(purpose="direct_care", acts=("care",))
def disclosure(request: HttpRequest, disclosure: str) -> HttpResponse:
    found = queries.disclosure(disclosure, access=request.access)
    return _withhold(request, found.registration, found.id, reverse("disclosure", args=[found.id]))


@page(purpose="direct_care", acts=("care",))
def received(request: HttpRequest, received: str) -> HttpResponse:
    found = queries.received(received, access=request.access)
    return _withhold(request, found.registration, found.id, reverse("disclosure-received", args=[found.id]))


@page(purpose="direct_care", acts=("care",))
def note(request: HttpRequest, contact: str, note: str) -> HttpResponse:
    """One section of a contact's note."""
    access = request.access
    found = contacts.contact(contact, access=access)
    section = contacts.section_to_correct(note, contact=contact, access=access)
    said = words.heading(section.heading)
    return _withhold(request, found.registration, section.id, reverse("contact", args=[found.id]), said)


def _withhold(request: HttpRequest, registration: str, entry: str, back: str, what: str = "") -> HttpResponse:
    who = subject(registration, access=request.access)
    form = Withhold(request.POST or None)
    if attempt(form, lambda: sharing.withhold(entry=entry, said=form.said(), by=request.access), stands=back):
        messages.success(request, _("Saved. They do not see it, and somebody else decides whether that is right."))
        return redirect(back)
    return show(request, "safety/withhold.jinja", person=who.person, subject=who, form=form, cancel=back, what=what)


@page(purpose="direct_care", or_for=("legal",), acts=("care", "oversee"))
def review(request: HttpRequest, withholding: str) -> HttpResponse:
    access = request.access
    found = queries.withholding(withholding, access=access)
    form = Review(request.POST or None)

    def decide() -> None:
        sharing.review_withheld(withholding=found.id, upheld=form.cleaned_data["upheld"] == "yes", by=access)

    if form.is_bound and done(form, decide):
        messages.success(request, _("Saved. What you decided stands with it."))
        return redirect("withheld", found.id)
    who = subject(found.registration, access=access)
    known = naming.names({found.author, found.decided_by}, access=access)
    return show(
        request,
        "safety/withheld.jinja",
        person=who.person,
        subject=who,
        withheld=found,
        why=WHYS[found.why],
        by=known.get(found.author, ""),
        decided_by=known.get(found.decided_by, ""),
        entry=_entry(found, access),
        form=form,
        cancel=who.href if access.may("care") else reverse("home"),
    )


def _entry(found: Withholding, access: Access) -> str:
    """Where the entry itself is read; empty for whoever may not."""
    if is_id(found.about, "dwc"):
        return way("disclosure", found.about, access=access)
    if is_id(found.about, "drc"):
        return way("disclosure-received", found.about, access=access)
    if is_id(found.about, "bgl"):
        return way("emergency-look", found.about, access=access)
    return way("note-of", found.about, access=access)


@page(purpose="direct_care", methods=("GET",))
def note_of(request: HttpRequest, note: str) -> HttpResponse:
    """To the contact that a note belongs to, from a task that knows the note alone."""
    return redirect("contact", contacts.contact_of_note(note, access=request.access))
