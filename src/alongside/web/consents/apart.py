"""Taking two joined records apart, when the person asks for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import done


@page(purpose="direct_care", acts=("consent",))
def apart(request: HttpRequest, registration: str, link: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = next((one for one in people.joined_to(about.mine, access=access) if one.link == link), None)
    if found is None:
        raise NotThere
    form = Form(request.POST or None)
    if done(form, lambda: actions.unlink(registration=about.mine, other=found.registration, by=access)):
        messages.success(request, _("Taken apart. Neither service is led to the other’s record any more."))
        return redirect("person-sharing", about.mine)
    service = naming.names([found.service], access=access).get(found.service, "")
    return show(
        request, "consents/apart.jinja", form=form, person=about.person, about=about, joined=found, service=service
    )
