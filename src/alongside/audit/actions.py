"""Appending to the ledger and sealing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from alongside.audit import rules
from alongside.audit.models import Entry, Mention, Seal
from alongside.kernel import clock

BATCH = 100_000
PATIENCE = "5s"


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
    entry.digest = digest_of(entry, [(key, shown.kinds, shown.rows) for key, shown in mentions])
    Entry.objects.insert([entry])
    Mention.objects.insert(
        Mention(entry=entry, registration=key, kinds=shown.kinds, rows=shown.rows) for key, shown in mentions
    )


def digest_of(entry: Entry, mentions: list[tuple[str, int, int]]) -> str:
    """The digest of what an entry says; `mentions` are (registration, kinds, rows) in order."""
    words = {
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
    return rules.digest(words)


@transaction.atomic
def seal(*, batch: int | None = None) -> int:
    """Chain the entries since the last seal, at most `batch` of them; returns how many, 0 where none waits.

    Raises Django's `OperationalError` where somebody has been writing for longer than `PATIENCE`.
    """
    batch = batch or BATCH
    _nobody_is_writing()
    last = Seal.objects.select_for_update().order_by("-last_entry").first()
    after, link = (last.last_entry, last.chain) if last else (0, rules.GENESIS)
    fresh = list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "digest")[:batch])
    if fresh:
        Seal.objects.create(last_entry=fresh[-1][0], chain=rules.chain(link, (digest for _, digest in fresh)))
    return len(fresh)


def _nobody_is_writing() -> None:
    # An entry has its number before it commits. Sealing a later one first would make it look slipped in afterwards, so
    # wait for those who are writing, and for another who seals. Whoever wants to write meanwhile stands behind us, so
    # not for long. SQLite takes one writer at a time as it is.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            table = connection.ops.quote_name(Entry._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
