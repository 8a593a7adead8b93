"""Taking back what was taken back a moment ago: a second click is told so, and led to what stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.consent import queries
from alongside.kernel.errors import NotThere
from alongside.web.forms import Form


def done_before(request: HttpRequest, registration: str, consent: str, stands: str) -> HttpResponse:
    """To `stands` for whoever took it back themselves a moment ago. Raises `NotThere` for anybody else."""
    if not queries.taken_back_a_moment_ago(consent, registration, access=request.access):
        raise NotThere
    messages.info(request, _("It is already taken back. This is what stands now."))
    return redirect(stands)


def by_another_click(
    request: HttpRequest, form: Form, registration: str, consent: str, stands: str
) -> HttpResponse | None:
    """`done_before`, where a click at the same time ended what this one was sent to end."""
    if not form.is_bound:
        return None
    try:
        return done_before(request, registration, consent, stands)
    except NotThere:
        return None
