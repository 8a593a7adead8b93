"""Reading contacts: everybody's about one person, and one of them with its note and what was measured."""

from django.http import HttpRequest, HttpResponse

from alongside.contacts import queries
from alongside.contacts.rules import State
from alongside.measures import queries as measures
from alongside.people import queries as people
from alongside.people.queries import PutRight
from alongside.web import naming, words
from alongside.web.contacts import present
from alongside.web.pages import page, show
from alongside.web.people.places import tabs
from alongside.web.subject import subject


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
        tabs=tabs(who, "person-contacts"),
        to_come=[one for one in listed if one.planned][::-1],
        past=[one for one in listed if not one.planned],
        may_plan=bool(who.own) and (access.may("care") or access.may("book")),
        may_record=bool(who.own) and access.may("care"),
    )


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def contact(request: HttpRequest, contact: str) -> HttpResponse:
    access = request.access
    found = queries.contact(contact, access=access)
    who = subject(found.registration, access=access)
    series = measures.series([found.registration], access=access)
    uses = measures.uses([found.registration], access=access)
    put_right = [one for one in people.corrections([found.registration], access=access) if one.replacement == found.id]
    told = {one for right in put_right for one in (*right.seen_by, *right.told, right.author)}
    known = naming.names({found.practitioner, found.service, found.author, *told}, access=access)
    mine = found.service == access.service
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
        put_right=[_right(one, known) for one in put_right],
        may_record=mine and access.may("care") and found.state is State.PLANNED,
        may_move=mine and found.state is State.PLANNED,
        may_follow=mine and found.state in (State.MISSED, State.TO_REBOOK),
        may_correct=mine and access.may("correct") and found.state is not State.PLANNED,
    )


def _right(one: PutRight, known) -> dict[str, object]:
    return {
        "at": one.at,
        "reason": one.reason,
        "author": known.get(one.author, ""),
        "seen": ", ".join(known.get(id_, "") for id_ in one.seen_by),
        "told": ", ".join([*(known.get(id_, "") for id_ in one.told), *([one.told_others] if one.told_others else [])]),
    }
