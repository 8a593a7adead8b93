"""Who looked, and who did what: the ledger read by registration."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max

from alongside.audit.models import Entry, Mention, Pseudonym

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
    known = _pseudonym(registration)
    waiting = [(entry, kinds) for entry, pseudonym, kinds in _waiting() if pseudonym == known]
    rows = Mention.objects.filter(pseudonym=known).select_related("entry").order_by("-entry_id")[:limit]
    found = [*waiting, *((one.entry, one.kinds) for one in rows)]
    found.sort(key=lambda one: -one[0].pk)
    return [
        Looked(entry.at, entry.actor, entry.role, entry.service, entry.purpose, entry.act, kinds)
        for entry, kinds in found[:limit]
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
    known = _pseudonym(registration)
    mentions = Mention.objects.filter(pseudonym=known, entry__at__gte=since)
    mentions = mentions.annotate(open=F("kinds").bitand(kinds)).exclude(open=0)
    people = mentions.values_list("entry__actor", "entry__role", "entry__service").annotate(last=Max("entry__at"))
    found = {(actor, role, service): last for actor, role, service, last in people}
    for entry, pseudonym, shown in _waiting(at__gte=since):
        if pseudonym == known and shown & kinds:
            who = (entry.actor, entry.role, entry.service)
            found[who] = max(entry.at, found.get(who, entry.at))
    return sorted((Seen(*who, last) for who, last in found.items()), key=lambda one: (-one.last.timestamp(), one.actor))


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


_ACT = ("pseudonym", "entry__at", "entry__actor", "entry__role", "entry__service", "entry__act", "kinds", "entry_id")


def newest(*, acts: Collection[str], since: datetime, service: str = "") -> list[Act]:
    """The newest entries of these acts since an instant, by practitioners of one service or (empty) of any.

    At most 2,000 are given, so that it costs the same in a large ledger.
    """
    within: dict[str, Any] = {"act__in": acts, "at__gte": since} | ({"service": service} if service else {})
    found = Mention.objects.filter(**{f"entry__{name}": value for name, value in within.items()})
    rows = list(found.order_by("-entry__at", "-entry_id", "pseudonym").values_list(*_ACT)[:MOST])
    rows += [
        (pseudonym, one.at, one.actor, one.role, one.service, one.act, kinds, one.pk)
        for one, pseudonym, kinds in _waiting(**within)
    ]
    rows.sort(key=lambda row: (-row[1].timestamp(), -row[-1], row[0]))
    known = _registrations({row[0] for row in rows[:MOST]})
    return [Act(known[pseudonym], *row) for pseudonym, *row, _entry in rows[:MOST] if pseudonym in known]


def _waiting(**within: Any) -> Iterator[tuple[Entry, str, int]]:
    """Entries that have no position yet, and so are not found by whom they name: each with a pseudonym and its kinds.

    A second's entries where `alongside ledger run` runs, five minutes' where only `alongside tick` does.
    """
    for entry in Entry.objects.filter(position=None, **within).order_by("-pk")[:MOST]:
        for pseudonym, kinds, _rows, _records in entry.about:
            yield entry, pseudonym, kinds


def _pseudonym(registration: str) -> str:
    """How the ledger calls a registration; empty where it does not, or nobody knows any more."""
    row = Pseudonym.objects.filter(registration=registration).values_list("pseudonym", flat=True).first()
    return row or ""


def _registrations(pseudonyms: set[str]) -> dict[str, str]:
    """Whom these pseudonyms stand for, as far as anybody still knows."""
    return dict(Pseudonym.objects.filter(pseudonym__in=pseudonyms).values_list("pseudonym", "registration"))
