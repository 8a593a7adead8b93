"""From the letter to a sign-in: the date of birth, then a password. What is said is the same for a link that is good,
wrong, used or old."""

from http import HTTPStatus

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.context import Access
from alongside.definitions.help_now import help_in
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.sharing import actions
from alongside.web import limits, times
from alongside.web.accounts import hats
from alongside.web.accounts.backend import Backend
from alongside.web.answering import kept
from alongside.web.answering.forms import SecondFact
from alongside.web.answering.views import private
from alongside.web.own.forms import KnownPassword, NewPassword
from alongside.web.pages import show
from alongside.web.trying import attempt

WRONG, MOST = "welcome", 20  # links that did not open from one connection in an hour


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """The second fact."""
    form = SecondFact(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _show(request, "start", form=form)
    if limits.counted(request, WRONG) >= MOST:
        return _too_often(request, form)
    opened = people.open_invitation(token=token, born=form.cleaned_data["born"], by=Access.public())
    if opened:
        kept.remember(request, token, opened)
        return redirect("welcome-password", token)
    limits.count(request, WRONG)
    form.add_error(
        None, _("This did not open. Check the date. If it is right, ask the service that sent the link for a new one.")
    )
    return _show(request, "start", form=form)


def _too_often(request: HttpRequest, form: SecondFact) -> HttpResponse:
    said = _("Too many tries came from this internet connection. Try again after %(time)s, or ring the service.")
    form.add_error(None, said % {"time": times.moment(limits.until())})
    answer = _show(request, "start", form=form)
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return answer


@private
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, token: str) -> HttpResponse:
    """A password of their own, or the one that they have already; then they are in."""
    opened = kept.access(request, token)
    if opened is None:
        return redirect("welcome", token)
    sign_in, access = opened
    try:
        found = persons.invitation_of(sign_in, access=access)
    except NotThere:
        return redirect("welcome", token)
    form = (KnownPassword if found.known else NewPassword)(request.POST or None)
    if found.known and limits.counted(request, WRONG) >= MOST:
        return redirect("welcome", token)
    entered = form.data.get("password", "")
    user = attempt(form, lambda: actions.welcome(sign_in=sign_in, password=entered, by=access))
    if user:
        return _let_in(request, user, sign_in)
    if form.is_bound:
        limits.count(request, WRONG)
    return _show(request, "password", [found.jurisdiction], form=form, found=found)


def _let_in(request: HttpRequest, user: str, sign_in: str) -> HttpResponse:
    kept.forget(request)
    known = Backend().get_user(user)
    if known is None:
        raise NotThere
    login(request, known, backend=f"{Backend.__module__}.{Backend.__qualname__}")
    request.session[hats.WORN] = sign_in
    return redirect(hats.first_page(request))


def _show(request: HttpRequest, template: str, where: list[str] | None = None, **context: object) -> HttpResponse:
    everywhere = where or organisations.jurisdictions(access=Access.public())
    return show(request, f"own/{template}.jinja", help=help_in(everywhere), **context)
