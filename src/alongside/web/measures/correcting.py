"""Putting a measure or days of use right, and taking out what is about somebody else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.definitions import policy
from alongside.definitions.instruments import instrument
from alongside.definitions.substances import substances
from alongside.measures import actions, queries
from alongside.measures import rules as measuring
from alongside.web import words
from alongside.web.measures.forms import Correcting, ResponseCorrected, UseCorrected
from alongside.web.measures.views import answered_at
from alongside.web.pages import page, show
from alongside.web.seen import Viewer, viewers
from alongside.web.subject import subject
from alongside.web.trying import attempt, been_put_right

Old = queries.Answered | queries.Days
USE = policy.categories_mask(measuring.USE_PATTERN)


@page(purpose="direct_care", acts=("correct",))
def response(request: HttpRequest, response: str) -> HttpResponse:
    old = queries.response(response, access=request.access)
    measure = instrument(old.instrument)
    seen = _seen(request, old, policy.categories_mask(measuring.category(measure)))
    initial = {"date": timezone.localtime(old.at).date(), measure.key: words.number(old.value)}
    form = ResponseCorrected(request.POST or None, measure=measure, seen=_names(seen), initial=initial)

    def act() -> str:
        day = form.cleaned_data["date"]
        at = None if day == initial["date"] else answered_at(day)
        return actions.correct_response(
            response=response, total=form.total, completed_at=at, why=form.why(), by=request.access
        )

    said = f"{measure.name} {words.number(old.value)}"
    stands = _stands("response-correct", response, old, request)
    return _answer(request, form, act, old, stands, seen, said)


@page(purpose="direct_care", acts=("correct",))
def use(request: HttpRequest, record: str) -> HttpResponse:
    substance, old = queries.use_record(record, access=request.access)
    seen = _seen(request, old, USE)
    day = timezone.localtime(old.at).date()
    amount = words.number(old.amount) if old.amount is not None else ""
    initial = {"date": day, f"{substance}_days": str(old.days), f"{substance}_amount": amount}
    initial |= {f"{substance}_unit": old.unit}
    form = UseCorrected(request.POST or None, substance=substances()[substance], seen=_names(seen), initial=initial)

    def act() -> str:
        at = None if form.cleaned_data["date"] == day else answered_at(form.cleaned_data["date"])
        return actions.correct_use(
            record=record, use=form.use(old.named), asked_at=at, why=form.why(), by=request.access
        )

    said = _("%(substance)s: %(days)d of 28 days") % {"substance": words.substance_words(substance), "days": old.days}
    return _answer(request, form, act, old, _stands("use-correct", record, old, request), seen, said)


@page(purpose="direct_care", acts=("correct",))
def wrong_person(request: HttpRequest, record: str) -> HttpResponse:
    """A response or a use record that is about somebody else."""
    if record.startswith("use_"):
        substance, old = queries.use_record(record, access=request.access)
        said, kinds = words.substance_words(substance), USE
    else:
        old = queries.response(record, access=request.access)
        measure = instrument(old.instrument)
        said, kinds = f"{measure.name} {words.number(old.value)}", policy.categories_mask(measuring.category(measure))
    seen = _seen(request, old, kinds)
    form = Correcting(request.POST or None, seen=_names(seen))

    def act() -> str:
        return actions.withdraw_wrong_person(record=record, why=form.why(), by=request.access)

    stands = _stands("measure-wrong-person", record, old, request)
    return _answer(request, form, act, old, stands, seen, said, wrong=True)


def _stands(name: str, record: str, old: Old, request: HttpRequest) -> str:
    """Where what stands now is put right; all their measures where it was taken out of the record."""
    now = record if old.stands else queries.standing(record, access=request.access)
    return reverse(name, args=[now]) if now else reverse("person-measures", args=[old.registration])


def _seen(request: HttpRequest, old: Old, kinds: int) -> list[Viewer]:
    return viewers(old.registration, old.at, kinds, access=request.access)


def _names(seen: list[Viewer]) -> dict[str, str]:
    return {one.id: one.name for one in seen}


def _answer(
    request: HttpRequest,
    form: Correcting,
    act: Callable[[], str],
    old: Old,
    stands: str,
    seen: list[Viewer],
    said: str,
    *,
    wrong: bool = False,
) -> HttpResponse:
    if not form.is_bound and not old.stands:
        return been_put_right(request, stands)
    if form.is_bound and attempt(form, act, stands=stands):
        done = _("Taken out of this record.") if wrong else _("Put right.")
        messages.success(request, done + " " + _("The earlier entry is kept and no longer shown."))
        return redirect("person-measures", old.registration)
    who = subject(old.registration, access=request.access)
    title = _("This was about somebody else") if wrong else _("Put this measure right")
    return show(
        request,
        "measures/correct.jinja",
        person=who.person,
        subject=who,
        form=form,
        seen=seen,
        said=said,
        at=old.at,
        title=title,
        submit=_("Take it out of this record") if wrong else _("Save what is right"),
    )
