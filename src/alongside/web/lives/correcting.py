"""Putting an event or a change of medicine right, and taking out what was about somebody else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import lives as content
from alongside.definitions import policy
from alongside.lives import actions as lives
from alongside.lives import queries as lived
from alongside.lives import rules as events
from alongside.medication import actions as medication
from alongside.medication import queries as medicines
from alongside.medication import rules as medicating
from alongside.web.lives import words
from alongside.web.lives.forms import HappenedCorrected, MedicineCorrected
from alongside.web.pages import page, show
from alongside.web.putting_right import Correcting
from alongside.web.seen import Viewer, viewers
from alongside.web.subject import subject
from alongside.web.trying import attempt, been_put_right

Old = lived.Event | medicines.Change


@page(purpose="direct_care", acts=("correct",))
def event(request: HttpRequest, event: str) -> HttpResponse:
    old = lived.event(event, access=request.access)
    seen = _who_saw_event(old, request.access)
    initial = {name: getattr(old, name) for name in ("kind", "start", "end", "words")}
    initial |= {"source": old.source.value, "certainty": old.certainty.value}
    form = HappenedCorrected(request.POST or None, seen=_names(seen), initial=initial)

    def act() -> str:
        return lives.correct(event=event, told=form.as_told(), why=form.why(), by=request.access)

    return _answer(request, form, act, old, seen, words.kind(old.kind))


@page(purpose="direct_care", acts=("correct",))
def event_of_somebody_else(request: HttpRequest, event: str) -> HttpResponse:
    old = lived.event(event, access=request.access)
    seen = _who_saw_event(old, request.access)
    form = Correcting(request.POST or None, seen=_names(seen))

    def act() -> str:
        return lives.wrong_person(event=event, why=form.why(), by=request.access)

    return _answer(request, form, act, old, seen, words.kind(old.kind), wrong=True)


@page(purpose="direct_care", acts=("correct",))
def medicine(request: HttpRequest, change: str) -> HttpResponse:
    old = medicines.change(change, access=request.access)
    seen = _who_saw_medicine(old, request.access)
    initial = {"medicine": old.medicine, "what": old.what.value, "dose": old.dose, "day": old.day}
    form = MedicineCorrected(request.POST or None, seen=_names(seen), initial=initial | {"source": old.source.value})

    def act() -> str:
        return medication.correct(change=change, told=form.as_told(), why=form.why(), by=request.access)

    return _answer(request, form, act, old, seen, words.change(old))


@page(purpose="direct_care", acts=("correct",))
def medicine_of_somebody_else(request: HttpRequest, change: str) -> HttpResponse:
    old = medicines.change(change, access=request.access)
    seen = _who_saw_medicine(old, request.access)
    form = Correcting(request.POST or None, seen=_names(seen))

    def act() -> str:
        return medication.wrong_person(change=change, why=form.why(), by=request.access)

    return _answer(request, form, act, old, seen, words.change(old), wrong=True)


def _who_saw_event(old: lived.Event, access: Access) -> list[Viewer]:
    kinds = events.needs(old.kind) if old.kind in content.kinds() else policy.all_categories()
    return viewers(old.registration, old.recorded_at, kinds, access=access)


def _who_saw_medicine(old: medicines.Change, access: Access) -> list[Viewer]:
    return viewers(old.registration, old.recorded_at, medicating.needs(), access=access)


def _names(seen: list[Viewer]) -> dict[str, str]:
    return {one.id: one.name for one in seen}


def _answer(
    request: HttpRequest,
    form: Correcting,
    act: Callable[[], str],
    old: Old,
    seen: list[Viewer],
    said: str,
    *,
    wrong: bool = False,
) -> HttpResponse:
    back = reverse("person-events", args=[old.registration])
    if not form.is_bound and not old.stands:
        return been_put_right(request, back)
    if form.is_bound and attempt(form, act, stands=back):
        done = _("Taken out of this record.") if wrong else _("Put right.")
        messages.success(request, done + " " + _("The earlier entry is kept and no longer shown."))
        return redirect(back)
    who = subject(old.registration, access=request.access)
    return show(
        request,
        "lives/correct.jinja",
        person=who.person,
        subject=who,
        form=form,
        seen=seen,
        said=said,
        day=old.start if isinstance(old, lived.Event) else old.day,
        title=_("This was about somebody else") if wrong else _("Put this right"),
        submit=_("Take it out of this record") if wrong else _("Save what is right"),
        cancel=back,
    )
