"""The row that every fact about a registration hangs on, locked before facts are read or changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel.errors import NotThere

PAIR = 2


def anchor(*, registration: str, service: str, by: Access) -> None:
    """Make the row that every fact about a registration hangs on and locks."""
    Anchor.objects.create(id=registration, service=service)


def lock(*, registrations: Iterable[str], by: Access) -> list[Anchor]:
    """Lock registrations in id order before their facts are read or changed, each with its twin."""
    if not connection.in_atomic_block:
        raise RuntimeError("A lock outside a transaction holds nothing.")
    wanted = sorted(set(registrations))
    theirs = Q(twin__in=wanted) & ~Q(twin="")  # so that the index of twins is used
    held = Anchor.objects.select_for_update().filter(Q(pk__in=wanted) | theirs)
    rows = [one for one in held.order_by("pk") if one.pk in wanted]
    if len(rows) != len(wanted):
        raise NotThere()
    return rows


def lock_pair(*, row: str, values: Sequence[Any], by: Access) -> dict[str, Any]:
    """Lock the two registrations that a row of another room names, in id order; returns that row's columns.

    `row` is the SELECT of that row, which calls them `one` and `other`. `NotThere` where there is no such row.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A lock outside a transaction holds nothing.")
    held = "" if connection.vendor == "sqlite" else " FOR UPDATE OF a"  # SQLite has the whole file already
    table = connection.ops.quote_name(Anchor._meta.db_table)
    with connection.cursor() as cursor:
        pair = f"SELECT c.* FROM {table} a, ({row}) c WHERE a.id IN (c.one, c.other)"  # noqa: S608 - our rooms' own words
        text = f"{pair} ORDER BY a.id{held}"
        cursor.execute(text, values)
        found = cursor.fetchall()
        if len(found) != PAIR:
            raise NotThere()
        return dict(zip([column[0] for column in cursor.description], found[0], strict=True))
