"""Who looked, and who did what: the ledger read by registration."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, QuerySet

from alongside.audit.models import Mention, Pseudonym

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Looked:
    """One line of "who looked": when, who, in which role, why, and which kinds of information."""

    at: object
    actor: str
    role: str
    service: str
    purpose: str
    act: str
    kinds: int


def about(registration: str, *, limit: int = 50) -> list[Looked]:
    """The newest entries that name this registration."""
    mentions = _of(registration).select_related("entry").order_by("-entry_id")[:limit]
    return [
        Looked(
            mention.entry.at,
            mention.entry.actor,
            mention.entry.role,
            mention.entry.service,
            mention.entry.purpose,
            mention.entry.act,
            mention.kinds,
        )
        for mention in mentions
    ]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was shown some kinds of information about a registration, and when last."""

    actor: str
    role: str
    service: str
    last: datetime


def seen_since(registration: str, *, since: datetime, kinds: int) -> list[Seen]:
    """Who was shown any of these kinds about a registration since an instant, the latest first.

    An entry notes kinds and not single rows, so this may name somebody whose page stopped short of one row.
    """
    mentions = _of(registration).filter(entry__at__gte=since)
    mentions = mentions.annotate(open=F("kinds").bitand(kinds)).exclude(open=0)
    people = mentions.values_list("entry__actor", "entry__role", "entry__service").annotate(last=Max("entry__at"))
    return [Seen(*row) for row in people.order_by("-last", "entry__actor")]


@dataclass(frozen=True, slots=True)
class Act:
    """One registration as one entry names it: who did or saw what, in which role, of which service, and when."""

    registration: str
    at: datetime
    actor: str
    role: str
    service: str
    act: str
    kinds: int


_ACT = ("pseudonym", "entry__at", "entry__actor", "entry__role", "entry__service", "entry__act", "kinds")


def newest(*, acts: Collection[str], since: datetime, service: str = "") -> list[Act]:
    """The newest entries of these acts since an instant, by practitioners of one service or (empty) of any.

    At most 2,000 are given, so that it costs the same in a large ledger.
    """
    found = Mention.objects.filter(entry__act__in=acts, entry__at__gte=since)
    if service:
        found = found.filter(entry__service=service)
    rows = list(found.order_by("-entry__at", "-entry_id", "pseudonym").values_list(*_ACT)[:MOST])
    known = _registrations({row[0] for row in rows})
    return [Act(known[pseudonym], *row) for pseudonym, *row in rows if pseudonym in known]


def _of(registration: str) -> QuerySet[Mention]:
    """Where the ledger speaks of a registration."""
    known = Pseudonym.objects.filter(registration=registration)
    return Mention.objects.filter(pseudonym__in=known.values("pseudonym"))


def _registrations(pseudonyms: set[str]) -> dict[str, str]:
    """Whom these pseudonyms stand for, as far as anybody still knows."""
    return dict(Pseudonym.objects.filter(pseudonym__in=pseudonyms).values_list("pseudonym", "registration"))
