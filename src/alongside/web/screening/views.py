"""One person's screening, and how many people of the service came how far."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from alongside.definitions import screening as content
from alongside.kernel import clock
from alongside.screening import queries
from alongside.screening.rules import Cascade
from alongside.web import agreed, naming
from alongside.web.pages import page, show
from alongside.web.people.places import tabs
from alongside.web.screening import words
from alongside.web.screening.forms import Found
from alongside.web.screening.present import rows
from alongside.web.screening.reading import Read, read
from alongside.web.subject import subject
from alongside.web.ways import way

WEEKS = {"13": 13, "52": 52, "all": 52 * 20}
USUAL = "52"


@page(purpose="direct_care", methods=("GET",))
def of_person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    found = read(who, access)
    drawn = rows(found, naming.names(_to_name(found), access=access), who.own, access)
    may = bool(who.own and way("screening-record", who.own, access=access))
    return show(
        request,
        "screening/of_person.jinja",
        person=who.person,
        subject=who,
        tabs=tabs(who, "person-screening", access),
        rows=drawn,
        record=way("screening-record", who.own, access=access) if who.own else "",
        cascade=way("screening-cascade", access=access),
        tokens={row.key: Found() for row in drawn if row.suggested and may},
        placeholder=agreed.not_agreed(access) if found.owed else "",
    )


def _to_name(found: Read) -> set[str]:
    screened = (*found.own, *found.others)
    people = {step.by for one in screened for step in one.steps}
    holders = {one.holder for one in found.owed.values()}
    return people | holders | {one.service for one in (*found.others, *found.taken)}


@page(purpose="direct_care", acts=("care",), methods=("GET",))
def cascade(request: HttpRequest) -> HttpResponse:
    """How many of the people whom the reader may see came how far, by topic."""
    access = request.access
    chosen = request.GET.get("weeks", USUAL)
    chosen = chosen if chosen in WEEKS else USUAL
    counted = queries.cascade(clock.now() - timedelta(weeks=WEEKS[chosen]), access=access)
    return show(request, "screening/cascade.jinja", lines=_lines(counted), weeks=chosen)


def _lines(counted: dict[str, Cascade]) -> list[tuple[str, Cascade]]:
    """In the order of the list of topics; those that nobody was asked about are left out."""
    order = list(content.topics())
    known = sorted(counted, key=lambda key: order.index(key) if key in order else len(order))
    return [(words.topic(key), counted[key]) for key in known]
