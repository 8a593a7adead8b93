"""The answering team's side: taking a question, asking back, answering, handing it back."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.consultation import actions
from alongside.web.consultations.forms import Answer, Confirm, Say
from alongside.web.consultations.moves import move
from alongside.web.pages import page
from alongside.web.versions import shown


@page(purpose="direct_care", acts=("consult",))
def accept(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Confirm,
        lambda form: actions.accept(consultation=consultation, version=shown(form), by=request.access),
        template="consultations/accept.jinja",
        done=_("It is yours now. The time it is due stays the same."),
    )


@page(purpose="direct_care", acts=("consult",))
def ask_back(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Say,
        lambda form: actions.ask_back(
            consultation=consultation,
            text=form.cleaned_data["text"],
            version=shown(form),
            submission=form.submission,
            by=request.access,
        ),
        template="consultations/say.jinja",
        done=_("Sent. The clock stands still until they say."),
        label=_("What do you need to know first?"),
    )


@page(purpose="direct_care", acts=("consult",))
def answer(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Answer,
        lambda form: actions.answer(
            consultation=consultation,
            recommendations=form.recommendations,
            text=form.cleaned_data["text"],
            version=shown(form),
            submission=form.submission,
            by=request.access,
        ),
        template="consultations/answer.jinja",
        done=_("Answered. They say what became of each recommendation, and you read it here."),
    )


@page(purpose="direct_care", acts=("consult",))
def hand_back(request: HttpRequest, consultation: str) -> HttpResponse:
    return move(
        request,
        consultation,
        Confirm,
        lambda form: actions.hand_back(consultation=consultation, version=shown(form), by=request.access),
        template="consultations/hand_back.jinja",
        done=_("Back with whoever asked. They decide what to do instead."),
    )
