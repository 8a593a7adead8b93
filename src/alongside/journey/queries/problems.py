"""What stays are for: problem descriptors, as far as the reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.journey.models import Problem
from alongside.kernel.periods import FOR_EVER


@dataclass(frozen=True, slots=True)
class Treated:
    """What a stay is for, as somebody recorded it: `code` as the data set writes it."""

    episode: str
    registration: str
    service: str
    code: str
    primary: bool
    at: datetime


def problems(episodes: Iterable[str], *, access: Access) -> dict[str, list[Treated]]:
    """Every problem of these stays that the reader may see, by episode, the oldest first."""
    return _by_episode(allowed.show(access, Problem.objects.filter(episode__in=list(episodes)).order_by(*_OLDEST)))


def every_problem(*, access: Access) -> dict[str, list[Treated]]:
    """Every problem that the reader may count, by episode, the oldest first."""
    return _by_episode(allowed.countable(access, Problem.objects.order_by(*_OLDEST)))


_OLDEST = ("occurred_at", "pk")


def _by_episode(rows: Iterable[Problem]) -> dict[str, list[Treated]]:
    found: dict[str, list[Treated]] = {}
    for row in rows:
        one = Treated(row.episode_id, row.registration_id, row.service, row.code, row.primary, row.occurred_at)
        found.setdefault(one.episode, []).append(one)
    return found


_PROBLEMS = Statement(
    """
    SELECT p.id, p.registration_id, p.needs, p.service, p.episode_id AS episode, p.code, p."primary" AS main,
           p.occurred_at
    FROM alongside_journey_problem p
    JOIN alongside_journey_episode e ON e.id = p.episode_id
    WHERE p.registration_id IN (%(registrations)s) AND e.ended_at = %(for_ever)s AND {visible:p}
          AND {visible:e}
    """,
    id=str,
    registration_id=str,
    needs=int,
    service=str,
    episode=str,
    code=str,
    main=bool,
    occurred_at=datetime,
)


def treated_for(registrations: Sequence[str], *, access: Access) -> Listing[list[Treated]]:
    """Every problem of the open stays of these registrations that the reader may see, the oldest first, to be read
    beside other rooms' lists."""

    def make(rows: list[Any]) -> list[Treated]:
        ordered = sorted(rows, key=lambda row: (row.occurred_at, row.id))
        return [
            Treated(row.episode, row.registration_id, row.service, row.code, row.main, row.occurred_at)
            for row in ordered
        ]

    return allowed.listing(access, _PROBLEMS, make, registrations=registrations, for_ever=[FOR_EVER])
