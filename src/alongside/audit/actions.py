"""Appending to the ledger and sealing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from alongside.audit import rules
from alongside.audit.models import Entry, Mention, Seal
from alongside.kernel import clock


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of one registration an entry is about: a mask of kinds, and how many rows."""

    kinds: int = 0
    rows: int = 0


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
    """One entry, in the caller's transaction; outside one it refuses, because then it would prove nothing."""
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry belongs inside the transaction it is about.")
    entry = Entry(
        at=clock.now(),
        actor=actor,
        role=role,
        service=service,
        purpose=purpose,
        act=act,
        subject=subject,
        detail=dict(detail or {}),
    )
    mentions = sorted((about or {}).items())
    entry.digest = rules.digest(_words(entry, [(key, shown.kinds, shown.rows) for key, shown in mentions]))
    entry.save(force_insert=True)
    Mention.objects.bulk_create(
        Mention(entry=entry, registration=key, kinds=shown.kinds, rows=shown.rows) for key, shown in mentions
    )


def _words(entry: Entry, mentions: list[tuple[str, int, int]]) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "role": entry.role,
        "service": entry.service,
        "purpose": entry.purpose,
        "act": entry.act,
        "subject": entry.subject,
        "detail": entry.detail,
        "mentions": mentions,
    }


@transaction.atomic
def seal(*, batch: int = 100_000) -> int:
    """Chain every entry since the last seal; returns how many. Run by `alongside tick`, one runner at a time."""
    last = Seal.objects.select_for_update().order_by("-last_entry").first()
    after, link = (last.last_entry, last.chain) if last else (0, rules.GENESIS)
    fresh = list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "digest")[:batch])
    if fresh:
        Seal.objects.create(last_entry=fresh[-1][0], chain=rules.chain(link, (digest for _, digest in fresh)))
    return len(fresh)
