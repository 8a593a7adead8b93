"""Scores and days of use as pages draw them: one person's series, and many people's at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.statements import Statement
from alongside.definitions.instruments import instrument
from alongside.kernel.errors import NotThere
from alongside.measures import rules
from alongside.measures.models import Response, Score, UseRecord
from alongside.measures.rules import Refused

CASELOAD = ("phq9", "gad7")


@dataclass(frozen=True, slots=True)
class Point:
    """One score. `contact` is the entry of the contact it was taken at, empty where it was taken at none."""

    at: datetime
    value: Decimal
    band: str
    flags: tuple[str, ...]
    registration: str
    service: str
    contact: str
    episode: str
    response: str
    author: str


def series(registrations: Sequence[str], *, access: Access) -> dict[str, list[Point]]:
    """Every score of these registrations by instrument, the oldest first."""
    rows = Score.objects.filter(registration__in=registrations).select_related("response")
    found: dict[str, list[Point]] = defaultdict(list)
    for row in allowed.show(access, rows.order_by("occurred_at", "recorded_at", "pk")):
        found[row.instrument].append(_point(row))
    return dict(found)


def _point(row: Score) -> Point:
    return Point(
        at=row.occurred_at,
        value=row.value,
        band=row.band,
        flags=tuple(row.flags),
        registration=row.registration_id,
        service=row.service,
        contact=row.response.contact,
        episode=row.response.episode,
        response=row.response_id,
        author=row.author,
    )


@dataclass(frozen=True, slots=True)
class Days:
    """Days of using one substance in the 28 before `at`, and the amount on a day of use where it is known."""

    at: datetime
    days: int
    amount: Decimal | None
    unit: str
    named: str
    registration: str
    service: str
    contact: str
    record: str
    author: str
    stands: bool = True  # false where it was put right


def uses(registrations: Sequence[str], *, access: Access) -> dict[str, list[Days]]:
    """Every record of use of these registrations by substance, the oldest first."""
    rows = UseRecord.objects.filter(registration__in=registrations).order_by("occurred_at", "recorded_at", "pk")
    found: dict[str, list[Days]] = defaultdict(list)
    for row in allowed.show(access, rows):
        found[row.substance].append(_days(row))
    return dict(found)


def _days(row: UseRecord) -> Days:
    return Days(
        at=row.occurred_at,
        days=row.days_used_of_28,
        amount=row.amount,
        unit=row.unit,
        named=row.named,
        registration=row.registration_id,
        service=row.service,
        contact=row.contact,
        record=row.pk,
        author=row.author,
        stands=not row.superseded_by,
    )


class Step(NamedTuple):  # lists hold a thousand of these; a dataclass takes three times as long to make
    """One point of a sparkline: a score, or days used with the amount on a day of use."""

    at: datetime
    value: Decimal
    band: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(slots=True)
class Course:
    """How one registration's measures went, the oldest first: first is `[0]`, last is `[-1]`."""

    scores: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))  # by instrument
    uses: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))  # by substance


_COURSES = Statement(
    """
    SELECT m.registration_id, m.needs, 'score' AS kind, m.instrument AS name, m.value, m.band AS label,
           CAST(NULL AS numeric) AS amount, m.occurred_at, m.id
    FROM alongside_measures_score m
    WHERE m.registration_id IN (%(registrations)s) AND m.instrument IN (%(instruments)s) AND {visible:m}
    UNION ALL
    SELECT u.registration_id, u.needs, 'use', u.substance, CAST(u.days_used_of_28 AS numeric(8, 2)), u.unit, u.amount,
           u.occurred_at, u.id
    FROM alongside_measures_userecord u
    WHERE u.registration_id IN (%(registrations)s) AND {visible:u}
    ORDER BY occurred_at, id
    """,
    registration_id=str,
    needs=int,
    kind=str,
    name=str,
    value=Decimal,
    label=str,
    amount=Decimal,
    occurred_at=datetime,
    id=str,
)


def latest(registrations: Iterable[str], *, access: Access, instruments: Sequence[str] = CASELOAD) -> dict[str, Course]:
    """Scores of `instruments` and days used of many registrations, in one statement: for lists. Every registration
    asked for has a course, empty where there is nothing the reader may see."""
    wanted = list(registrations)
    courses = {registration: Course() for registration in wanted}
    for row in allowed.listed(access, _COURSES, registrations=wanted, instruments=instruments):
        _add(courses[row.registration_id], row)
    return courses


def _add(course: Course, row: Any) -> None:
    if row.kind == "score":
        course.scores[row.name].append(Step(row.occurred_at, row.value, band=row.label))
    else:
        course.uses[row.name].append(Step(row.occurred_at, row.value, amount=row.amount, unit=row.label))


@dataclass(frozen=True, slots=True)
class Answered:
    """One response as it was given, for the page that shows or corrects it."""

    id: str
    instrument: str
    definition_version: str
    answers: tuple[int, ...] | None
    value: Decimal
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
    return row.substance, _days(row)


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


def rederive(*, access: Access) -> list[str]:
    """Scores that their definitions would not give today for the answers they came from; should be empty.

    Only answers of the current version of a definition are scored again: older ones keep what they were worth.
    """
    rows = Score.objects.filter(superseded_by="").select_related("response").order_by("pk")
    return [row.pk for row in rows.iterator(chunk_size=2000) if _differs(row)]


def _differs(row: Score) -> bool:
    measure = instrument(row.instrument)
    answers = row.response.answers
    if answers is None or row.definition_version != measure.version:
        return False
    worth = rules.score(measure, answers)
    if isinstance(worth, Refused):
        return True
    return (worth.value, worth.band or "", list(worth.flags)) != (row.value, row.band, row.flags)


def every_score(*, access: Access) -> list[tuple[str, Point]]:
    """(instrument, score) of every score the reader may count for this purpose, of any service, the oldest first."""
    rows = Score.objects.select_related("response").order_by("occurred_at", "recorded_at", "pk")
    return [(row.instrument, _point(row)) for row in allowed.countable(access, rows)]


def every_use(*, access: Access) -> list[tuple[str, Days]]:
    """(substance, days) of every record of use the reader may count for this purpose, the oldest first."""
    rows = UseRecord.objects.order_by("occurred_at", "recorded_at", "pk")
    return [(row.substance, _days(row)) for row in allowed.countable(access, rows)]
