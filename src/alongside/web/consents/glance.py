"""Everything at a glance: who may see which kind of information, on one page that can be printed."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place, Qualified
from alongside.web import naming
from alongside.web.consents import grid, present, purposes, recipients, shared
from alongside.web.consents.grid import Grid
from alongside.web.consents.shared import Joined
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.subject import Subject, subject
from alongside.web.ways import way


@page(purpose="direct_care", or_for=("legal",), methods=("GET",))
def glance(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    live = queries.in_force(about.mine, access=access)
    agree = way("sharing-agree", about.mine, access=access)
    named = way("sharing-named", about.mine, access=access)
    return show(
        request,
        "consents/glance.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "person-sharing", access),
        others=way("sharing-purposes", about.mine, access=access),
        change=way("sharing-grid", about.mine, access=access),
        **drawn(
            live,
            agree,
            lambda one: reverse("sharing-withdraw", args=[about.mine, one]),
            access,
            named=named,
            joined=both(about, access),
        ),
    )


def both(about: Subject, access: Access) -> Joined | None:
    """Of somebody who is registered here twice, what is said at both records."""
    return shared.joined(allowed.facts(about.mine, access=access), clock.now()) if about.twin else None


def drawn(
    live: Sequence[Agreed],
    agree: str,
    take_back: Callable[[str], str],
    access: Access,
    *,
    named: str = "",
    joined: Joined | None = None,
) -> dict[str, object]:
    """What both pages show, staff's and the person's own. `agree` is the address of the form that changes a choice,
    empty where the reader may change none, `named` that for a team or somebody by name; `take_back` gives that of
    taking back a consent."""
    place, partners = organisations.place(access.service, access=access), organisations.partners(access=access)
    placed = recipients.placed(live, access)
    names = _names(live, placed, access)
    ways = _ways(live, partners, agree, take_back, named)
    return {
        "grid": grid.grid(partners, live, names, placed.within, ways, joined),
        "joined": joined,
        "purposes": purposes.standing(live, names),
        "changes": ways.change,
        "service": place.name,
        "outside": _outside(place, access),
        "now": clock.now(),
    }


def _outside(place: Place, access: Access) -> list[Qualified]:
    """Who works for the service by an agreement under 42 CFR Part 2 now: its own record is open to their role."""
    found = organisations.qualified(place.id, access=access) if place.jurisdiction == "us" else []
    return [one for one in found if not one.over and not one.to_come]


def drawn_grid(
    live: Sequence[Agreed],
    agree: str,
    take_back: Callable[[str], str],
    access: Access,
    *,
    named: str = "",
    joined: Joined | None = None,
) -> Grid:
    """The grid alone, as `drawn` gives it: for the pages that change it."""
    partners = organisations.partners(access=access)
    placed = recipients.placed(live, access)
    ways = _ways(live, partners, agree, take_back, named)
    return grid.grid(partners, live, _names(live, placed, access), placed.within, ways, joined)


def _names(live: Sequence[Agreed], placed: recipients.Placed, access: Access) -> dict[str, str]:
    return naming.names(present.everybody(live) | grid.excepted(live), access=access) | placed.called


def _ways(
    live: Sequence[Agreed], partners: Sequence[Place], agree: str, take_back: Callable[[str], str], named: str
) -> grid.Ways:
    back = {one.id: take_back(one.id) for one in live}
    return grid.Ways(_changes(live, partners, agree, named), back) if agree else grid.Ways({}, {})


def _changes(live: Sequence[Agreed], partners: Sequence[Place], agree: str, named: str) -> dict[str, str]:
    """By recipient, where what is agreed with them is changed."""
    classes = [one.recipient for one in live if Handle.kind(one.recipient) == "class"]
    handles = [*(Handle.service(one.id) for one in partners), *classes]
    finer = [one.recipient for one in live if named and Handle.kind(one.recipient) in ("team", "practitioner")]
    by_name = {one: f"{named}?{urlencode({'with': one})}" for one in finer}
    return by_name | {one: f"{agree}?{urlencode({'with': one.partition(':')[2]})}" for one in handles}
