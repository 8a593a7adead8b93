"""What stands around every page: the brand, where one can go, and who is signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import alongside
from alongside.access.context import Access
from alongside.web.accounts import hats
from alongside.web.accounts.hats import Account


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation; `key` follows `g` on the keyboard."""

    label: str
    href: str
    key: str
    here: bool


@dataclass(frozen=True)
class Shell:
    """Everything that the layout needs and no page has to think of."""

    brand: str
    demonstration: bool
    language: str
    version: str
    request: HttpRequest

    @cached_property
    def account(self) -> Account | None:
        return hats.account(self.request)

    @cached_property
    def places(self) -> list[Place]:
        here, access = self.request.path, hats.reader(self.request)
        return [
            Place(label, href, key, _within(here, href))
            for label, href, key in _places()
            if access is not None and _opens(href, access)
        ]

    @property
    def notices(self) -> Iterator[Any]:
        """What the last act had to say; reading it marks it as said."""
        return iter(messages.get_messages(self.request))

    @property
    def find_person(self) -> str | None:
        return _address("find-person")

    @property
    def personas(self) -> str | None:
        return _address("personas") if self.demonstration else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    return Shell(
        brand=settings.BRAND,
        demonstration=settings.DEMONSTRATION,
        language=get_language() or "en-gb",
        version=alongside.__version__,
        request=request,
    )


def _places() -> Iterator[tuple[str, str, str]]:
    """A place whose page is not there yet is left out: no link leads nowhere."""
    for label, name, key in (
        (_("Home"), "home", "h"),
        (_("Caseload"), "caseload", "c"),
        (_("Referrals"), "referrals", "r"),
        (_("Consultations"), "consultations", "q"),
        (_("Evaluation"), "evaluation", "e"),
    ):
        href = _address(name)
        if href is not None:
            yield label, href, key


def _opens(href: str, access: Access) -> bool:
    """Whether the reader's role includes a purpose of the page there: nobody is sent to a door that is shut."""
    purposes = getattr(resolve(href).func, "purposes", ())
    return not purposes or any(access.includes(purpose) for purpose in purposes)


@cache
def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _within(here: str, href: str) -> bool:
    return here == href if href == "/" else here.startswith(href)
