"""Closing my record to a service, a team or somebody by name, read once more before it is saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Effect
from alongside.consent import queries
from alongside.consent.rules import Choice, Given
from alongside.kernel.errors import Invalid
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web.consents import recipients
from alongside.web.consents.read_back import mark_of, was_read
from alongside.web.consents.refusing import Refuse
from alongside.web.consents.renewing import seen, version
from alongside.web.consents.saying import closing
from alongside.web.own.less import require_all
from alongside.web.pages import page, show
from alongside.web.trying import attempt, sent_before

_SAID_BY_STAFF = ("to", "given", "witness", "told_no_is_fine")


class CloseTo(Refuse):
    """To whom the person closes their record by themselves."""

    large_answers = True

    def __init__(self, *args: Any, offered: recipients.Named, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, colleagues=(), **kwargs)
        for name in _SAID_BY_STAFF:
            del self.fields[name]
        self.fields["who"].label = _("Who should not see your record?")
        self.fields["who"].error_messages["required"] = _("Choose who should not see your record")
        self.fields["who"].help_text = _("Somebody by name is found in whatever job they look from.")

    def sentence(self) -> str:
        """What is read once more before it is saved."""
        return closing(self.recipient_name(), self.kinds(), hard=self.cleaned_data["hard"])

    def made(self) -> Choice:
        return Choice(
            recipient=self.whom,
            categories=self.closed(),
            effect=Effect.DENY,
            hard=self.cleaned_data["hard"],
            given=Given.ELECTRONIC,
            told_no_is_fine=True,
        )


@page(purpose="own_access", acts=("consent",))
def close(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    refused = [one for one in queries.in_force(access.own_registration, access=access) if one.refuses]
    offered = recipients.closable(access)
    form = CloseTo(request.POST or None, offered=offered, version=version(refused))
    said = form.sentence() if form.is_bound and form.is_valid() else ""
    read = mark_of(access.own_registration, form.made(), said) if said else ""
    if said and was_read(request, read) and _saved(request, form):
        return redirect("own-sharing")
    said = said if form.is_valid() else ""  # what was refused is put right first
    place = organisations.place(access.service, access=access)
    ours = said and organisations.works_in(form.whom.partition(":")[2], place.id, access=access)
    return show(request, "own/close.jinja", form=form, sentence=said, read=read, place=place, ours=ours)


def _saved(request: HttpRequest, form: CloseTo) -> bool:
    if not attempt(form, lambda: _refuse(form, request.access), stands=reverse("own-sharing")):
        return False
    if not sent_before(request, form):
        messages.success(request, _("Saved. From this moment it is closed to them. You can take it back on any day."))
    return True


def _refuse(form: CloseTo, access: Access) -> str:
    made = form.made()
    once = {"submission": form.submission, "seen": seen(form, made.recipient)}
    try:
        return actions.refuse(registration=access.own_registration, choice=made, by=access, **once)
    except Invalid as refusal:
        if refusal.field == "recipient":
            raise Invalid("who", refusal.sentence) from refusal
        raise
