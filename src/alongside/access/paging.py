"""A page of an ordered list about many people: put in order first, then asked about as far as the page needs.

The predicate costs the same for each row that it is asked about, and behind the second wall it is asked twice. Of two
thousand people a page shows 25 rows. Which rows come first is found out before anybody is asked, by their ids alone;
then each of those is asked about as ever. Where too many of them are closed, all rows are asked about, as if nobody had
looked ahead. So a page shows what it would show without this.
"""

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from alongside.access import wall
from alongside.access.context import Access
from alongside.access.predicate import Visible
from alongside.access.statements import Among

Row = TypeVar("Row", bound=Model)
MANY = 100  # registrations from which on looking ahead takes less time than it saves
PAGES = 2  # so many pages' worth of rows are looked at ahead
_NAMED = "SELECT DISTINCT g.registration_id FROM access_grant g WHERE g.handle IN ({handles}) LIMIT %s"


def named(access: Access, most: int) -> list[str] | None:
    """The registrations that the reader's grants name; None where they name more than `most`."""
    if not access.speaks_for:
        return []
    handles = ", ".join(["%s"] * len(access.speaks_for))
    with connection.cursor() as cursor:  # a queryset takes longer over two thousand ids than the database
        cursor.execute(_NAMED.format(handles=handles), [*access.speaks_for, most + 1])
        found = [one for (one,) in cursor.fetchall()]
    return None if len(found) > most else found


def reached(registrations: Iterable[str], names: list[str] | None) -> list[str]:
    """Those of the registrations that are among the names; all of them where there are no names."""
    return list(registrations) if names is None else list(set(names).intersection(registrations))


def page(access: Access, rows: QuerySet[Row], about: Collection[str] | None, *, start: int, most: int) -> list[Row]:
    """The visible rows from `start`, at most `most`, of an ordered list about these registrations; None: about whomever
    its own order comes to first."""
    if about is None:
        return _asked(access, rows, start, most)
    theirs = rows.filter(Among("registration", about))
    if len(about) <= MANY:
        return _asked(access, theirs, start, most)
    ahead = start + PAGES * most
    first = _first(theirs, ahead)
    # By their ids alone: a database that may look up the registrations too does so.
    found = _asked(access, rows.filter(Among("pk", first)), start, most)
    return found if len(found) == most or len(first) < ahead else _asked(access, theirs, start, most)


def _asked(access: Access, rows: QuerySet[Row], start: int, most: int) -> list[Row]:
    return list(rows.filter(Visible(access), superseded_by="")[start : start + most])


def _first(rows: QuerySet[Row], ahead: int) -> list[str]:
    """The ids of those that come first, whoever may see them: nothing of this leaves before it was asked about."""
    with wall.past("access.page"):
        return list(rows.filter(superseded_by="").values_list("pk", flat=True)[:ahead])
