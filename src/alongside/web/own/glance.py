"""Everything at a glance, for the person: who may see which kind of information of their record."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.consent import queries
from alongside.web.consents.glance import drawn
from alongside.web.own.less import require_all
from alongside.web.pages import page, show


@page(purpose="own_access", acts=("consent",), methods=("GET",))
def glance(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    live = queries.in_force(access.own_registration, access=access)
    found = drawn(live, reverse("own-choose"), lambda one: reverse("own-stop", args=[one]), access)
    return show(request, "own/glance.jinja", **found)
