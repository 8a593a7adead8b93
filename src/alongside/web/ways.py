"""Where a reader may go. No link leads to a door that is shut: whether it is, the page itself declares (`pages.page`),
and nobody says it again by hand.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy


def way(name: str, *args: str, access: Access | None) -> str:
    """The address of a page; empty where the reader's role does not open it, and for nobody's role.

    `NoReverseMatch` for a name that no page has.
    """
    href = reverse(name, args=args)
    return href if opens(_views()[name], access) else ""


def opens(view: Callable[..., Any], access: Access | None) -> bool:
    """Whether the role includes one of the page's purposes, and may start one of the acts it is for."""
    purposes, acts = getattr(view, "purposes", ()), getattr(view, "acts", ())
    if not purposes:
        return True
    return access is not None and any(map(access.includes, purposes)) and (not acts or any(map(access.may, acts)))


def shows_all(access: Access | None) -> bool:
    """Whether the person's own sign-in shows all that it can (`sharing.show_less`); else nothing on its pages may say
    what is missing. All other readers' do."""
    mine = access.own_registration if access else ""
    return not mine or (access is not None and allowed.opens(access, mine, "choices"))


def sees(kind: str, access: Access) -> bool:
    """Whether the role may see this kind of information at all, of its own service's people or of others'.

    Where it may not, a page leaves the heading out: "none" would be said by somebody who cannot know.
    """
    return bool((access.own | access.other) & policy.categories_mask(kind))


@cache
def _views() -> dict[str, Callable[..., Any]]:
    return {one.name: one.callback for one in _patterns(get_resolver().url_patterns) if one.name}


def _patterns(found: list[Any]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one
