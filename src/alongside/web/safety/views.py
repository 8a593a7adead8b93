"""One risk prompt: what was answered, and the conversation that closes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.definitions.help_now import help_in
from alongside.organisations import queries as organisations
from alongside.safety import actions, queries
from alongside.safety.rules import Outcome, Talk
from alongside.web import naming
from alongside.web.pages import page, show
from alongside.web.safety.forms import Talking
from alongside.web.safety.present import answers, put_right
from alongside.web.subject import subject
from alongside.web.trying import done
from alongside.web.ways import way
from alongside.web.words import talk_outcome


@page(purpose="direct_care", acts=("care",))
def prompt(request: HttpRequest, prompt: str) -> HttpResponse:
    access = request.access
    found = queries.prompt(prompt, access=access)
    form = Talking(request.POST or None)
    if form.is_bound and done(form, lambda: actions.close(prompt=found.id, talk=form.talk or Talk(""), by=access)):
        messages.success(request, _("Saved. What came of it stands below their measures."))
        return redirect("person", found.registration)
    who = subject(found.registration, access=access)
    known = naming.names({found.closed_by, found.service}, access=access)
    asked_at = organisations.place(found.service, access=access).jurisdiction
    return show(
        request,
        "safety/prompt.jinja",
        person=who.person,
        subject=who,
        prompt=found,
        answers=answers(found, asked_at),
        put_right=put_right(found, asked_at),
        mine=found.service == access.service,
        outcome=talk_outcome(Outcome(found.outcome)) if found.outcome else "",
        closed_by=known.get(found.closed_by, ""),
        service=known.get(found.service, ""),
        form=form,
        help=help_in([access.jurisdiction]),
        contact=way("contact-record", who.own, access=access) if who.own else "",
        cancel=who.href,
    )
