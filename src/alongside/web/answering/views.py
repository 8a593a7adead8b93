"""One question a page. Each answer is kept on the server at once; nothing reaches the record before "Send"."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.context import Access
from alongside.definitions.help_now import help_in
from alongside.kernel.errors import Duplicate, Invalid, NotThere, Stale
from alongside.measures import actions, queries
from alongside.measures.queries import Opened
from alongside.measures.rules import asking
from alongside.measures.rules.asking import Question, Standing
from alongside.organisations import queries as organisations
from alongside.web import limits, times
from alongside.web.answering import kept, present
from alongside.web.answering.forms import Answer, SecondFact, Send
from alongside.web.dependence import to_be_said, warning
from alongside.web.pages import show
from alongside.web.selfreferral.views import elsewhere
from alongside.web.trying import attempt

WRONG, MOST = "answer", 20  # links that did not open from one connection in an hour
AS_IT_IS = "now"  # in the address: send what there is, though some questions have no answer
View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Kept out of every index. No referrer leaves our own pages by the settings of the whole site; to send none at all
    would make browsers send forms as if they came from nowhere, and those are refused."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answered


def _show(request: HttpRequest, template: str, where: str = "", **context: Any) -> HttpResponse:
    """A page with the numbers for help of `where` the service is that asked; before a link has opened, of wherever one
    is: the page must not tell a good link from a wrong one."""
    everywhere = [where] if where else organisations.jurisdictions(access=Access.public())
    return show(request, f"answering/{template}.jinja", help=help_in(everywhere), **context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """The second fact. What this page says is the same for a link that is good, wrong, used or old."""
    if _opened(request, token):
        return _next(request, token)
    form = SecondFact(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _show(request, "start", form=form)
    if limits.counted(request, WRONG) >= MOST:
        form.add_error(None, _too_often())
        answer = _show(request, "start", form=form)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return answer
    ask = actions.open_link(token=token, born=form.cleaned_data["born"], by=Access.public())
    if ask:
        return _let_in(request, token, ask)
    limits.count(request, WRONG)
    form.add_error(None, _did_not_open())
    return _show(request, "start", form=form)


def _let_in(request: HttpRequest, token: str, ask: str) -> HttpResponse:
    """On to the questions; or, where another telephone of theirs was first, the news that they are sent."""
    found = queries.opened(ask, access=Access.link(ask))
    if found.standing is Standing.ANSWERED:
        return _show(request, "already", found.jurisdiction, reader=present.reader(found.service))
    kept.remember(request, token, ask)
    return _next(request, token)


def _did_not_open() -> str:
    return _(
        "This did not open. Check the date. If it is right, the link may have ended or been used: ring the service "
        "that sent it, and ask for a new one."
    )


def _too_often() -> str:
    said = _("Too many tries came from this internet connection. Try again after %(time)s, or ring the service.")
    return said % {"time": times.moment(limits.until())}


def _opened(request: HttpRequest, token: str) -> Opened | None:
    """What this browser opened with this link, while it can be answered."""
    found = kept.access(request, token)
    if found is None:
        return None
    ask, access = found
    try:
        opened = queries.opened(ask, access=access)
    except NotThere:
        return None
    return opened if opened.standing is Standing.OPEN else None


def _next(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if opened is None:
        return redirect("answer", token)
    question = asking.first_open(opened.instruments, opened.drafts)
    return redirect("answer-question", token, question.place) if question else redirect("answer-check", token)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str, place: int) -> HttpResponse:
    opened = _opened(request, token)
    if opened is None:
        return redirect("answer", token)
    asked = asking.applying(opened.instruments, opened.drafts)
    one = next((one for one in asked if one.place == place), None)
    if one is None:
        return _next(request, token)
    words = present.words_of(one, opened)
    form = Answer(request.POST or None, question=one, words=words, initial={"answer": opened.drafts.get(place)})
    if form.is_bound and _kept(form, opened, place):
        kept.go_on(request)
        return _after(request, token, one)
    order = [other.place for other in asked]
    number = order.index(place)
    stem = words.stem_of(one.item)
    return _show(
        request,
        "question",
        opened.jurisdiction,
        form=form,
        stem=_(stem) if stem else "",
        number=number + 1,
        of=len(order),
        back=reverse("answer-question", args=[token, order[number - 1]]) if number else "",
        leave_out=asking.may_leave_out(opened.instruments, opened.drafts, place),
        until=asking.last_day(opened.expires_at, opened.zone),
    )


def _kept(form: Answer, opened: Opened, place: int) -> bool:
    """Whether the answer is on the server; if not, why not stands beside it."""
    form.is_valid()
    try:
        actions.answer(asked=opened.id, place=place, written=form.written, by=Access.link(opened.id))
    except Invalid as refusal:
        form.errors.pop("answer", None)  # the rules have said it, and better
        form.add_error("answer", refusal.message)
        return False
    except (Stale, Duplicate) as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _after(request: HttpRequest, token: str, one: Question) -> HttpResponse:
    """Help at once after an answer about self-harm; else the next question that has no answer."""
    opened = _opened(request, token)
    if opened and asking.tells_of_harm(one, opened.drafts.get(one.place)):
        return redirect("answer-help", token)
    return _next(request, token)


@private
@require_safe
def help_page(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if opened is None:
        return redirect("answer", token)
    reader = present.reader(opened.service)
    return _show(
        request,
        "help",
        opened.jurisdiction,
        reader=reader,
        go_on=reverse("answer", args=[token]),
        send_now=reverse("answer-check", args=[token]) + "?" + AS_IT_IS,
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if opened is None:
        # A second click on "Send" finds that it is done.
        return (
            redirect("answer-sent") if kept.access(request, token) and kept.sent(request) else redirect("answer", token)
        )
    some_open = asking.first_open(opened.instruments, opened.drafts) is not None
    if some_open and (AS_IT_IS not in request.GET or not opened.drafts):
        return _next(request, token)
    form = Send(request.POST or None)
    harm = asking.any_harm(opened.instruments, opened.drafts)
    drinking = to_be_said(asking.handed_in(opened.instruments, opened.drafts, as_it_is=some_open))
    reader = present.reader(opened.service)
    me = Access.link(opened.id)
    if form.is_bound and attempt(form, lambda: actions.send(asked=opened.id, by=me, as_it_is=some_open)):
        kept.remember_sent(
            request,
            service=reader.service,
            phone=reader.phone,
            where=opened.jurisdiction,
            by=reader.by.isoformat(),
            harm=harm,
            drinking=drinking,
        )
        return redirect("answer-sent")
    rows = present.rows(opened, token)
    return _show(request, "check", opened.jurisdiction, form=form, rows=rows, reader=reader, harm=harm, open=some_open)


@private
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next. It names no answer, and stands for half an hour, or until the browser is closed or left."""
    known = kept.sent(request)
    if not known:
        raise NotThere
    drinking = warning(jurisdiction=known["where"]) if known["drinking"] else None
    return _show(request, "sent", known["where"], sent=known, by=parse_datetime(known["by"]), drinking=drinking)


@private
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Be somewhere harmless; the link asks for the second fact again. Answers so far wait on the server."""
    kept.forget(request)
    return redirect(elsewhere())
