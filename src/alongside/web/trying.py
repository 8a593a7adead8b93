"""Forms whose act may be refused as a whole: what was written stays on the page, with the reason above it."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.kernel.errors import NotAllowed, Stale
from alongside.web.forms import Form

T = TypeVar("T")


def attempt(form: Form, act: Callable[[], T], *, stands: str = "") -> T | str | None:
    """As `form.attempt`, with "not allowed" and "changed meanwhile" said above the form.

    A page of its own would throw away what a hurried person wrote. `stands` is the address of what stands now, to which
    "changed meanwhile" leads.
    """
    try:
        return form.attempt(act)
    except Stale as refusal:
        form.stands = stands
        form.add_error(None, refusal.message)
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
    return None


def sent_before(request: HttpRequest, form: Form) -> bool:
    """Whether the page had been sent before, and says so: nothing that was changed on it since has been saved."""
    if form.repeated:
        already = _("This was already saved, once. If you changed anything on the page since, that is not saved.")
        messages.warning(request, already + " " + _("Look at what stands, and put that right."))
    return form.repeated


def done(form: Form, act: Callable[[], object], *, stands: str = "") -> bool:
    """As `attempt`, for an act that gives nothing back: whether it was done, now or by a first click."""

    def acted() -> bool:
        act()
        return True

    return bool(attempt(form, acted, stands=stands))


def been_put_right(request: HttpRequest, stands: str) -> HttpResponse:
    """The answer to whoever opens the form of what was put right before: to what stands now, and says so."""
    messages.info(request, _("Somebody has already put this right. This is what stands now."))
    return redirect(stands)
