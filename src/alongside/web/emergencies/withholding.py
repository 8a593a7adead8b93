"""Keeping a look in an emergency from the person, until a second person has decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.errors import NotThere
from alongside.safety import queries
from alongside.safety.rules import Why
from alongside.sharing import actions as sharing
from alongside.web.pages import page, show
from alongside.web.safety.telling import WHYS, Withhold
from alongside.web.subject import subject
from alongside.web.trying import attempt


@page(purpose="legal", acts=("oversee",))
def look(request: HttpRequest, look: str) -> HttpResponse:
    access = request.access
    found = queries.look(look, access=access)
    if not found.found:
        raise NotThere
    who = subject(found.registration, access=access)
    form = Withhold(request.POST or None, initial={"withhold": Why.SERIOUS_HARM})
    form.fields["withhold"].choices = [(Why.SERIOUS_HARM, WHYS[Why.SERIOUS_HARM])]
    back = reverse("emergency-look", args=[found.id])
    if attempt(form, lambda: sharing.withhold(entry=found.id, said=form.said(), by=access), stands=back):
        messages.success(request, _("Saved. They do not see it, and somebody else decides whether that is right."))
        return redirect(back)
    return show(request, "emergencies/withhold.jinja", person=who.person, subject=who, form=form, cancel=back)
