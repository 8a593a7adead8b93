"""Giving committed entries their positions, so that nobody who writes one waits for it."""

from django.db import connection, transaction
from django.db.models import Max

from alongside.audit.models import Entry, Mention

BATCH = 100_000
CHUNK = 5_000
RUNNER = 7_435_202  # our number among the advisory locks of a PostgreSQL database: one runner numbers and signs
_TABLE = Entry._meta.db_table

# An entry has its number before it commits, so a later number may be there first. Positions are given to what is there,
# in the order in which it came to be there; whatever commits later is still without one and gets a later position.
_NUMBER = f"""
UPDATE {_TABLE} SET position = fresh.position FROM (
    SELECT id AS entry, first + row_number() OVER (ORDER BY id) - 1 AS position
    FROM (SELECT id FROM {_TABLE} WHERE position IS NULL ORDER BY id LIMIT %s) waiting
    CROSS JOIN (SELECT COALESCE(MAX(position) + 1, 0) AS first FROM {_TABLE}) numbered
) fresh WHERE {_TABLE}.id = fresh.entry
"""  # noqa: S608 - our own table


def number(*, batch: int | None = None) -> int:
    """Give positions, without gaps, to at most `batch` committed entries that have none; returns to how many.

    0 where none waits, and where another runner is at it. On PostgreSQL it touches committed entries only, so nobody
    who reads or writes the record waits for it.
    """
    if not Entry.objects.filter(position=None).exists():
        return 0  # SQLite's write lock is not even asked for
    with transaction.atomic():
        if not alone():
            return 0
        last = Entry.objects.aggregate(last=Max("position"))["last"]
        with connection.cursor() as cursor:
            cursor.execute(_NUMBER, [batch or BATCH])
            numbered = int(cursor.rowcount)
        _index(-1 if last is None else last)
        return numbered


def _index(after: int) -> None:
    """Make the entries after a position findable by whom they name."""
    fresh = Entry.objects.filter(position__gt=after).exclude(about=[]).values_list("pk", "about")
    rows: list[Mention] = []
    for entry, about in fresh.iterator(chunk_size=CHUNK):
        rows += [Mention(entry_id=entry, pseudonym=one[0], kinds=one[1]) for one in about]
        if len(rows) >= CHUNK:
            Mention.objects.insert(rows)
            rows = []
    Mention.objects.insert(rows)


def alone() -> bool:
    """Whether nobody else numbers or signs until this transaction ends. SQLite takes one writer at a time as it is."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [RUNNER])
        return bool(cursor.fetchone()[0])
