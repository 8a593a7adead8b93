"""What happens around every page: privacy headers, signing out the forgotten, and errors in plain English."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from alongside.kernel.errors import AlongsideError
from alongside.web import refusals

Respond = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"


def speaking(respond: Respond) -> Respond:
    """Says once which language is spoken. Where nobody has, each word asks again, and a page says hundreds."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (language := get_language()) == settings.LANGUAGE_CODE:
            activate(language)
        return respond(request)

    return middleware


def private_pages(respond: Respond) -> Respond:
    """Nothing about anybody stays in a shared computer's cache, and the page may use no device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response

    return middleware


def idle_sign_out(respond: Respond) -> Respond:
    """Signs out whoever left the desk. The time is written at most six times in the limit, not on every page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            _sign_out_or_note(request)
        return respond(request)

    return middleware


def _sign_out_or_note(request: HttpRequest) -> None:
    now, seen = int(time.time()), request.session.get(LAST_SEEN, 0)
    if seen and now - seen > settings.IDLE_SIGN_OUT_SECONDS:
        logout(request)
        messages.info(
            request, _("You were signed out because this page was left alone. Nothing was lost that you saved.")
        )
    elif now - seen > settings.IDLE_SIGN_OUT_SECONDS // 6:
        request.session[LAST_SEEN] = now


class Refusals:
    """The one place where our own errors become pages."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusals.refuse(request, error) if isinstance(error, AlongsideError) else None
