"""Pages for what cannot be done: what happened, that nothing was saved, and what to do next."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from alongside.kernel.errors import AlongsideError, Duplicate, Invalid, NotAllowed, NotThere, Several, Stale

# One answer for "no such thing" and "not for you": the difference would itself tell.
_PAGES: dict[type[AlongsideError], tuple[HTTPStatus, str]] = {
    NotThere: (HTTPStatus.NOT_FOUND, "errors/404.jinja"),
    NotAllowed: (HTTPStatus.FORBIDDEN, "errors/403.jinja"),
    Stale: (HTTPStatus.CONFLICT, "errors/409.jinja"),
    Duplicate: (HTTPStatus.CONFLICT, "errors/409.jinja"),
    Invalid: (HTTPStatus.BAD_REQUEST, "errors/400.jinja"),
    Several: (HTTPStatus.BAD_REQUEST, "errors/400.jinja"),
}


def refuse(request: HttpRequest, error: AlongsideError) -> HttpResponse:
    """The page for one of our own errors."""
    status, template = _PAGES.get(type(error), (HTTPStatus.BAD_REQUEST, "errors/400.jinja"))
    return render(request, template, {"error": error}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/400.jinja", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/403.jinja", status=HTTPStatus.FORBIDDEN)


def not_there(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/404.jinja", status=HTTPStatus.NOT_FOUND)


def broken(_request: HttpRequest) -> HttpResponse:
    """Drawn without the request: whatever broke may be what the layout would ask for."""
    return HttpResponse(render_to_string("errors/500.jinja"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old, most often because of signing in again in another tab."""
    return render(request, "errors/stale_form.jinja", status=HTTPStatus.FORBIDDEN)
