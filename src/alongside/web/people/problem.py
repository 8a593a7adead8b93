"""What somebody's treatment is for: the problem descriptor, which decides their own measure of anxiety."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.access.queries import read_together
from alongside.definitions import talking_therapies
from alongside.definitions.instruments import instrument
from alongside.definitions.routine import routine_of
from alongside.journey import actions, queries
from alongside.journey.queries import Treated
from alongside.kernel.errors import NotThere
from alongside.outcomes.rules import chosen_descriptor
from alongside.web.contacts.recording import stay_of
from alongside.web.forms import Form, fields
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import attempt, sent_before
from alongside.web.ways import way

OTHER = "other"


def _known() -> list[tuple[str, str]]:
    known = [(one.code, _(one.words)) for one in talking_therapies.descriptors()]
    return [*sorted(known, key=lambda one: one[1]), (OTHER, _("Something else, by its code"))]


def _said(code: str) -> str:
    """A problem in words; the code itself where it has no rule here."""
    found = talking_therapies.descriptor(code)
    return _(found.words) if found else code


def _its_own(code: str) -> str:
    """Which measure is the problem's own, as a sentence; empty where none is."""
    key = talking_therapies.instrument_for(code)
    return _("Its own measure is %(measure)s.") % {"measure": instrument(key).name} if key else ""


class TreatedFor(Form):
    """Named as the action refuses it: `code`."""

    chosen = fields.Choice(label=gettext_lazy("What is the treatment for?"), choices=_known, reveals={OTHER: "code"})
    code = fields.Text(
        label=gettext_lazy("Its code"),
        help_text=gettext_lazy("ICD-10, such as F40.1, or SNOMED CT, as your service's return uses it"),
        max_length=18,
        width=20,
        required=False,
    )
    main = fields.Tick(label=gettext_lazy("It is the main problem that is treated"), initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {one.code: _its_own(one.code) for one in talking_therapies.descriptors()}
        self.fields["chosen"].hints = {code: words for code, words in own.items() if words}

    def recorded(self) -> str:
        """The code that was chosen or written, as the data set writes it."""
        chosen = self.cleaned_data["chosen"]
        return talking_therapies.normal(self.cleaned_data["code"] if chosen == OTHER else chosen)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if self.cleaned_data.get("chosen") == OTHER and not code:
            raise forms.ValidationError(_("Enter the code, or choose a problem from the list"))
        return code


@dataclass(frozen=True, slots=True)
class Line:
    """One problem as it was recorded, with when."""

    words: str
    its_own: str
    main: bool
    at: datetime
    counts: bool


def lines(treated: Sequence[Treated], access: Access) -> list[Line]:
    """What the reader's own service recorded, the newest first, and which of it decides the measure."""
    own = [one for one in treated if one.service == access.service]
    chosen = chosen_descriptor(own)
    return [Line(_said(one.code), _its_own(one.code), one.primary, one.at, one is chosen) for one in reversed(own)]


def that_counts(treated: Sequence[Treated], access: Access) -> Line | None:
    return next((one for one in lines(treated, access) if one.counts), None)


def link(registration: str, access: Access) -> str:
    """Where it is recorded; empty in a kind of service whose measures do not hang on it."""
    usual = routine_of(access.kind)
    return way("treated-for", registration, access=access) if usual and usual.with_the_problems_own else ""


@page(purpose="direct_care", acts=("care",))
def record(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    stay = stay_of(registration, access)
    if stay is None:
        raise NotThere()
    form = TreatedFor(request.POST or None)
    if form.is_bound and attempt(form, lambda: _save(form, stay.id, access)):
        if not sent_before(request, form):
            saved = _("Saved: %(problem)s.") % {"problem": _said(form.recorded())}
            messages.success(request, f"{saved} {_its_own(form.recorded())}".strip())
        return redirect("person-measures", registration)
    who = subject(registration, access=access)
    [treated] = read_together(queries.treated_for([registration], access=access))
    return show(
        request, "people/problem.jinja", person=who.person, subject=who, form=form, recorded=lines(treated, access)
    )


def _save(form: TreatedFor, episode: str, access: Access) -> str:
    return actions.record_problem(episode=episode, code=form.recorded(), primary=form.cleaned_data["main"], by=access)
