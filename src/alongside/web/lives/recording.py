"""Adding something that happened, or a change of medicine."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.lives import actions as lives
from alongside.lives.rules import Certainty
from alongside.lives.rules import Source as Teller
from alongside.medication import actions as medication
from alongside.medication.rules import Source
from alongside.web.forms import Form
from alongside.web.lives import words
from alongside.web.lives.forms import Happened, MedicineChanged
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt


@page(purpose="direct_care", acts=("care",))
def event(request: HttpRequest, registration: str) -> HttpResponse:
    who = subject(registration, access=request.access)
    usual = {"start": clock.today(), "source": Teller.PERSON.value, "certainty": Certainty.CERTAIN.value}
    form = Happened(request.POST or None, initial=usual)

    def act() -> str:
        return lives.record(registration=who.mine, told=form.as_told(), submission=form.submission, by=request.access)

    return _answer(request, form, act, who, "lives/event.jinja", open_to=words.open_to())


@page(purpose="direct_care", acts=("care",))
def medicine(request: HttpRequest, registration: str) -> HttpResponse:
    who = subject(registration, access=request.access)
    usual = {"day": clock.today(), "source": Source.PERSON.value}
    form = MedicineChanged(request.POST or None, initial=usual)

    def act() -> str:
        told = form.as_told()
        return medication.record(registration=who.mine, told=told, submission=form.submission, by=request.access)

    return _answer(request, form, act, who, "lives/medicine.jinja")


def _answer(
    request: HttpRequest, form: Form, act: Callable[[], str], who: Subject, template: str, **said: object
) -> HttpResponse:
    back = reverse("person-events", args=[who.mine])
    if form.is_bound and attempt(form, act):
        messages.success(request, _("Saved. It stands on the time line, too."))
        return redirect(back)
    return show(request, template, person=who.person, subject=who, form=form, cancel=back, **said)
