"""One person's events and changes of medicine, in both services."""

from django.http import HttpRequest, HttpResponse

from alongside.access.queries import read_together
from alongside.lives import queries as lives
from alongside.medication import queries as medication
from alongside.web import naming
from alongside.web.lives import present
from alongside.web.pages import page, show
from alongside.web.people.places import tabs
from alongside.web.subject import subject
from alongside.web.ways import way


@page(purpose="direct_care", methods=("GET",))
def of_person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    everywhere = list(who.all)
    events, changes = read_together(
        lives.listing(everywhere, access=access), medication.listing(everywhere, access=access)
    )
    known = naming.names((id_ for one in [*events, *changes] for id_ in (one.author, one.service)), access=access)
    return show(
        request,
        "lives/of_person.jinja",
        person=who.person,
        subject=who,
        tabs=tabs(who, "person-events", access),
        events=present.happened(events, known, access),
        changes=present.changed(changes, known, access),
        record_event=way("event-record", who.own, access=access) if who.own else "",
        record_change=way("medicine-record", who.own, access=access) if who.own else "",
    )
