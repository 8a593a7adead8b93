"""One response or use record, for the page that puts it right, and what was put right before."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.measures.models import Condition, Response, Score, UseRecord
from alongside.measures.queries.series import Days, days_of
from alongside.measures.rules import NOTHING_NOTICED, Context


@dataclass(frozen=True, slots=True)
class Answered:
    """One response as it was given, for the page that shows or corrects it. Its context says what was noticed of
    drinking or using only where the reader may know of use."""

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
    recorded_at: datetime
    stands: bool  # false where it was put right
    substance: str
    out_of: int | None
    parts: tuple[tuple[str, Decimal | None], ...]  # by key
    context: Context


def response(response: str, *, access: Access) -> Answered:
    """One response of the reader's own service with its score, for the page that puts it right; `NotThere` where there
    is none or it is closed. One that somebody put right meanwhile is given as it was (`stands` is false), so that
    nobody loses what they were writing."""
    own = Score.objects.filter(response=response, service=access.service).select_related("response")
    return _with_noticed([_answered(_as_it_was(own, access))], access)[0]


def history(response: str, *, access: Access) -> list[Answered]:
    """What stands in the place of a response (its id, of any version), and every version that it took the place of,
    the newest first, as far as the reader may see them. `NotThere` where there is none, it is closed to the reader, or
    it was taken out of the record."""
    asked = allowed.visible_with_superseded(access, Response.objects.filter(pk=response)).first()
    if asked is None:
        raise NotThere()
    same = Score.objects.filter(registration=asked.registration_id, instrument=asked.instrument)
    rows = {row.response_id: row for row in _every(access, same.select_related("response"))}
    found = _versions(response, rows)
    reading.note(found)
    return _with_noticed([_answered(row) for row in found], access)


def _versions(response: str, rows: dict[str, Score]) -> list[Score]:
    """The chain that a response is a link of, the newest first. `NotThere` where nothing stands at its end."""
    newest = response
    while newest in rows and rows[newest].response.superseded_by:
        newest = rows[newest].response.superseded_by
    if newest not in rows:
        raise NotThere()
    before = {row.response.superseded_by: one for one, row in rows.items()}
    chain = [newest]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return [rows[one] for one in chain]


def _every(access: Access, rows: QuerySet[Any]) -> list[Any]:
    return list(allowed.visible_with_superseded(access, rows))


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
        recorded_at=given.recorded_at,
        stands=not given.superseded_by,
        substance=given.substance,
        out_of=score.out_of,
        parts=tuple((key, None if value is None else Decimal(value)) for key, value in score.parts.items()),
        context=given.context,
    )


def _with_noticed(found: list[Answered], access: Access) -> list[Answered]:
    rows = _every(access, Condition.objects.filter(response__in=[one.id for one in found]))
    reading.note(rows)
    noticed = {row.response_id: row.noticed for row in rows}
    return [replace(one, context=replace(one.context, noticed=noticed.get(one.id, NOTHING_NOTICED))) for one in found]


def use_record(record: str, *, access: Access) -> tuple[str, Days]:
    """(substance, days) of one use record, as `response`."""
    row = _as_it_was(UseRecord.objects.filter(pk=record, service=access.service), access)
    return row.substance, days_of(row)


def _as_it_was(own: QuerySet[Any], access: Access) -> Any:
    rows = _every(access, own)
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
