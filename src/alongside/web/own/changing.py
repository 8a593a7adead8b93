"""Change the grid, in the person's own sign-in: what each recipient may see, kind by kind."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.organisations import queries as organisations
from alongside.web.consents import glance, signing, together
from alongside.web.consents.grid import WHOLE, Grid
from alongside.web.consents.renewing import version
from alongside.web.consents.ticks import OwnTicks
from alongside.web.own.less import require_all
from alongside.web.own.young import who_decides
from alongside.web.pages import page, show
from alongside.web.trying import sent_before


@page(purpose="own_access", acts=("consent",))
def change(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    mine = access.own_registration
    alone = queries.alone(mine, access=access)
    if not alone.may:
        return who_decides(request, alone)
    live = queries.in_force(mine, access=access)
    found = glance.drawn_grid(live, reverse("own-choose"), lambda one: reverse("own-stop", args=[one]), access)
    place = organisations.place(access.service, access=access)
    form = OwnTicks(
        request.POST or None,
        columns=together.drawn(mine, found, part2=place.part2, access=access),
        alone=alone,
        part2=place.part2,
        intermediary=place.intermediary,
        version=version(live),
    )
    if signing.is_to_be_read(request):
        return _page(request, form, found, place.name, together.previews(form, mine, live, access=access))
    names = together.saved(request, form, mine, stands=reverse("own-glance"))
    if names is None:
        return _page(request, form, found, place.name, together.shown_again(form, mine, live, access=access))
    if not sent_before(request, form):
        messages.success(request, together.said_after(mine, names, access=access))
    return redirect("own-glance")


def _page(
    request: HttpRequest, form: OwnTicks, found: Grid, service: str, previews: Sequence[together.ReadBack]
) -> HttpResponse:
    by_name = [one for one in found.columns if Handle.kind(one.handle) not in WHOLE]
    return show(request, "own/grid.jinja", form=form, service=service, previews=previews, by_name=by_name)
