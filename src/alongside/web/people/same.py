"""Two records of one service that may be of one person: proposed, decided, confirmed by the person, taken apart."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.people.queries import Merged, PersonHeader
from alongside.people.rules import Same
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.forms import Form, fields
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import done

YES, NO, CONFIRMED, APART = "yes", "no", "confirmed", "apart"


class Propose(Form):
    """Which other record, and why."""

    other = fields.Choice(label=gettext_lazy("The other record of the same person"), choices=[])
    reason = fields.Text(label=gettext_lazy("How do you know?"), max_length=300)

    def __init__(self, *args: Any, others: Sequence[PersonHeader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(one.registration, _said(one)) for one in others]

    def act(self, registration: str, access: Access) -> None:
        actions.propose_same(registration=registration, by=access, **_of(self, "other", "reason"))


class Decide(Form):
    """Whether they are."""

    answer = fields.Choice(
        label=gettext_lazy("Are they the same person?"),
        choices=[(YES, gettext_lazy("Yes, they are the same")), (NO, gettext_lazy("No, or not sure"))],
    )

    def act(self, registration: str, access: Access) -> None:
        actions.decide_same(registration=registration, same=self.cleaned_data["answer"] == YES, by=access)


class Standing(Form):
    """What the person says, or that it was a mistake."""

    answer = fields.Choice(
        label=gettext_lazy("What do you want to note?"),
        choices=[
            (CONFIRMED, gettext_lazy("The person said that both records are theirs")),
            (APART, gettext_lazy("They are two people: take the records apart")),
        ],
    )
    reason = fields.Text(label=gettext_lazy("Why are they taken apart?"), max_length=300, required=False)

    def __init__(self, *args: Any, confirmed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if confirmed:
            self.fields["answer"].choices = self.fields["answer"].choices[1:]

    def act(self, registration: str, access: Access) -> None:
        if self.cleaned_data["answer"] == CONFIRMED:
            actions.confirm_same(registration=registration, by=access)
        else:
            actions.part_same(registration=registration, by=access, **_of(self, "reason"))


def _of(form: Form, *names: str) -> dict[str, str]:
    return {name: str(form.cleaned_data[name]) for name in names}


def _said(one: PersonHeader) -> str:
    number = _("NHS number %(number)s") % {"number": one.nhs_number} if one.nhs_number else _("no NHS number")
    return f"{one.name}, {one.birth_date:%d/%m/%Y}, {number}"


@page(purpose="direct_care", acts=("correct",))
def same(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    found = people.merged(who.mine, access=access)
    other = people.header(found.theirs, access=access) if found else None
    before = people.parted(who.mine, access=access)
    form = _form(request, who, found)
    if form and done(form, lambda: form.act(who.mine, access), stands=request.path):
        messages.success(request, _("Noted. Look at how the two records stand now."))
        return redirect("same-person", who.mine)
    known = naming.names([one.proposed_by for one in (*before, *filter(None, [found]))], access=access)
    return show(
        request,
        "people/same.jinja",
        form=form,
        person=who.person,
        subject=who,
        found=found,
        other=_said(other) if other else "",
        proposed=found is not None and found.state is Same.PROPOSED,
        who=known.get(found.proposed_by, "") if found else "",
        before=before,
        known=known,
        others=people.headers([one.theirs for one in before], access=access),
    )


def _form(request: HttpRequest, who: Subject, found: Merged | None) -> Propose | Decide | Standing | None:
    """What this reader can do now; None where there is nothing."""
    sent, access = request.POST or None, request.access
    if found is None:
        identity, _version = people.identity(who.mine, access=access)
        others = people.may_be_same(who.mine, identity, access=access)
        return Propose(sent, others=others) if others else None
    if found.state is Same.STANDS:
        return Standing(sent, confirmed=found.confirmed)
    return Decide(sent) if found.proposed_by != access.actor else None


def also(who: Subject, access: Access) -> PersonHeader | None:
    """The other record of the same person here, where the reader may see it."""
    if not who.twin:
        return None
    try:
        return people.header(who.twin, access=access)
    except NotThere:
        return None
