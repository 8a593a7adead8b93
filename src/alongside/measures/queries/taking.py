"""What was answered when, and by whom it was asked: enough to know what is due and what need not be asked again."""

from collections.abc import Collection, Iterable
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Statement
from alongside.measures.models import Response
from alongside.measures.rules.serving import Taken

_TAKEN = Statement(
    """
    SELECT m.id, m.registration_id, m.needs, m.service, m.instrument, m.substance, m.occurred_at, m.response_id
    FROM alongside_measures_score m
    WHERE m.registration_id IN (%(registrations)s) AND {visible:m}
    ORDER BY m.occurred_at, m.id
    """,
    id=str,
    registration_id=str,
    needs=int,
    service=str,
    instrument=str,
    substance=str,
    occurred_at=datetime,
    response_id=str,
)


def taken(registrations: Iterable[str], *, access: Access) -> dict[str, list[Taken]]:
    """What was answered in each of many registrations, with a total or without, the oldest first; in one statement."""
    wanted = list(registrations)
    found: dict[str, list[Taken]] = {one: [] for one in wanted}
    for row in allowed.listed(access, _TAKEN, registrations=wanted):
        one = Taken(row.instrument, row.substance, row.occurred_at, row.service, row.registration_id, row.response_id)
        found[row.registration_id].append(one)
    return found


def last_of(registrations: Collection[str], *, access: Access) -> list[dict[str, datetime]]:
    """When each of these last answered anything: what a period of keeping is counted from."""
    return [allowed.latest(Response.objects.filter(registration__in=registrations), access=access)]
