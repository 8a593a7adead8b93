"""The agreements of the reader's service: which stand, a new one, and ending one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.access.context import Access
from alongside.definitions.qualified import rules
from alongside.kernel.errors import NotThere
from alongside.organisations import actions
from alongside.organisations import queries as organisations
from alongside.web import naming
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.qualified.forms import Record
from alongside.web.trying import done


@page(purpose="administration", or_for=("legal",), acts=("book", "oversee"))
def everybody(request: HttpRequest) -> HttpResponse:
    access = request.access
    form = Record(request.POST or None)
    if form.is_bound and done(form, lambda: _record(form, access)):
        messages.success(request, _("Saved. It opens nothing until somebody is given a role under it."))
        return redirect("qualified")
    found = organisations.qualified(access.service, access=access)
    place = organisations.place(access.service, access=access)
    return show(
        request,
        "qualified/list.jinja",
        form=form if form.is_bound or (place.part2 and not access.under) else None,
        part2=place.part2,
        changes=not access.under,
        standing=[one for one in found if not one.over],
        past=[one for one in found if one.over],
        names=naming.names({id_ for one in found for id_ in (one.recorded_by, one.ended_by)}, access=access),
        rules=rules(),
    )


def _record(form: Record, access: Access) -> None:
    actions.record_qualified(service=access.service, agreement=form.agreement(), by=access)


@page(purpose="administration", or_for=("legal",), acts=("book", "oversee"))
def end(request: HttpRequest, agreement: str) -> HttpResponse:
    access = request.access
    found = organisations.qualified(access.service, access=access)
    one = next((each for each in found if each.id == agreement and not each.over), None)
    if one is None:
        raise NotThere
    form = Form(request.POST or None)
    if form.is_bound and done(form, lambda: _end(request, agreement)):
        return redirect("qualified")
    return show(request, "qualified/end.jinja", form=form, one=one)


def _end(request: HttpRequest, agreement: str) -> None:
    roles = actions.end_qualified(agreement=agreement, by=request.access)
    said = ngettext("Ended, and with it %(n)d role.", "Ended, and with it %(n)d roles.", roles) % {"n": roles}
    messages.success(request, said + " " + _("From this moment they see nothing through it."))
