"""Change the grid: what each recipient may see, kind by kind, read back whole and saved as one."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.consent.rules import Given
from alongside.organisations import queries as organisations
from alongside.web.consents import glance, signing, together
from alongside.web.consents.grid import WHOLE, Grid
from alongside.web.consents.renewing import version
from alongside.web.consents.ticks import Ticks
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import sent_before
from alongside.web.ways import way


@page(purpose="direct_care", acts=("consent",))
def change(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    live = queries.in_force(about.mine, access=access)
    found = _drawn(request, about, live)
    form = _form(request, about, live, found)
    if signing.is_to_be_read(request):
        return _page(request, about, form, found, together.previews(form, about.mine, live, access=access))
    stands = reverse("sharing-glance", args=[about.mine])
    names = together.saved(request, form, about.mine, stands=stands)
    if names is None:
        return _page(request, about, form, found, together.shown_again(form, about.mine, live, access=access))
    if not sent_before(request, form):
        messages.success(request, together.said_after(about.mine, names, access=access))
    return redirect("sharing-glance", about.mine)


def _drawn(request: HttpRequest, about: Subject, live: Sequence[Agreed]) -> Grid:
    agree = way("sharing-agree", about.mine, access=request.access)
    named = way("sharing-named", about.mine, access=request.access)

    def take_back(one: str) -> str:
        return reverse("sharing-withdraw", args=[about.mine, one])

    return glance.drawn_grid(
        live, agree, take_back, request.access, named=named, joined=glance.both(about, request.access)
    )


def _form(request: HttpRequest, about: Subject, live: Sequence[Agreed], found: Grid) -> Ticks:
    access = request.access
    place = organisations.place(access.service, access=access)
    part2 = place.part2
    columns = together.drawn(about.mine, found, part2=part2, access=access)
    preset = {} if part2 else {"given": Given.VERBAL}
    return Ticks(
        request.POST or None,
        columns=columns,
        part2=part2,
        intermediary=place.intermediary,
        initial=preset | together.signers(columns) | {"witness": access.name},
        version=version(live),
    )


def _page(
    request: HttpRequest, about: Subject, form: Ticks, found: Grid, previews: Sequence[together.ReadBack]
) -> HttpResponse:
    return show(
        request,
        "consents/grid.jinja",
        form=form,
        person=about.person,
        about=about,
        previews=previews,
        by_name=[one for one in found.columns if Handle.kind(one.handle) not in WHOLE],
    )
