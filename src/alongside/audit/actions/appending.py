"""One entry in the transaction it is about: it waits for nobody, and nobody waits for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from alongside.audit import leaves, rules
from alongside.audit.models import Entry, Pseudonym
from alongside.kernel import clock
from alongside.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of one registration an entry is about: a mask of kinds, how many rows, and the ids of those rows."""

    kinds: int = 0
    rows: int = 0
    records: Collection[str] = ()


class _Known(NamedTuple):
    """A registration's secret, and how the ledger calls it."""

    secret: str
    pseudonym: str


def append(
    *,
    actor: str,
    role: str,
    service: str,
    purpose: str,
    act: str,
    subject: str = "",
    about: Mapping[str, Shown] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One entry, in the caller's transaction; outside one it refuses, because then it would prove nothing.

    Wherever it names a registration of `about`, it says that one's pseudonym.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry belongs inside the transaction it is about.")
    about = about or {}
    known = _pseudonyms(about)
    entry = Entry(
        at=clock.now(),
        actor=actor,
        role=role,
        service=service,
        purpose=purpose,
        act=act,
        subject=_hidden(subject, known),
        detail=_hidden(dict(detail or {}), known),
        about=[_said(known[registration], about[registration]) for registration in sorted(about)],
    )
    entry.digest = rules.leaf(leaves.line(entry)).hex()
    Entry.objects.insert([entry])


def _said(known: _Known, shown: Shown) -> list[str | int]:
    hashes = " ".join(rules.record_hashes(known.secret, shown.records))
    return [known.pseudonym, shown.kinds, shown.rows, hashes]


def _pseudonyms(registrations: Collection[str]) -> dict[str, _Known]:
    """How the ledger calls each of these; whoever is named for the first time is given a secret."""
    if not registrations:
        return {}
    known = _known(registrations)
    if fresh := sorted(one for one in registrations if one not in known):
        # Two who name somebody for the first time at one moment: the second waits here, and takes what the first made.
        Pseudonym.objects.bulk_create(map(_fresh, fresh), ignore_conflicts=True)
        known |= _known(fresh)
    return known


def _known(registrations: Collection[str]) -> dict[str, _Known]:
    rows = Pseudonym.objects.filter(registration__in=registrations).values_list("registration", "secret", "pseudonym")
    return {registration: _Known(secret, pseudonym) for registration, secret, pseudonym in rows}


def _fresh(registration: str) -> Pseudonym:
    secret = new_id("key") + new_id("key")  # 200 random bits
    return Pseudonym(registration=registration, secret=secret, pseudonym=rules.pseudonym(secret, registration))


def _hidden(said: Any, known: Mapping[str, _Known]) -> Any:
    """What an entry says with pseudonyms for the registrations that it names."""
    if isinstance(said, str):
        return known[said].pseudonym if said in known else said
    if isinstance(said, Mapping):
        return {name: _hidden(value, known) for name, value in said.items()}
    if isinstance(said, (list, tuple)):
        return [_hidden(one, known) for one in said]
    return said
