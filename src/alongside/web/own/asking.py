"""Asking the person for more: the form that is there for everybody, and what the person does with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consent import queries
from alongside.consent.queries import Asked
from alongside.consent.rules import STANDS
from alongside.definitions import policy
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import over
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.people.queries import OwnRecord
from alongside.people.rules import SignIn
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.accounts import hats
from alongside.web.consents.present import kinds
from alongside.web.own import asked
from alongside.web.own.forms import AnswerMore, AskMore
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import attempt, done

YES = "yes"


@page(purpose="direct_care", acts=("consent",))
def ask(request: HttpRequest, registration: str) -> HttpResponse:
    """What was asked is listed with its day and nothing else, whatever became of it."""
    access = request.access
    about = subject(registration, access=access)
    standing = people.invited(about.own, access=access) if about.own else None
    form = AskMore(request.POST or None)
    if attempt(form, lambda: _ask(form, about.mine, access)):
        messages.success(request, _("Asked. They read it in their own sign-in, and need not answer."))
        return redirect("ask-more", about.mine)
    found = queries.more_asked(about.own, access=access) if about.own else []
    return show(
        request,
        "own/ask_more.jinja",
        form=form,
        person=about.person,
        about=about,
        reaches=bool(standing and standing.state is SignIn.OPEN),
        asked=[(one, kinds(one.kinds)) for one in found],
        days=STANDS.days,
    )


def _ask(form: AskMore, registration: str, access: Access) -> str:
    entered = form.cleaned_data
    mask = policy.categories_mask(*entered["kinds"])
    return actions.ask_more(
        registration=registration, kinds=mask, why=entered["why"], until=over(entered["until"]), by=access
    )


@page(purpose="own_access", acts=("consent",))
def answer(request: HttpRequest, more: str) -> HttpResponse:
    """Yes leads to the person's own signing at the record that it is about, no puts it away. Nobody is told of it."""
    access = request.access
    found = next((one for one in queries.asked_of_me(access=access) if one.id == more), None)
    if found is None:
        raise NotThere
    # Which records are one human's is no record's to tell: it is asked when they have said yes, past the page's wall.
    others = _others(request, access) if request.POST.get("answer") == YES else []
    form = AnswerMore(request.POST or None, others=others)
    if form.is_bound and form.is_valid() and form.cleaned_data["answer"] == YES:
        if record := form.chosen():
            return _yes(request, found, record, access)
        form.add_error("record" if others else None, _which() if others else _nowhere())
    elif form.is_bound and done(form, lambda: actions.put_away(asked=more, by=access)):
        messages.success(request, _("It is put away. Whoever asked is not told."))
        return redirect("own")
    names = naming.names({found.author, found.service}, access=access)
    return show(
        request,
        "own/answer_more.jinja",
        form=form,
        one=found,
        who=names.get(found.author, ""),
        service=names.get(found.service, ""),
        kinds=kinds(found.kinds),
    )


def _which() -> str:
    return _("Choose of which of your records.")


def _nowhere() -> str:
    return _("Your sign-in opens no other record. Tell the service that holds it, or ask it for a sign-in of your own.")


def _others(request: HttpRequest, access: Access) -> list[OwnRecord]:
    """The person's own records at other services, which only this sign-in knows to be one human's."""
    records = people.own_records(request.user.pk, access=access)
    partners = {one.id for one in organisations.partners(access=access)}
    return [one for one in records if not one.proxy and one.service in partners]


def _yes(request: HttpRequest, found: Asked, record: str, access: Access) -> HttpResponse:
    what = asked.Carried(found.service, found.kinds, asked.last_day(found.until))
    asked.carry(request, found.id, what, access.actor)
    hats.wear(request, record)
    return redirect(reverse("own-choose") + "?" + urlencode({"with": found.service, "asked": 1}))
