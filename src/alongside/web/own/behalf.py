"""The one page of somebody who looks on a person's behalf: what they were let see, and nothing to choose."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consent.rules import Window
from alongside.definitions import policy
from alongside.kernel.periods import Period
from alongside.organisations import queries as organisations
from alongside.web.consents.previewing import READ, Entry, Kind, would_see
from alongside.web.own.views import care
from alongside.web.pages import page, show

APART = ("team", "appointments")  # what stands on the page by itself


@page(purpose="own_access", acts=("behalf",), methods=("GET",))
def behalf(request: HttpRequest) -> HttpResponse:
    """Whose record it is stands above every page (`shell`)."""
    access = request.access
    theirs = access.behalf_registration
    return show(
        request,
        "own/behalf.jinja",
        place=organisations.place(access.service, access=access),
        sees=policy.category_keys(access.own),
        kinds=_kinds(theirs, access),
        **care(theirs, access),
    )


def _kinds(registration: str, access: Access) -> list[tuple[str, int, tuple[Entry, ...]]]:
    """(kind in words, how many, the newest of them) of each kind that they were let see and a page shows."""
    mask = policy.categories_mask(*(key for key in READ if key not in APART))
    found: dict[str, Kind] = would_see(registration, [Window(access.own & mask, Period())], access=access, read=READ)
    words = policy.categories()
    return [(_(words[key].words), one.count, one.newest) for key, one in found.items()]
