"""Entering one questionnaire answer by answer, from the keyboard: a digit answers the question and goes to the next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.definitions import substances, texts
from alongside.definitions.instruments import Instrument, Item, instruments
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.measures import actions, rules
from alongside.measures.rules import Mode, Raw
from alongside.safety import queries as risks
from alongside.web.contacts.recording import stay_of
from alongside.web.forms import Form, fields
from alongside.web.measures import choosing, result
from alongside.web.measures.counted import counted, fill
from alongside.web.measures.elsewhere import served
from alongside.web.measures.forms import Answer, AsWritten, answer_words
from alongside.web.measures.how import HowAnswered
from alongside.web.measures.saying import answered_at, owed_to_you
from alongside.web.pages import page, show
from alongside.web.safety.forms import Talking
from alongside.web.safety.present import open_ones
from alongside.web.subject import subject
from alongside.web.trying import attempt
from alongside.web.use_words import substance_words


class Entered(HowAnswered, Talking, Form):
    """One questionnaire: a field for each question, called as the rules refuse it (`phq9_item3`)."""

    date = fields.CivilDate(label=gettext_lazy("Day on which it was answered"), not_future=True)

    def __init__(self, *args: Any, measure: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        if measure.per_substance:
            self.fields[f"{measure.key}_substance"] = forms.ChoiceField(
                label=_("Which substance is it about?"),
                choices=[("", _("Choose")), *((key, substance_words(key)) for key in substances.substances())],
                required=False,
            )
        words = texts.pack(measure.key)
        for item in measure.items:
            self.fields[self.name_of(item)] = _field(measure, item, words)

    def name_of(self, item: Item) -> str:
        return f"{self.measure.key}_{item.key}"

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[self.name_of(item)] for item in self.measure.items]

    @property
    def substance(self) -> forms.BoundField | None:
        return self[f"{self.measure.key}_substance"] if self.measure.per_substance else None

    @property
    def answers(self) -> dict[str, Raw]:
        return {item.key: str(self.cleaned_data.get(self.name_of(item)) or "") for item in self.measure.items}

    @property
    def mode(self) -> Mode:
        return Mode.IN_ROOM if self.cleaned_data["date"] == clock.today() else Mode.PAPER

    @property
    def to_talk_about(self) -> bool:
        """Whether an answer asks for a conversation, on a page half filled in too."""
        if not self.is_bound:
            return False
        self.is_valid()
        return rules.HARM in rules.score(self.measure, self.answers).flags


def _field(measure: Instrument, item: Item, words: texts.TextPack | None) -> forms.Field:
    number = {"number": item.number}
    label = f"{item.number}. {_(words.question(item))}" if words else _("Question %(number)d") % number
    if item.between:
        field: forms.Field = AsWritten(label=label)
        field.suffix = _("%(least)d to %(most)d") % {"least": item.between[0], "most": item.between[1]}
    else:
        field = Answer(label=label, choices=[(str(value), answer_words(item, value, words)) for value in item.values])
    field.stem = words.stem_of(item) if words else ""
    field.named = _("%(name)s, question %(number)d") % {"name": measure.name, **number}
    return field


@page(purpose="direct_care", acts=("care",))
def enter(request: HttpRequest, registration: str, instrument: str) -> HttpResponse:
    measure = next((one for one in instruments() if one.key == instrument and one.by_items), None)
    if measure is None:
        raise Http404
    access = request.access
    form = Entered(request.POST or None, measure=measure, initial={"date": clock.today()})
    if form.is_bound and (made := attempt(form, lambda: _save(form, registration, access))):
        return _saved(request, form, registration, made)
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
        words=texts.pack(measure.key),
        harm=form.to_talk_about,
        prompts=open_ones(risks.open_prompts([who.mine], access=access), access),
        note=choosing.meaning(measure),
        counted=from_calendars,
        served=served(who, access, only=measure.key),
    )


def _save(form: Entered, registration: str, access: Access) -> str:
    if not any(form.answers.values()):
        raise Invalid("", _("Answer at least one question."))
    stay = stay_of(registration, access)
    return actions.record_response(
        registration=registration,
        instrument=form.measure.key,
        answers=form.answers,
        completed_at=answered_at(form.cleaned_data["date"]),
        substance=form.cleaned_data.get(f"{form.measure.key}_substance", ""),
        episode=stay.id if stay else "",
        respondent=form.measure.respondents[0],
        context=form.context,
        talk=form.talk,
        submission=form.submission,
        by=access,
    )


def _saved(request: HttpRequest, form: Entered, registration: str, made: str) -> HttpResponse:
    worth = rules.score(form.measure, form.answers, request.access.jurisdiction)
    messages.success(request, result.said(form.measure, worth))
    if form.to_talk_about and form.talk is None:
        messages.warning(request, owed_to_you())
    return redirect("person-screening" if _for_screening(request) else "person-measures", registration)


def _for_screening(request: HttpRequest) -> bool:
    """Whether it was opened from the page that says next what the answers suggest there."""
    return request.GET.get("then") == "screening"
