"""The comparison with the database, in a database of its own that is gone afterwards."""

from collections.abc import Iterable

from django.db import transaction
from django.test.utils import setup_databases, teardown_databases

from tests.law.comparing import Found, by_database
from tests.law.worlds import World


def in_a_database_of_its_own(worlds: Iterable[World]) -> Found:
    """Each world stored, asked about and taken back."""
    found = Found()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        for world in worlds:
            with transaction.atomic():
                found += by_database(world)
                transaction.set_rollback(True)
    finally:
        teardown_databases(old, verbosity=0)
    return found
