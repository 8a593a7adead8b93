"""Everything that was answered, with its parts and how it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.measures.models import Response, Score
from alongside.measures.rules import Context


@dataclass(frozen=True, slots=True)
class Result:
    """What one response came to, whether it has a total or not. `parts` are by key, in the definition's order;
    `put_right` says whether it took the place of another one (`history` has that)."""

    id: str
    instrument: str
    substance: str
    at: datetime
    value: Decimal | None
    out_of: int | None
    band: str
    parts: dict[str, Decimal | None]
    flags: tuple[str, ...]
    answers: tuple[int | str | None, ...] | None
    context: Context
    registration: str
    service: str
    contact: str
    author: str
    put_right: bool


def results(registrations: Sequence[str], *, access: Access) -> list[Result]:
    """Everything that was answered, the newest first: totals, parts, labels, profiles and the answers themselves."""
    before = Response.objects.filter(registration=OuterRef("registration"), superseded_by=OuterRef("response"))
    rows = Score.objects.filter(registration__in=registrations).select_related("response")
    rows = rows.annotate(put_right=Exists(before)).order_by("-occurred_at", "-recorded_at", "-pk")
    return [_result(row) for row in allowed.show(access, rows)]


def _result(row: Any) -> Result:
    given = row.response
    return Result(
        id=row.response_id,
        instrument=row.instrument,
        substance=row.substance,
        at=row.occurred_at,
        value=row.value,
        out_of=row.out_of,
        band=row.band,
        parts={key: None if value is None else Decimal(value) for key, value in row.parts.items()},
        flags=tuple(row.flags),
        answers=None if given.answers is None else tuple(given.answers),
        context=given.context,
        registration=row.registration_id,
        service=row.service,
        contact=given.contact,
        author=row.author,
        put_right=row.put_right,
    )
