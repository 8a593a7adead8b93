"""A message that did not leave, and what a demonstration would have sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.post import actions, queries
from alongside.post.rules import Fault, State
from alongside.web.forms import Form
from alongside.web.pages import demonstration_only, page, show
from alongside.web.subject import subject
from alongside.web.trying import done
from alongside.web.ways import way


@page(purpose="direct_care", acts=("care",))
def message(request: HttpRequest, message: str) -> HttpResponse:
    """One message; where it failed, what to do and the button that says it was done."""
    access = request.access
    found = queries.message(message, access=access)
    form = Form(request.POST or None)  # nothing to fill in: saying so is the act
    if form.is_bound and done(form, lambda: actions.settle(message=found.id, by=access)):
        messages.success(request, _("Saved. This message is no longer owed."))
        return redirect("person", found.registration)
    who = subject(found.registration, access=access)
    return show(
        request,
        "post/message.jinja",
        person=who.person,
        subject=who,
        message=found,
        failed=found.state is State.FAILED and found.service == access.service,
        unsafe=found.fault == Fault.NOT_SAFE,
        details=way("correct-identity", who.own, access=access) if who.own else "",
        form=form,
        cancel=who.href,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@demonstration_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """Everything that a demonstration kept instead of sending it; nothing ticks there, so a button does."""
    if request.method == "POST":
        caseload.send_messages(by=Access.system("mailbox"))
        return redirect("mailbox")
    return show(request, "post/mailbox.jinja", kept=queries.mailbox(access=Access.public()))
