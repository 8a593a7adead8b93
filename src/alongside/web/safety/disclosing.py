"""Telling without consent: recording it, reading it, and reading what another service told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.definitions.bases import bases
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.safety import actions, queries
from alongside.safety.queries import Disclosure, Received, Withholding
from alongside.safety.rules import Way
from alongside.sharing import actions as sharing
from alongside.web import naming
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.safety.telling import EVERY_WAY, PAPERS, Telling
from alongside.web.subject import subject
from alongside.web.trying import attempt, done, sent_before
from alongside.web.ways import way


@page(purpose="direct_care", acts=("care",))
def new(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    pack = allowed.pack_of(access.service, access=access)
    now = timezone.localtime(clock.now())
    form = Telling(
        request.POST or None,
        pack=pack,
        sees=queries.may_share(who.mine, access=access),
        partners=organisations.partners(access=access),
        colleagues=_colleagues(access),
        initial={"at": now.date(), "time": now.time(), "withhold": ""},
    )

    def act() -> str:
        said = {"push": form.push(), "withheld": form.withheld(), "submission": form.submission}
        return sharing.disclose(registration=who.mine, **said, by=access)

    if form.is_bound and (made := attempt(form, act)):
        if not sent_before(request, form):
            messages.success(request, _("Saved. It is in the ledger, and the privacy lead sees it."))
        return redirect("disclosure", made)
    cancel = reverse("person-sharing", args=[who.mine])
    return show(request, "safety/disclose.jinja", person=who.person, subject=who, form=form, cancel=cancel)


def _colleagues(access: Access) -> list[tuple[str, str]]:
    """Whoever works in the reader's service, the reader first."""
    people = {one.id: one.name for one in organisations.colleagues(access.service, access=access, act=None)}
    return sorted(people.items(), key=lambda one: (one[0] != access.actor, one[1]))


@page(purpose="direct_care", or_for=("legal",), methods=("GET",))
def one(request: HttpRequest, disclosure: str) -> HttpResponse:
    access = request.access
    found = queries.disclosure(disclosure, access=access)
    who = subject(found.registration, access=access)
    held = queries.withheld([found.id], access=access).get(found.id)
    known = naming.names(to_name(found) | _of(held), access=access)
    return show(
        request,
        "safety/disclosure.jinja",
        person=who.person,
        subject=who,
        disclosure=found,
        written_by=known.get(found.author, "") if found.author != found.decided_by else "",
        said=in_words(found, known, allowed.pack_of(found.service, access=access)),
        kinds=[_(words) for words in policy.category_words(found.kinds)],
        papers=[paper for key, paper in PAPERS.items() if key in found.papers],
        held=held,
        held_by=known.get(held.author, "") if held else "",
        withhold=_withhold("disclosure-withhold", found.id, held, access),
        review=way("withheld", held.id, access=access) if held and held.state == "open" and not held.mine else "",
    )


@page(purpose="direct_care", acts=("care",))
def received(request: HttpRequest, received: str) -> HttpResponse:
    """What another service told this one; reading it is said once, and the sender hears nothing of it."""
    access = request.access
    found = queries.received(received, access=access)
    form = Form(request.POST or None)  # nothing to fill in: saying so is the act
    if form.is_bound and done(form, lambda: actions.read_received(received=found.id, by=access)):
        messages.success(request, _("Saved. This is no longer owed."))
        return redirect("disclosure-received", found.id)
    who = subject(found.registration, access=access)
    held = queries.withheld([found.id], access=access).get(found.id)
    law = {one.key: one.words for pack in policy.packs() for one in bases(pack).values()}
    return show(
        request,
        "safety/received.jinja",
        person=who.person,
        subject=who,
        received=found,
        basis=_(law.get(found.basis, found.basis)),
        kinds=[_(words) for words in policy.category_words(found.kinds)],
        held=held,
        withhold=_withhold("received-withhold", found.id, held, access),
        review=way("withheld", held.id, access=access) if held and held.state == "open" and not held.mine else "",
        form=form,
        cancel=who.href,
    )


def _of(held: Withholding | None) -> set[str]:
    return {held.author, held.decided_by} if held else set()


def _withhold(name: str, entry: str, held: Withholding | None, access: Access) -> str:
    """Where it may be withheld: not while somebody else still has to look at it, and not where it is."""
    return "" if held and held.state != "not_upheld" else way(name, entry, access=access)


@dataclass(frozen=True, slots=True)
class Line:
    """One disclosure as a list names it."""

    at: datetime
    to: str
    basis: str
    way: str
    who: str
    told: bool
    withheld: bool
    href: str


def in_words(one: Disclosure, known: Mapping[str, str], pack: str) -> Line:
    law = bases(pack)
    return Line(
        at=one.at,
        to=one.to_body or known.get(one.to_service, ""),
        basis=_(law[one.basis].words) if one.basis in law else one.basis,
        way=str(EVERY_WAY[Way(one.way)]),
        who=known.get(one.decided_by, ""),
        told=one.told,
        withheld=one.withheld,
        href=reverse("disclosure", args=[one.id]),
    )


def to_name(one: Disclosure) -> set[str]:
    return {one.author, one.decided_by, one.to_service}


def heard(one: Received, access: Access) -> tuple[datetime, str, str]:
    """When it was told, by whom, and where it stands."""
    return one.at, one.sender_name, way("disclosure-received", one.id, access=access)
