"""What was told without the person's consent: by this service, and to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access import sealing
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.errors import NotThere
from alongside.safety.models import DisclosedWords, DisclosureWithoutConsent, ReceivedDisclosure
from alongside.safety.rules import HANDLING, Arrival

EVERY = sum(HANDLING.values())


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One disclosure. `shared` and `not_told` are None where the reader may not see what was told, or where no key of
    this installation opens it."""

    id: str
    registration: str
    service: str
    basis: str
    kinds: Mask
    to_service: str
    to_body: str
    way: str
    ground: str
    papers: frozenset[str]
    told: bool
    at: datetime
    recorded_at: datetime
    author: str
    decided_by: str
    withheld: bool
    shared: str | None = None
    not_told: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What another service told this one. `shared` is None where no key of this installation opens it."""

    id: str
    registration: str
    basis: str
    kinds: Mask
    sender_name: str
    shared: str | None
    told: bool
    at: datetime
    read: bool
    withheld: bool


def may_share(registration: str, *, access: Access) -> Mask:
    """The kinds of information about somebody of the reader's own service that the reader may see now, and so might
    tell; of those that people are asked about. None where nothing is open."""
    return policy.categories_mask(*(one.kind for one in allowed.why([registration], access=access))) & policy.offered()


def disclosures(registration: str, *, access: Access) -> list[Disclosure]:
    """What the reader's own service told about somebody without their consent, the newest first, without the words."""
    rows = DisclosureWithoutConsent.objects.filter(registration=registration, service=access.service)
    return [_disclosure(row) for row in allowed.show(access, rows.order_by("-occurred_at", "-pk"))]


def disclosure(disclosure: str, *, access: Access) -> Disclosure:
    """One disclosure of the reader's own service; `NotThere` where there is none or it is closed to the reader."""
    rows = allowed.show(access, DisclosureWithoutConsent.objects.filter(pk=disclosure, service=access.service))
    if not rows:
        raise NotThere()
    words = allowed.show(access, DisclosedWords.objects.filter(disclosure=disclosure))
    return _disclosure(rows[0], words)


def _disclosure(row: DisclosureWithoutConsent, words: Iterable[DisclosedWords] = ()) -> Disclosure:
    told = next(iter(words), None)
    return Disclosure(
        id=row.pk,
        registration=row.registration_id,
        service=row.service,
        basis=row.basis,
        kinds=row.kinds,
        to_service=row.to_service,
        to_body=row.to_body,
        way=row.way,
        ground=row.ground,
        papers=frozenset(row.papers.split()),
        told=row.told,
        at=row.occurred_at,
        recorded_at=row.recorded_at,
        author=row.author,
        decided_by=row.decided_by or row.author,
        withheld=bool(row.needs & EVERY),
        shared=_opened(told.shared, told.pk) if told else None,
        not_told=_opened(told.not_told, told.pk) if told and told.not_told else None,
    )


def received_of(registration: str, *, access: Access) -> list[Received]:
    """What other services told the reader's own about somebody, the newest first."""
    rows = ReceivedDisclosure.objects.filter(registration=registration, service=access.service)
    return [_received(row) for row in allowed.show(access, rows.order_by("-occurred_at", "-pk"))]


def received(received: str, *, access: Access) -> Received:
    """One of them; `NotThere` where there is none or it is closed to the reader."""
    rows = allowed.show(access, ReceivedDisclosure.objects.filter(pk=received, service=access.service))
    if not rows:
        raise NotThere()
    return _received(rows[0])


def _received(row: ReceivedDisclosure) -> Received:
    return Received(
        id=row.pk,
        registration=row.registration_id,
        basis=row.basis,
        kinds=row.kinds,
        sender_name=row.sender_name,
        shared=_opened(row.shared, row.pk),
        told=row.told,
        at=row.occurred_at,
        read=row.state == Arrival.READ,
        withheld=bool(row.needs & EVERY),
    )


def _opened(token: str, record: str) -> str | None:
    try:
        return sealing.unseal(token, record)
    except sealing.Unreadable:
        return None
