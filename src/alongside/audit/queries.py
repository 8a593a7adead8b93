"""Reading and verifying the ledger."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max

from alongside.audit import rules
from alongside.audit.actions import digest_of
from alongside.audit.models import Entry, Mention, Seal
from alongside.kernel.language import said

MOST = 2_000
BEFORE_ALL = -(2**63)  # the database counts from 1, but whoever slips an entry in may number it as they like


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
    mentions = Mention.objects.filter(registration=registration).select_related("entry").order_by("-entry_id")[:limit]
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
    mentions = Mention.objects.filter(registration=registration, entry__at__gte=since)
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


_ACT = ("registration", "entry__at", "entry__actor", "entry__role", "entry__service", "entry__act", "kinds")


def newest(*, acts: Collection[str], since: datetime, service: str = "") -> list[Act]:
    """The newest entries of these acts since an instant, by practitioners of one service or (empty) of any.

    At most 2,000 are given, so that it costs the same in a large ledger.
    """
    found = Mention.objects.filter(entry__act__in=acts, entry__at__gte=since)
    if service:
        found = found.filter(entry__service=service)
    return [Act(*row) for row in found.order_by("-entry__at", "-entry_id", "registration").values_list(*_ACT)[:MOST]]


def waiting_since() -> datetime | None:
    """When the first entry that is not sealed yet was written; None where every entry is sealed."""
    sealed = Seal.objects.aggregate(last=Max("last_entry"))["last"] or BEFORE_ALL
    return Entry.objects.filter(pk__gt=sealed).order_by("pk").values_list("at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Sealed:
    """The newest seal. Its `digest` answers for every entry up to `last_entry`; it tells nobody anything else."""

    at: datetime
    last_entry: int
    digest: str


def newest_seal() -> Sealed | None:
    """The newest seal, to be kept where nobody who can write to the database can write; None before the first."""
    row = Seal.objects.order_by("last_entry").last()
    return Sealed(row.at, row.last_entry, row.chain) if row else None


def has_seal(digest: str) -> bool:
    """Whether a seal that was kept elsewhere is still there: a chain without it was cut short or written anew."""
    return Seal.objects.filter(chain=digest).exists()


def problems() -> Iterator[str]:
    """What does not verify: an entry whose words changed, or a seal that no longer fits what it covers."""
    for entry in Entry.objects.prefetch_related("mentions").order_by("pk").iterator(chunk_size=2000):
        mentions = sorted((one.registration, one.kinds, one.rows) for one in entry.mentions.all())
        if digest_of(entry, mentions) != entry.digest:
            yield said("Entry {entry} of {at:%d %B %Y %H:%M} no longer says what it said.", entry=entry.pk, at=entry.at)
    yield from _broken_seals()


def _broken_seals() -> Iterator[str]:
    after, link = BEFORE_ALL, rules.GENESIS
    for one in Seal.objects.order_by("last_entry"):
        digests = Entry.objects.filter(pk__gt=after, pk__lte=one.last_entry).order_by("pk")
        link = rules.chain(link, digests.values_list("digest", flat=True))
        if link != one.chain:
            yield said("The seal of {at:%d %B %Y %H:%M} does not fit the entries it covers.", at=one.at)
            link = one.chain
        after = one.last_entry
