"""Contacts in words: the list, one of them, and what was said last time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from alongside.access.context import Access
from alongside.contacts.queries import Contact, Section, Slot
from alongside.contacts.rules import State
from alongside.definitions.instruments import instrument
from alongside.measures.queries import Course, Days, Point, Step
from alongside.measures.rules import course_of
from alongside.web import times, words
from alongside.web.measures.result import band_said, harm_said
from alongside.web.naming import who
from alongside.web.use_words import days_said
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Row:
    """One contact in the list."""

    href: str
    at: datetime
    what: str
    attendance: str
    tone: str
    who: str
    where: str
    planned: bool
    joint: bool


@dataclass(frozen=True, slots=True)
class LastTime:
    """What stands beside a form: the last score of each measure, days used, and what was promised."""

    scores: Mapping[str, str]
    uses: Mapping[str, str]
    at: datetime | None
    promised: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing measured at a contact; `correct` is empty where it is not the reader's to put right."""

    what: str
    said: str
    correct: str
    wrong: str


_TONES = {State.KEPT: "teal", State.MISSED: "red", State.TO_REBOOK: "orange", State.PLANNED: "blue"}


def rows(contacts: Iterable[Contact], known: Mapping[str, str], access: Access) -> list[Row]:
    return [row(one, known, access) for one in contacts]


def row(one: Contact, known: Mapping[str, str], access: Access) -> Row:
    return Row(
        href=reverse("contact", args=[one.id]),
        at=one.starts_at,
        what=f"{words.kind(one.kind)}, {words.mode(one.mode).lower()}",
        attendance=words.attendance(one.attendance),
        tone=_TONES.get(one.state, "grey"),
        who=who(one.practitioner, known, access),
        where=known.get(one.service, ""),
        planned=one.state is State.PLANNED,
        joint=one.joint,
    )


def booked(one: Contact) -> str:
    """A planned contact in one line: when, what for and how."""
    when = f"{times.clock(one.starts_at).striptags()} {times.day_and_weekday(one.starts_at).striptags()}"
    return f"{when}: {words.kind(one.kind)}, {words.mode(one.mode).lower()}"


def last_time(courses: Mapping[str, Course], last: Slot | None, promised: Iterable[Section]) -> LastTime:
    scores = _latest(course.scores for course in courses.values())
    uses = _latest(course.uses for course in courses.values())
    return LastTime(
        scores={key: _total(key, step) for key, step in scores.items()},
        uses={key: days_said(step.value, step.amount, step.unit) for key, step in uses.items()},
        at=last.at if last else None,
        promised=[(words.heading(one.heading), one.text) for one in promised],
    )


def _latest(kinds: Iterable[Mapping[str, Sequence[Step]]]) -> dict[str, Step]:
    """The last of each, by any service; of one moment, the first service's."""
    found: dict[str, Step] = {}
    for course in kinds:
        for key, steps in course.items():
            if key not in found or steps[-1].at > found[key].at:
                found[key] = steps[-1]
    return found


def measured(
    entry: str, series: Mapping[str, Sequence[Point]], uses: Mapping[str, Sequence[Days]], access: Access
) -> list[Measured]:
    """What was measured at one contact."""
    found = [_score(key, one, access) for key, points in series.items() for one in points if one.contact == entry]
    return found + [_use(key, one, access) for key, days in uses.items() for one in days if one.contact == entry]


def _score(key: str, one: Point, access: Access) -> Measured:
    measure = instrument(course_of(key)[0])
    told = _total(key, one), band_said(measure, one.band, access.jurisdiction), harm_said(measure, one.flags)
    said = " · ".join(part for part in told if part)
    mine = one.service == access.service
    correct = way("response-correct", one.response, access=access) if mine else ""
    wrong = way("measure-wrong-person", one.response, access=access) if mine else ""
    return Measured(words.measure(key), said, correct, wrong)


def _total(key: str, one: Point | Step) -> str:
    return words.score(instrument(course_of(key)[0]), one.value, one.out_of)


def _use(key: str, one: Days, access: Access) -> Measured:
    mine = one.service == access.service
    correct = way("use-correct", one.record, access=access) if mine else ""
    wrong = way("measure-wrong-person", one.record, access=access) if mine else ""
    name = one.named or words.substance_words(key)
    return Measured(name, _days(one), correct, wrong)


def _days(one: Days) -> str:
    return days_said(Decimal(one.days), one.amount, one.unit)
