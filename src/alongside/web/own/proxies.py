"""Who looks on somebody's behalf: for their service, and for the person themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import over
from alongside.people import queries as people
from alongside.people.queries import Behalf
from alongside.people.rules import Proposed
from alongside.sharing import actions
from alongside.web.forms import Form
from alongside.web.own import present
from alongside.web.own.forms import LetLook
from alongside.web.own.less import require_all
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import attempt, done


@page(purpose="direct_care", acts=("consent",), methods=("GET",))
def theirs(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = people.proxies(about.mine, access=access)
    return show(request, "own/proxies.jinja", person=about.person, about=about, lines=present.proxies(found))


@page(purpose="direct_care", acts=("consent",))
def invite(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    mine = about.mine
    form = LetLook(request.POST or None, pack=allowed.pack_of(access.service, access=access))
    if attempt(form, lambda: actions.invite_proxy(registration=mine, proposed=_proposed(form), by=access)):
        messages.success(request, _("The letter leaves with the next round of messages. The link works for two weeks."))
        return redirect("proxies", mine)
    return show(request, "own/invite_proxy.jinja", form=form, person=about.person, about=about)


def _proposed(form: LetLook) -> Proposed:
    entered = form.cleaned_data
    said = {name: entered[name] for name in ("name", "email", "born", "basis", "agreed", "paper")}
    kinds = policy.categories_mask(*entered["kinds"])
    return Proposed(**said, kinds=kinds, until=over(entered["until"]), decides=entered["decides"] == "yes")


@page(purpose="direct_care", acts=("consent",))
def end(request: HttpRequest, registration: str, proxy: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = _one(about.mine, proxy, access)
    form = Form(request.POST or None)
    if done(form, lambda: actions.end_proxy(registration=about.mine, proxy=proxy, by=access)):
        messages.success(request, _("Ended. They see nothing of this record any more."))
        return redirect("proxies", about.mine)
    return show(request, "own/end_proxy.jinja", form=form, person=about.person, about=about, one=found)


@page(purpose="own_access", acts=("consent",), methods=("GET",))
def own(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    found = people.proxies(access.own_registration, access=access)
    return show(request, "own/own_proxies.jinja", lines=present.proxies(found))


@page(purpose="own_access", acts=("consent",))
def own_end(request: HttpRequest, proxy: str) -> HttpResponse:
    """At once, and without a reason."""
    access = request.access
    found = _one(access.own_registration, proxy, access)
    form = Form(request.POST or None)
    if done(form, lambda: actions.end_proxy(registration=access.own_registration, proxy=proxy, by=access)):
        messages.success(request, _("Ended. They see nothing of your record any more."))
        return redirect("own-proxies")
    return show(request, "own/own_end_proxy.jinja", form=form, one=found)


def _one(registration: str, proxy: str, access: Access) -> Behalf:
    found = next((one for one in people.proxies(registration, access=access) if one.id == proxy), None)
    if found is None:
        raise NotThere
    return found
