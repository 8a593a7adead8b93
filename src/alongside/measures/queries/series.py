"""Scores and days of use over time: one person's series, and many people's at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.measures.models import Condition, Score, UseRecord
from alongside.measures.rules import NOTHING_SAID, Context, Noticed, course_name

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
    substance: str = ""
    language: str = ""  # the version that was answered, as cut-offs name it; empty for English
    context: Context = NOTHING_SAID
    out_of: int | None = None  # the greatest total, where what does not apply lowers it


def series(registrations: Sequence[str], *, access: Access) -> dict[str, list[Point]]:
    """Every total of these registrations by course (`rules.course_name`: an instrument, with its substance where it is
    asked about one at a time), the oldest first; `results` has those without a total."""
    rows = Score.objects.filter(registration__in=registrations, value__isnull=False).select_related("response")
    found: dict[str, list[Point]] = defaultdict(list)
    for row in allowed.show(access, rows.order_by("occurred_at", "recorded_at", "pk")):
        found[course_name(row.instrument, row.substance)].append(_point(row))
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
        substance=row.substance,
        language=row.language,
        context=row.response.context,
        out_of=row.out_of,
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
        found[row.substance].append(days_of(row))
    return dict(found)


def days_of(row: UseRecord) -> Days:
    """One record of use as pages read it."""
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
    response: str = ""  # that the score is of
    language: str = ""  # the version that was answered, as cut-offs name it; empty for English
    harm: bool = False  # a question about self-harm was answered with more than “not at all”
    out_of: int | None = None  # the greatest total, where what does not apply lowers it


@dataclass(slots=True)
class Course:
    """How one registration's measures went, the oldest first: first is `[0]`, last is `[-1]`."""

    scores: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))  # by course, as `series`
    uses: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))  # by substance


_COURSES = Statement(
    """
    SELECT m.registration_id, m.needs, 'score' AS kind,
           CASE WHEN m.substance = '' THEN m.instrument ELSE m.instrument || ':' || m.substance END AS name,
           m.value, m.band AS label, CAST(NULL AS numeric) AS amount, m.occurred_at, m.id,
           m.response_id AS response, m.language,
           CAST(m.flags AS text) LIKE '%%"self_harm_item"%%' AS harm, m.out_of
    FROM alongside_measures_score m
    WHERE m.registration_id IN (%(registrations)s) AND m.instrument IN (%(instruments)s) AND m.value IS NOT NULL
          AND {visible:m}
    UNION ALL
    SELECT u.registration_id, u.needs, 'use', u.substance, CAST(u.days_used_of_28 AS numeric(8, 2)), u.unit, u.amount,
           u.occurred_at, u.id, '', '', 1 = 0, CAST(NULL AS smallint)
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
    response=str,
    language=str,
    harm=bool,
    out_of=int,
)


def latest(registrations: Iterable[str], *, access: Access, instruments: Sequence[str] = CASELOAD) -> dict[str, Course]:
    """Scores of `instruments` and days used of many registrations, in one statement: for lists. Every registration
    asked for has a course, empty where there is nothing the reader may see."""
    wanted = list(registrations)
    return _courses(wanted, allowed.listed(access, _COURSES, registrations=wanted, instruments=instruments))


def listing(
    registrations: Sequence[str], *, access: Access, instruments: Sequence[str] = CASELOAD
) -> Listing[dict[str, Course]]:
    """As `latest`, to be read beside other rooms' lists: for pages of one person."""

    def make(rows: list[Any]) -> dict[str, Course]:
        return _courses(registrations, sorted(rows, key=lambda row: (row.occurred_at, row.id)))

    return allowed.listing(access, _COURSES, make, registrations=registrations, instruments=instruments)


def _courses(registrations: Sequence[str], rows: Iterable[Any]) -> dict[str, Course]:
    courses = {registration: Course() for registration in registrations}
    for row in rows:
        _add(courses[row.registration_id], row)
    return courses


def _add(course: Course, row: Any) -> None:
    # By place: by name each of a thousand steps takes half as long again to make.
    if row.kind == "score":
        step = Step(row.occurred_at, row.value, row.label, None, "", row.response, row.language, row.harm, row.out_of)
        course.scores[row.name].append(step)
    else:
        course.uses[row.name].append(Step(row.occurred_at, row.value, "", row.amount, row.label))


def every_score(*, access: Access) -> list[tuple[str, Point]]:
    """(instrument, score) of every score the reader may count for this purpose, of any service, the oldest first."""
    rows = Score.objects.filter(value__isnull=False).select_related("response")
    rows = rows.order_by("occurred_at", "recorded_at", "pk")
    return [(row.instrument, _point(row)) for row in allowed.countable(access, rows)]


def every_noticed(*, access: Access) -> dict[str, Noticed]:
    """By response: what was noticed of drinking or using when it was answered, as far as somebody said and the reader
    may count it for this purpose. A response of which nothing was said is not there."""
    rows = allowed.countable(access, Condition.objects.order_by("pk"))
    return {row.response_id: row.noticed for row in rows}


def every_use(*, access: Access) -> list[tuple[str, Days]]:
    """(substance, days) of every record of use the reader may count for this purpose, the oldest first."""
    rows = UseRecord.objects.order_by("occurred_at", "recorded_at", "pk")
    return [(row.substance, days_of(row)) for row in allowed.countable(access, rows)]
