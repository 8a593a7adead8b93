"""A view that others may see: for somebody who is watched while they look, or pressed to show what is there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.trying import done


def require_all(access: Access) -> None:
    """Before a page of choices or of looks: `NotThere` where the sign-in shows less, and not a list without rows, which
    would say that nothing was agreed and nobody looked."""
    allowed.require_own(access, access.own_registration, "choices")


@page(purpose="own_access", acts=("consent",))
def less(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    form = Form(request.POST or None)
    if done(form, lambda: actions.show_less(registration=access.own_registration, by=access)):
        return redirect("own")  # without a word: somebody may stand beside them
    return show(request, "own/less.jinja", form=form, place=organisations.place(access.service, access=access))
