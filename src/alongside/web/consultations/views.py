"""The inbox, one person's questions, and one thread."""

from django.http import HttpRequest, HttpResponse

from alongside.access.context import Access
from alongside.consultation import queries
from alongside.consultation.queries import Thread
from alongside.people import queries as people
from alongside.web import naming
from alongside.web.consultations import present
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.subject import Subject, subject


@page(purpose="direct_care", methods=("GET",))
def inbox(request: HttpRequest) -> HttpResponse:
    access = request.access
    box = queries.inbox(access=access)
    lines = present.all_lines(box)
    names = naming.names(present.everybody(lines), access=access)
    known = people.headers([line.registration for line in lines], access=access)
    piles = {name: present.rows(getattr(box, name), known, names) for name in box.__dataclass_fields__}
    return show(request, "consultations/inbox.jinja", **piles)


@page(purpose="direct_care", methods=("GET",))
def of_person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    lines = queries.about(about.all, access=access)
    names = naming.names(present.everybody(lines), access=access)
    return show(
        request,
        "consultations/of_person.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "person-consultations", access),
        rows=present.rows(lines, {}, names),
    )


@page(purpose="direct_care", methods=("GET",))
def thread(request: HttpRequest, consultation: str) -> HttpResponse:
    found, about = opened(consultation, request.access)
    return show(request, "consultations/thread.jinja", **context(consultation, found, about, request.access))


def opened(consultation: str, access: Access) -> tuple[Thread, Subject | None]:
    """A thread and whom it is about: nobody is named where the question is closed to the reader."""
    found = queries.thread(consultation, access=access)
    return found, subject(found.question.registration, access=access) if found.question else None


def context(consultation: str, found: Thread, about: Subject | None, access: Access) -> dict[str, object]:
    names = naming.names(present.people_in(found), access=access)
    return {
        "page": present.page(found, consultation, names),
        "about": about,
        "person": about.person if about else None,
    }
