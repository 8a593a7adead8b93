"""Destroying what leads from the ledger to a registration, and noting outside the database that it was erased."""

from collections.abc import Collection

from django.conf import settings
from django.db import connection

from alongside.audit import erased
from alongside.audit.models import Pseudonym


def forget(*, registrations: Collection[str]) -> int:
    """Destroy the secrets by which the ledger knows these registrations: its entries stand, and lead to nobody. Returns
    how many it knew. The last thing that an erasure does, in its transaction.

    What is certain by then is noted in the list outside the database first: if the machine fails between the two, the
    list names a record that is still there, and it has to be erased again; never one that a backup could bring back.
    Raises `erased.Unreadable` where the list cannot be written, and then nothing is erased.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A secret is destroyed only together with the record that it leads to.")
    count, _each = Pseudonym.objects.filter(registration__in=registrations).delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what would fail as it commits fails here
    erased.add(settings.ERASED, [erased.line(one, settings.LEDGER_KEYS[0]) for one in registrations])
    return count
