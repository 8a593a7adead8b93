"""Putting a contact or a part of its note right: what stands now, who had seen it, who was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.contacts import actions, queries
from alongside.contacts.queries import Contact, Section
from alongside.definitions import policy
from alongside.kernel.errors import Stale
from alongside.safety import queries as risks
from alongside.web import words
from alongside.web.contacts.forms import Corrected, NoteCorrected, of
from alongside.web.pages import page, show
from alongside.web.putting_right import Correcting, WrongPerson
from alongside.web.seen import Viewer, viewers
from alongside.web.subject import subject
from alongside.web.trying import attempt, been_put_right

APPOINTMENTS = policy.categories_mask("appointments")
NOTES = policy.categories_mask("session_notes")
ALL_OF_IT = policy.categories_mask("appointments", "session_notes", "mood_scores", "use_pattern")


@page(purpose="direct_care", acts=("correct",))
def correct(request: HttpRequest, contact: str) -> HttpResponse:
    found, seen = _begin(request, contact, APPOINTMENTS)
    if request.method != "POST" and not found.stands:
        return been_put_right(request, _stands(found))
    initial = of(found.meeting) | {"attendance": found.attendance}
    form = Corrected(request.POST or None, seen=_names(seen), initial=initial, version=found.id)

    def act() -> str:
        _check_shown(form, found)
        return actions.correct_contact(
            contact=found.id,
            meeting=form.meeting(found.practitioner),
            attendance=form.cleaned_data["attendance"],
            why=form.why(),
            by=request.access,
        )

    if form.is_bound and (made := attempt(form, act, stands=_stands(found))):
        messages.success(request, _("Put right. The earlier entry is kept and no longer shown."))
        return redirect("contact", made)
    return _ask(request, found, form, seen, _("Put this contact right"), _("Save what is right"))


@page(purpose="direct_care", acts=("correct",))
def wrong_person(request: HttpRequest, contact: str) -> HttpResponse:
    found, seen = _begin(request, contact, ALL_OF_IT)
    if request.method != "POST" and not found.stands:
        return been_put_right(request, _stands(found))
    waits = bool(risks.open_prompts([found.registration], access=request.access))
    form = WrongPerson(request.POST or None, seen=_names(seen), waits=waits, version=found.id)

    def act() -> str:
        _check_shown(form, found)
        return actions.wrong_person(contact=found.id, why=form.why(), taken_on_by=form.taken_on_by, by=request.access)

    if form.is_bound and attempt(form, act, stands=_stands(found)):
        messages.success(
            request, _("Taken out of this record, with its note and measures. Record it now for the right person.")
        )
        return redirect("person", found.registration)
    return _ask(request, found, form, seen, _("This was about somebody else"), _("Take it out of this record"))


@page(purpose="direct_care", acts=("correct",))
def correct_note(request: HttpRequest, contact: str, note: str) -> HttpResponse:
    found, seen = _begin(request, contact, NOTES)
    section = queries.section_to_correct(note, contact=found.id, access=request.access)
    stands = _section_stands(found, section, request.access)
    if request.method != "POST" and not section.stands:
        return been_put_right(request, stands)
    form = NoteCorrected(request.POST or None, seen=_names(seen), initial={"text": section.text})

    def act() -> str:
        return actions.correct_note(note=note, text=form.cleaned_data["text"], why=form.why(), by=request.access)

    if form.is_bound and attempt(form, act, stands=stands):
        messages.success(request, _("Put right. The earlier text is kept and no longer shown."))
        return redirect("contact", found.id)
    title = _("Put right: %(part)s") % {"part": words.heading(section.heading).lower()}
    return _ask(request, found, form, seen, title, _("Save what is right"))


def _begin(request: HttpRequest, contact: str, kinds: int) -> tuple[Contact, list[Viewer]]:
    access = request.access
    found = queries.to_correct(contact, access=access)
    return found, viewers(found.registration, found.recorded_at, kinds, access=access)


def _check_shown(form: Correcting, found: Contact) -> None:
    """The page carries the row that it showed: another may have taken its place while somebody wrote."""
    if form.cleaned_data["version"] != found.id:
        raise Stale(_("Somebody changed this contact while you were writing. Nothing was saved; look at it again."))


def _stands(found: Contact) -> str:
    """Where what stands now is read: the contact, or all of them where it was taken out of the record."""
    return (
        reverse("contact", args=[found.id]) if found.stands else reverse("person-contacts", args=[found.registration])
    )


def _section_stands(found: Contact, shown: Section, access: Access) -> str:
    """Where the section that stands now under the same heading is put right; else as `_stands`."""
    sections = queries.note(found.id, access=access)
    now = next((one.id for one in sections if one.heading is shown.heading), "")
    return reverse("note-correct", args=[found.entry, now]) if now else _stands(found)


def _names(seen: list[Viewer]) -> dict[str, str]:
    return {one.id: one.name for one in seen}


def _ask(
    request: HttpRequest, found: Contact, form: Correcting, seen: list[Viewer], title: str, submit: str
) -> HttpResponse:
    who = subject(found.registration, access=request.access)
    return show(
        request,
        "contacts/correct.jinja",
        person=who.person,
        subject=who,
        contact=found,
        what=f"{words.kind(found.kind)}, {words.mode(found.mode).lower()}",
        form=form,
        seen=seen,
        title=title,
        submit=submit,
    )
