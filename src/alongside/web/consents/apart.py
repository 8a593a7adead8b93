"""Taking two joined records apart, when the person asks for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.people.rules import LONGEST_APART, Apart, Asker
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.forms import Form, fields
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import done


class TakenApart(Form):
    """At whose word, and why. Both stay with our own service."""

    asked_by = fields.Choice(
        label=gettext_lazy("Who asked for it?"),
        choices=[
            (Asker.PERSON, gettext_lazy("The person")),
            (Asker.ENTITLED, gettext_lazy("Somebody who decides for them, such as a parent or an attorney")),
            (Asker.MISTAKE, gettext_lazy("Nobody: two people were joined by mistake")),
        ],
    )
    reason = fields.Text(
        label=gettext_lazy("What they said, or what shows that it was a mistake"),
        help_text=gettext_lazy("The other service does not read this."),
        max_length=LONGEST_APART,
    )

    @property
    def why(self) -> Apart:
        return Apart(self.cleaned_data["reason"], Asker(self.cleaned_data["asked_by"]))


@page(purpose="direct_care", acts=("consent",))
def apart(request: HttpRequest, registration: str, link: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = next((one for one in people.joined_to(about.mine, access=access) if one.link == link), None)
    if found is None:
        raise NotThere
    form = TakenApart(request.POST or None)
    if done(form, lambda: actions.unlink(registration=about.mine, other=found.registration, why=form.why, by=access)):
        messages.success(request, _("Taken apart. Neither service is led to the other’s record any more."))
        return redirect("person-sharing", about.mine)
    service = naming.names([found.service], access=access).get(found.service, "")
    return show(
        request, "consents/apart.jinja", form=form, person=about.person, about=about, joined=found, service=service
    )
