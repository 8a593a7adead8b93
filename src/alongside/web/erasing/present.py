"""Holds and proposals in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.access.context import Access
from alongside.people.queries import Hold, PersonHeader, Proposed
from alongside.people.rules import Proposal

WORDS = {
    Proposal.PROPOSED: gettext_noop("Proposed"),
    Proposal.DECLINED: gettext_noop("Declined: the record stays"),
    Proposal.WITHDRAWN: gettext_noop("Taken back: the record stays"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A hold or a proposal about somebody, in a list."""

    name: str
    href: str
    reason: str
    who: str
    at: datetime


def lines(found: Iterable[Hold | Proposed], about: Mapping[str, PersonHeader], known: Mapping[str, str]) -> list[Line]:
    return [_line(one, about[one.registration], known) for one in found if one.registration in about]


def _line(one: Hold | Proposed, person: PersonHeader, known: Mapping[str, str]) -> Line:
    href = reverse("person-erasure", args=[one.registration])
    return Line(person.name, href, one.reason, known.get(one.by, ""), one.at)


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal or a hold on the person's own page. `mine` where the reader proposed it; `lift` where it can be."""

    what: str
    reason: str
    who: str
    at: datetime
    died: date | None = None
    mine: bool = False
    lift: str = ""


def proposed(one: Proposed, known: Mapping[str, str], access: Access) -> Decided:
    mine = one.by == access.actor
    return Decided(_(WORDS[one.state]), one.reason, known.get(one.by, ""), one.at, one.died, mine)


def held(one: Hold, registration: str, known: Mapping[str, str]) -> Decided:
    what = _("Held") if one.held else _("Lifted")
    href = reverse("erasure-lift", args=[registration, one.id]) if one.stands else ""
    return Decided(what, one.reason, known.get(one.by, ""), one.at, lift=href)
