"""One move on a thread: read it, draw its form, act, say what happens next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.web.consultations.views import context, opened
from alongside.web.forms import Form
from alongside.web.pages import show
from alongside.web.trying import attempt


def move(
    request: HttpRequest,
    consultation: str,
    kind: Callable[..., Form],
    act: Callable[[Form], object],
    *,
    template: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """Act first, as somebody did who sent the form; read the thread where there is something to show of it.

    What the act refuses stands on its page with the thread beside it; afterwards the thread says what is next.
    """
    form = kind(request.POST, **more) if request.method == "POST" else None
    if form and attempt(form, lambda: act(form) or consultation):
        messages.success(request, done)
        return redirect("consultation", consultation)
    found, about = opened(consultation, request.access)
    form = form or kind(version=found.question.version if found.question else "", **more)
    return show(request, template, form=form, **context(consultation, found, about, request.access))
