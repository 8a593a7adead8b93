"""The plan as its reader may see it."""

from django.http import HttpRequest, HttpResponse

from alongside.plan import queries
from alongside.web import naming
from alongside.web.dependence import warned
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.plans import present
from alongside.web.subject import subject
from alongside.web.ways import way


@page(purpose="direct_care", methods=("GET",))
def plan(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = queries.plan(about.all, access=access)
    agreed = queries.agreements(about.all, access=access, items=found.items)
    names = naming.names(present.everybody(found, agreed), access=access)
    may = bool(about.own and way("goal-new", about.own, access=access))
    drawn = present.page(found, agreed, names, about.own if may else "")
    return show(
        request,
        "plans/plan.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "plan", access),
        page=drawn,
        dependence=warned(about.all, access),
        may=may,
    )
