"""One response or use record, for the page that puts it right."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.measures.models import Response, Score, UseRecord
from alongside.measures.queries.series import Days, days_of


@dataclass(frozen=True, slots=True)
class Answered:
    """One response as it was given, for the page that shows or corrects it."""

    id: str
    instrument: str
    definition_version: str
    answers: tuple[int | str | None, ...] | None
    value: Decimal | None
    band: str
    flags: tuple[str, ...]
    at: datetime
    registration: str
    service: str
    contact: str
    entered_by: str
    author: str
    stands: bool = True  # false where it was put right


def response(response: str, *, access: Access) -> Answered:
    """One response of the reader's own service with its score, for the page that puts it right; `NotThere` where there
    is none or it is closed. One that somebody put right meanwhile is given as it was (`stands` is false), so that
    nobody loses what they were writing."""
    own = Score.objects.filter(response=response, service=access.service).select_related("response")
    return _answered(_as_it_was(own, access))


def _answered(score: Score) -> Answered:
    given = score.response
    return Answered(
        id=given.pk,
        instrument=given.instrument,
        definition_version=given.definition_version,
        answers=None if given.answers is None else tuple(given.answers),
        value=score.value,
        band=score.band,
        flags=tuple(score.flags),
        at=given.occurred_at,
        registration=given.registration_id,
        service=given.service,
        contact=given.contact,
        entered_by=given.entered_by,
        author=given.author,
        stands=not given.superseded_by,
    )


def use_record(record: str, *, access: Access) -> tuple[str, Days]:
    """(substance, days) of one use record, as `response`."""
    row = _as_it_was(UseRecord.objects.filter(pk=record, service=access.service), access)
    return row.substance, days_of(row)


def _as_it_was(own: QuerySet[Any], access: Access) -> Any:
    rows = list(allowed.visible_with_superseded(access, own))
    if not rows:
        raise NotThere()
    reading.note(rows)
    return rows[0]


def standing(record: str, *, access: Access) -> str:
    """The id of what stands now in place of a response or a use record, however often it was put right; empty where it
    was taken out or is closed to the reader. An id only: nothing is shown."""
    model = UseRecord if record.startswith("use_") else Response
    row = allowed.visible_with_superseded(access, model.objects.filter(pk=record)).first()
    while row is not None and row.superseded_by:
        row = allowed.visible_with_superseded(access, model.objects.filter(pk=row.superseded_by)).first()
    return row.pk if row else ""
