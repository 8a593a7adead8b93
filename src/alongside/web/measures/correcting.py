"""Putting a measure or days of use right, and taking out what is about somebody else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import policy, texts
from alongside.definitions.instruments import instrument
from alongside.definitions.substances import substances
from alongside.kernel.errors import Invalid
from alongside.measures import actions, queries
from alongside.measures import rules as measuring
from alongside.safety import queries as risks
from alongside.web import words
from alongside.web.measures.corrected import AnswersCorrected, TotalCorrected, UseCorrected
from alongside.web.measures.result import comes_to
from alongside.web.measures.saying import answered_at, owed_all_the_same
from alongside.web.pages import page, show
from alongside.web.putting_right import Correcting, WrongPerson
from alongside.web.safety.owed import owed
from alongside.web.safety.present import open_ones
from alongside.web.seen import Viewer, viewers
from alongside.web.subject import subject
from alongside.web.trying import attempt, been_put_right, sent_before
from alongside.web.ways import sees

Old = queries.Answered | queries.Days
USE = policy.categories_mask(measuring.USE_PATTERN)


@page(purpose="direct_care", acts=("correct",))
def response(request: HttpRequest, response: str) -> HttpResponse:
    old = queries.response(response, access=request.access)
    stands = _stands("response-correct", response, old, request)
    if request.method != "POST" and not old.stands:
        return been_put_right(request, stands)
    seen = _seen(request, old, _kinds(old))
    form = _form(request, old, _names(seen))
    if form.is_bound and (new := attempt(form, lambda: _correct(form, request.access), stands=stands)):
        if not sent_before(request, form):
            _say(request, form, new)
        return redirect("person-measures", old.registration)
    who = subject(old.registration, access=request.access)
    return show(
        request,
        "measures/correct_response.jinja",
        person=who.person,
        subject=who,
        form=form,
        seen=seen,
        said=_said(old, request.access.jurisdiction),
        at=old.at,
        prompts=open_ones(risks.open_prompts([old.registration], access=request.access), request.access),
        words=texts.pack(old.instrument, jurisdiction=request.access.jurisdiction),
    )


def _form(request: HttpRequest, old: queries.Answered, seen: dict[str, str]) -> AnswersCorrected | TotalCorrected:
    """By its questions where it was entered by them; else by its total."""
    if instrument(old.instrument).by_items and (old.answers is not None or old.value is None):
        sees_use = sees(measuring.USE_PATTERN, request.access)
        words = texts.pack(old.instrument, jurisdiction=request.access.jurisdiction)
        return AnswersCorrected(request.POST or None, before=old, words=words, seen=seen, sees_use=sees_use)
    return TotalCorrected(request.POST or None, before=old, seen=seen)


def _correct(form: AnswersCorrected | TotalCorrected, access: Access) -> str:
    if isinstance(form, AnswersCorrected) and not any(form.answers.values()):
        raise Invalid("", _("Answer at least one question."))
    day = form.cleaned_data["date"]
    return actions.correct_response(
        response=form.before.id,
        completed_at=None if day == form.initial["date"] else answered_at(day),
        why=form.why(),
        talk=form.talk,
        submission=form.submission,
        by=access,
        **form.given,
    )


def _say(request: HttpRequest, form: AnswersCorrected | TotalCorrected, new: str) -> None:
    now = queries.response(new, access=request.access)
    messages.success(
        request,
        _("Put right: %(what)s.") % {"what": _said(now, request.access.jurisdiction)}
        + " "
        + _("The earlier entry is kept and no longer shown."),
    )
    if form.rises and form.talk is None:
        messages.warning(request, owed(now.registration, request.access))
    elif form.told_of_harm and measuring.HARM not in now.flags and _still_owed(now, request.access):
        messages.warning(request, owed_all_the_same())


def _still_owed(now: queries.Answered, access: Access) -> bool:
    prompts = risks.open_prompts([now.registration], access=access)
    return any(one.instrument == now.instrument for one in prompts)


def _kinds(old: queries.Answered) -> int:
    return policy.categories_mask(measuring.category(instrument(old.instrument)))


def _said(one: queries.Answered, jurisdiction: str) -> str:
    """`PHQ-9 14, moderate`; the name alone of what comes to nothing but its answers."""
    measure = instrument(one.instrument)
    told = comes_to(measure, one.value, one.band, one.out_of, dict(one.parts), jurisdiction)
    return f"{words.measure(measuring.course_name(one.instrument, one.substance))} {told}".rstrip()


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
        said, kinds = _said(old, request.access.jurisdiction), _kinds(old)
    seen = _seen(request, old, kinds)
    waits = bool(risks.open_prompts([old.registration], access=request.access))
    form = WrongPerson(request.POST or None, seen=_names(seen), waits=waits)

    def act() -> str:
        return actions.withdraw_wrong_person(
            record=record, why=form.why(), taken_on_by=form.taken_on_by, by=request.access
        )

    stands = _stands("measure-wrong-person", record, old, request)
    return _answer(request, form, act, old, stands, seen, said, wrong=True)


def _stands(name: str, record: str, old: Old, request: HttpRequest) -> str:
    """Where what stands now is put right; all their measures where it was taken out of the record."""
    now = record if old.stands else queries.standing(record, access=request.access)
    return reverse(name, args=[now]) if now else reverse("person-measures", args=[old.registration])


def _seen(request: HttpRequest, old: Old, kinds: int) -> list[Viewer]:
    since = old.recorded_at if isinstance(old, queries.Answered) else old.at
    return viewers(old.registration, since, kinds, access=request.access)


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
        kept = _("The earlier entry is kept and no longer shown.")
        right = _("Record it now for the right person.") if wrong else ""
        messages.success(request, f"{done} {kept} {right}".rstrip())
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
