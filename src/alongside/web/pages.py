"""How a page is made: who may open it and for which purpose, one transaction, one template.

    @page(purpose="direct_care")
    def caseload(request):
        return show(request, "caseload/list.jinja", page=present(queries.caseload(access=request.access)))

The purpose stands in the code, never in the address: nobody can choose it. The disclosure entry of what the queries
showed is in the same transaction as the page, so a page that fails has disclosed nothing; and if somebody withdrew a
consent while the page was drawn, it is drawn again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.access import actions as entering
from alongside.access import reading
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel.errors import NotThere
from alongside.web import ways
from alongside.web.accounts import hats

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page, drawn at once and therefore inside the view's transaction."""
    return render(request, template, context)


def page(
    *,
    purpose: str,
    or_for: tuple[str, ...] = (),
    acts: tuple[str, ...] = (),
    methods: tuple[str, ...] = ("GET", "POST"),
) -> Callable[[View[P]], View[P]]:
    """A page for somebody signed in, for the declared purpose (a key of the policy).

    A page that the desk or an evaluator shares with clinicians declares their purposes too (`or_for`): the first that
    the reader's role includes is the one. A page that is there to do something declares the act (`acts`, of which the
    role must include one). An address that nobody may open in their role answers in words; errors of ours become pages
    (`refusals`). What is declared here also decides which links a reader is shown (`ways`).
    """
    purposes = (purpose, *or_for)
    _check_declared(purposes, acts)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @require_http_methods(["HEAD", *methods])
        @login_required
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            access = _for_the_first(hats.access_of(request), purposes)
            vars(request)["access"] = access  # Django's request takes along what is hung on it
            if not ways.opens(opened, access):
                access.check_may(acts[0])
            name = f"{view.__module__.removeprefix('alongside.web.')}.{view.__name__}"
            try:
                if request.method in ("GET", "HEAD"):
                    return reading.read(access, name, lambda: view(request, *args, **kwargs), shows=_is_page)
                return reading.act(access, name, lambda: view(request, *args, **kwargs), shows=_is_page)
            except NotThere:
                _refused(access, name, kwargs.get("registration"))
                raise

        vars(opened).update(purpose=purpose, purposes=purposes, acts=acts)
        return opened

    return decorate


def _refused(access: Access, name: str, registration: object) -> None:
    """Noted whether there is such a registration or not: the answer is the same, and takes the same way."""
    if registration:
        entering.refused(registration=str(registration), page=name, by=access)


def _check_declared(purposes: tuple[str, ...], acts: tuple[str, ...]) -> None:
    for one in purposes:
        if one not in policy.purposes():
            raise ValueError(f"{one!r} is not a purpose of the policy.")
    for one in acts:
        if not any(one in role.does for role in policy.roles().values()):
            raise ValueError(f"{one!r} is not an act of any role in the policy.")


def _for_the_first(access: Access, purposes: tuple[str, ...]) -> Access:
    role = policy.roles()[access.role].purposes
    fitting = (one for one in purposes if role & policy.purposes()[one].mask)
    return access.for_purpose(next(fitting, purposes[0]))


def _is_page(answer: HttpResponse) -> bool:
    return not 300 <= answer.status_code < 400


def demonstration_only(view: View[P]) -> View[P]:
    """A page that does not exist in a real installation."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise NotThere
        return view(request, *args, **kwargs)

    return opened
