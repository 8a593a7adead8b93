"""What stands around every page: the brand, where one can go, and who is signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import alongside
from alongside.access.rules import Handle
from alongside.people import queries as people
from alongside.web import law, ways
from alongside.web.accounts import hats
from alongside.web.accounts.hats import Account
from alongside.web.law import Scope


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
        """Only those that open for the reader's role."""
        found = ((label, self.way(name), key) for label, name, key in _places())
        places = [(label, href, key) for label, href, key in found if href]
        if not ways.shows_all(hats.reader(self.request)):
            places = places[:1]
        here = _within(self.request.path, [href for _label, href, _key in places])
        return [Place(label, href, key, href == here) for label, href, key in places]

    def way(self, name: str, *args: str) -> str:
        """The address of a page; empty where it is shut to the reader's role (`ways`)."""
        return ways.way(name, *args, access=hats.reader(self.request))

    @property
    def notices(self) -> Iterator[Any]:
        """What the last act had to say; reading it marks it as said."""
        return iter(messages.get_messages(self.request))

    @cached_property
    def scopes(self) -> list[Scope]:
        """What has to go with what the page shows of another service's record, by service."""
        return law.scopes(hats.reader(self.request))

    @property
    def first_page(self) -> str:
        """Where the brand leads."""
        return self.way("own") or self.way("own-behalf") or reverse("home")

    @property
    def find_person(self) -> str:
        return self.way("find-person")

    @property
    def emergency(self) -> str:
        return self.way("emergency")

    @property
    def looking(self) -> str:
        """Where the reader's looks in an emergency stand, while there are any, whatever they opened."""
        reader = hats.reader(self.request)
        looks = reader is not None and any(Handle.kind(one) == "glass" for one in reader.speaks_for)
        return self.way("emergency-open") if looks else ""

    @cached_property
    def behalf(self) -> str:
        """For whoever looks on somebody's behalf: whose record it is, in words."""
        reader = hats.reader(self.request)
        if reader is None or not reader.behalf_registration:
            return ""
        whose = people.on_behalf_of(access=reader) or _("somebody else")
        return _("You are looking at the record of %(who)s, on their behalf.") % {"who": whose}

    @property
    def personas(self) -> str:
        return self.way("personas") if self.demonstration else ""


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


def _places() -> tuple[tuple[str, str, str], ...]:
    return (
        (_("Home"), "home", "h"),
        (_("Caseload"), "caseload", "c"),
        (_("Referrals"), "referrals", "r"),
        (_("Consultations"), "consultations", "q"),
        (_("Evaluation"), "evaluation", "e"),
        (_("My care"), "own", "m"),
        (_("Their care"), "own-behalf", "m"),
        (_("What others may see"), "own-sharing", "s"),
        (_("Who looked"), "own-looked", "w"),
    )


def _within(here: str, hrefs: list[str]) -> str:
    """The place that a page belongs to: the one that its address begins with, the longest of them."""
    return max((href for href in hrefs if here == href or (href != "/" and here.startswith(href))), key=len, default="")
