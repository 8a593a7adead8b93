"""Reading contacts: everybody's about one person, and one of them with its note and what was measured."""

from django.http import HttpRequest, HttpResponse

from alongside.access.context import Access
from alongside.contacts import queries
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.measures import queries as measures
from alongside.people import queries as people
from alongside.web import naming, putting_right, words
from alongside.web.contacts import present
from alongside.web.pages import page, show
from alongside.web.people.places import tabs
from alongside.web.subject import subject
from alongside.web.ways import way


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def of_person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    found = queries.timeline(list(who.all), access=access)
    known = naming.names((id_ for one in found for id_ in (one.practitioner, one.service)), access=access)
    listed = present.rows(found, known, access)
    return show(
        request,
        "contacts/list.jinja",
        person=who.person,
        subject=who,
        tabs=tabs(who, "person-contacts", access),
        to_come=[one for one in listed if one.planned][::-1],
        past=[one for one in listed if not one.planned],
        plan=way("contact-plan", who.own, access=access) if who.own else "",
        record=way("contact-record", who.own, access=access) if who.own else "",
    )


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def contact(request: HttpRequest, contact: str) -> HttpResponse:
    access = request.access
    found = queries.contact(contact, access=access)
    who = subject(found.registration, access=access)
    series = measures.series([found.registration], access=access)
    uses = measures.uses([found.registration], access=access)
    put_right = [one for one in people.corrections([found.registration], access=access) if one.replacement == found.id]
    told = {id_ for one in put_right for id_ in putting_right.to_name(one)}
    known = naming.names({found.practitioner, found.service, found.author, *told}, access=access)
    return show(
        request,
        "contacts/contact.jinja",
        person=who.person,
        subject=who,
        contact=found,
        row=present.row(found, known, access),
        author=known.get(found.author, ""),
        note=[(words.heading(one.heading), one) for one in queries.note(found.id, access=access)],
        measured=present.measured(found.entry, series, uses, access),
        put_right=[putting_right.in_words(one, known) for one in put_right],
        **_acts(found, access),
    )


# What may be done about a contact of one's own service, and in which states of it.
_ACTS = {
    "record": ("contact-record-planned", {State.PLANNED}),
    "move": ("contact-move", {State.PLANNED}),
    "follow_up": ("contact-follow-up", {State.MISSED, State.TO_REBOOK}),
    "correct": ("contact-correct", set(State) - {State.PLANNED}),
}


def _acts(found: Contact, access: Access) -> dict[str, str]:
    """Where each is done; empty where it is not for this reader, or not for this contact."""
    mine = found.service == access.service
    return {
        act: way(name, found.id, access=access) if mine and found.state in states else ""
        for act, (name, states) in _ACTS.items()
    }
