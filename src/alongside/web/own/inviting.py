"""The service's side of a person's own sign-in: invite, see how it stands, end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.consent import queries as consents
from alongside.people import queries as people
from alongside.people.rules import SignIn
from alongside.sharing import actions
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import done


@page(purpose="direct_care", acts=("consent",))
def sign_in(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    standing = people.invited(about.mine, access=access)
    form = Form(request.POST or None)
    if "end" in request.POST:
        if done(form, lambda: actions.end_sign_in(registration=about.mine, by=access)):
            messages.success(request, _("Ended. Nobody signs in to this record as the person any more."))
            return redirect("sharing-sign-in", about.mine)
    elif "less" in request.POST:
        if done(form, lambda: actions.show_less(registration=about.mine, by=access)):
            messages.success(request, _("It shows less from now on. Take it back below, once they said so alone."))
            return redirect("person-sharing", about.mine)
    elif done(form, lambda: actions.invite(registration=about.mine, by=access)):
        messages.success(request, _("The letter leaves with the next round of messages. The link works for two weeks."))
        return redirect("sharing-sign-in", about.mine)
    return show(
        request,
        "own/sign_in.jinja",
        form=form,
        person=about.person,
        about=about,
        standing=standing,
        opened=bool(standing and standing.state is SignIn.OPEN),
        invited=bool(standing and standing.state is SignIn.INVITED),
        less=next((one for one in consents.in_force(about.mine, access=access) if one.to_self), None),
    )
