"""What somebody said of their drinking, wherever it was said, and the totals that are read beside it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.definitions.alcohol import alcohol
from alongside.definitions.instruments import instrument, instruments
from alongside.definitions.substances import substances
from alongside.measures.rules import asked_by_week, by_week

ALCOHOL = "alcohol"


@dataclass(frozen=True, slots=True)
class Drunk:
    """Days of drinking in the 28 before `at`, as they were said; the amount is of a day with a drink. Where a week was
    left open (`whole` is false) the days are the least that they can be."""

    at: datetime
    days: int
    amount: Decimal | None
    unit: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """All of it, of either service, the oldest first. `scores` are (when, total) by instrument, of those that a sign of
    possible dependence is read from (`definitions.alcohol`)."""

    drunk: list[Drunk]
    scores: dict[str, list[tuple[datetime, Decimal]]]


_TOLD = Statement(
    """
    SELECT u.registration_id, u.needs, u.id, u.occurred_at, u.recorded_at, 'use' AS kind, '' AS instrument,
           u.days_used_of_28 AS days, u.amount, u.unit, CAST(NULL AS text) AS answers
    FROM alongside_measures_userecord u
    WHERE u.registration_id IN (%(registrations)s) AND u.substance IN (%(of_substance)s) AND {visible:u}
    UNION ALL
    SELECT r.registration_id, r.needs, r.id, r.occurred_at, r.recorded_at, 'profile', r.instrument,
           CAST(NULL AS integer), CAST(NULL AS numeric), '', CAST(r.answers AS text)
    FROM alongside_measures_response r
    WHERE r.registration_id IN (%(registrations)s) AND r.instrument IN (%(profiles)s) AND r.answers IS NOT NULL
          AND {visible:r}
    UNION ALL
    SELECT m.registration_id, m.needs, m.id, m.occurred_at, m.recorded_at, 'score', m.instrument,
           CAST(NULL AS integer), m.value, '', CAST(NULL AS text)
    FROM alongside_measures_score m
    WHERE m.registration_id IN (%(registrations)s) AND m.instrument IN (%(totals)s) AND m.value IS NOT NULL
          AND {visible:m}
    """,
    registration_id=str,
    needs=int,
    id=str,
    occurred_at=datetime,
    recorded_at=datetime,
    kind=str,
    instrument=str,
    days=int,
    amount=Decimal,
    unit=str,
    answers=str,
)


def drinking(registrations: Sequence[str], *, access: Access) -> Listing[Told]:
    """Days of drinking from records of use, calendars and outcome profiles, and the totals of AUDIT and SADQ, as far as
    the reader may see them: to be read beside other rooms' lists. Of two at one time the one written later is later."""
    return allowed.listing(
        access,
        _TOLD,
        _told,
        registrations=registrations,
        of_substance=(ALCOHOL,),
        profiles=_profiles(),
        totals=_totals(),
    )


@cache
def _profiles() -> tuple[str, ...]:
    return tuple(one.key for one in instruments() if ALCOHOL in asked_by_week(one))


@cache
def _totals() -> tuple[str, ...]:
    """The instruments that a sign is about."""
    about = {sign.about for sign in alcohol().dependence}
    return tuple(one.key for one in instruments() if one.key in about)


def _told(rows: list[Any]) -> Told:
    told = Told([], defaultdict(list))
    for row in sorted(rows, key=lambda row: (row.occurred_at, row.recorded_at, row.id)):
        if row.kind == "score":
            told.scores[row.instrument].append((row.occurred_at, row.amount))
        else:
            told.drunk.extend(_drunk(row))
    return told


def _drunk(row: Any) -> Iterator[Drunk]:
    if row.kind == "use":
        yield Drunk(row.occurred_at, row.days, row.amount, row.unit)
    elif found := by_week(instrument(row.instrument), json.loads(row.answers), ALCOHOL):
        unit = substances()[ALCOHOL].profile_unit or ""
        yield Drunk(row.occurred_at, found.days, found.amount, unit if found.amount is not None else "", found.whole)
