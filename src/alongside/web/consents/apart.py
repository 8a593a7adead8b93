"""Taking two joined records apart, when the person asks for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries as consents
from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.people.rules import LONGEST_APART, Apart, Asker
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.consents import finer
from alongside.web.consents.forms import EndsBesides
from alongside.web.forms import fields
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import done


class TakenApart(EndsBesides):
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
    there = Handle.service(found.service)
    named = finer.of_service(about.mine, there, access=access)
    form = TakenApart(request.POST or None, named=finer.offered(named))
    if done(form, lambda: _take_apart(about.mine, found.registration, form, access)):
        messages.success(request, _("Taken apart. Neither service is led to the other’s record any more."))
        return redirect("person-sharing", about.mine)
    service = naming.names([found.service], access=access).get(found.service, "")
    stands = finer.for_themselves(there, consents.current(about.mine, access=access))
    return show(
        request,
        "consents/apart.jinja",
        form=form,
        person=about.person,
        about=about,
        joined=found,
        service=service,
        named=bool(named),
        stands=stands,
    )


def _take_apart(mine: str, other: str, form: TakenApart, access: Access) -> None:
    actions.unlink(registration=mine, other=other, why=form.why, also=form.also(), by=access)
