"""The public door. Nothing is saved before the last page; then one referral, owned from that second."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.context import Access
from alongside.definitions import agreements
from alongside.definitions.help_now import help_in
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.outcomes.rules import signs_of_dependence
from alongside.referral import actions as referrals
from alongside.referral import rules
from alongside.web import times, use_words
from alongside.web.dependence import warning
from alongside.web.pages import show
from alongside.web.selfreferral import answers, limit
from alongside.web.selfreferral.answers import SENT, Answers
from alongside.web.selfreferral.forms import STEPS, Check
from alongside.web.subject import language_words
from alongside.web.trying import attempt


def _answers(request: HttpRequest) -> Answers:
    return Answers(request, organisations.open_services(access=Access.public()))


def elsewhere() -> str:
    """Where to be in a hurry, in the country of the services that take part; the first one's, where they are in two."""
    return help_in(one.jurisdiction for one in organisations.open_services(access=Access.public()))[0].elsewhere


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    services = organisations.open_services(access=Access.public())
    numbers = help_in(one.jurisdiction for one in services)
    return show(request, "selfreferral/start.jinja", services=services, help=numbers)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forget everything that was typed and be somewhere harmless."""
    answers.forget(request)
    request.session.pop(SENT, None)
    return redirect(elsewhere())


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    given = _answers(request)
    if step not in STEPS:
        raise NotThere
    if step not in given.steps():
        return redirect("start-check")
    form = given.form(step)
    if request.method == "POST":
        form = given.filled(step, request.POST)
        if form.is_valid():
            given.keep(step, request.POST)
            return _next(request, given, step)
    order = list(given.steps())
    return show(
        request,
        "selfreferral/step.jinja",
        form=form,
        step=step,
        number=order.index(step) + 1,
        of=len(order),
        back=_address(given.before(step)),
        help=help_in(given.jurisdictions),
    )


def _next(request: HttpRequest, given: Answers, step: str) -> HttpResponse:
    """On to the next page; after a change, straight back to reading it over."""
    if given.missing() is None:
        return redirect("start-check")
    return redirect("start-step", given.after(step) or given.missing())


def _address(step: str | None) -> str:
    return reverse("start-step", args=[step]) if step else reverse("start")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    given = _answers(request)
    missing = given.missing()
    if missing and request.session.get(SENT) and not given.kept:
        return redirect("start-sent")  # a second click on "Send"
    if missing:
        return redirect("start-step", missing)
    form = Check(request.POST or None)
    if attempt(form, lambda: _send(request, form, given)):
        limit.count(request)
        _remember_only_what_is_next(request, given)
        return redirect("start-sent")
    numbers = help_in(given.jurisdictions)
    answer = show(request, "selfreferral/check.jinja", form=form, rows=_rows(given), help=numbers)
    if form.is_bound and limit.reached(request):
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return answer


def _send(request: HttpRequest, form: Check, given: Answers) -> str:
    entered = given.all()
    limit.check(request, organisations.place(entered["service"], access=Access.public()))
    return referrals.refer_myself(
        to=entered["service"],
        identity=answers.identity(entered),
        wording=answers.wording(entered),
        submission=form.submission,
        by=Access.public(),
    )


def _remember_only_what_is_next(request: HttpRequest, given: Answers) -> None:
    entered = given.all()
    service = organisations.place(entered["service"], access=Access.public())
    request.session[SENT] = {
        "service": service.name,
        "phone": service.phone,
        "where": service.jurisdiction,
        "due": _due(service).isoformat(),
        "agreed": agreements.agreement(service.agreement).status == "signed",
        "way": answers.safe_way(entered),
        "drinking": bool(signs_of_dependence(answers.drunk(entered))),
    }
    answers.forget(request)


def _due(service: Place) -> datetime:
    agreement = agreements.agreement(service.agreement)
    hours = organisations.hours_of(service.id, access=Access.public())
    return rules.triage_due(clock.now(), rules.Urgency.ROUTINE, agreement, hours)


def _rows(given: Answers) -> list[tuple[str, str, str]]:
    """(question, answer, where to change it), as the person gave it."""
    entered = given.all()
    service = next((place.name for place in given.services if place.id == entered["service"]), "")
    called = entered["preferred_name"]
    name = f"{entered['given_name']} {entered['family_name']}"
    said = [
        ("where", _("Who helps you"), service),
        ("why", _("What is going on"), entered["reason"]),
        ("wants", _("What you would like to be different"), entered["wants"]),
        ("use", _("Drinking or drugs"), use_words.said(answers.use(entered)) or _("Nothing, or not said")),
        ("name", _("Your name"), f"{name} ({called})" if called else name),
        ("born", _("Date of birth"), times.day(entered["birth_date"])),
        ("reach", _("How we reach you"), _reach(entered)),
        ("needs", _("What makes it easier"), _needs(entered)),
    ]
    return [(question, answer, _address(step)) for step, question, answer in said]


def _reach(entered: dict) -> str:
    return ". ".join(part for part in (entered["phone"], entered["email"], answers.safe_way(entered)) if part)


def _needs(entered: dict) -> str:
    interpreter = _("with an interpreter") if entered["interpreter"] else ""
    parts = (language_words(entered["language"]), interpreter, entered["access_needs"])
    return ", ".join(part for part in parts if part)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    known = request.session.get(SENT)
    if not known:
        return redirect("start")
    due = datetime.fromisoformat(known["due"])
    drinking = warning(jurisdiction=known["where"]) if known["drinking"] else None
    numbers = help_in([known["where"]])
    return show(request, "selfreferral/sent.jinja", sent=known, due=due, drinking=drinking, help=numbers)
