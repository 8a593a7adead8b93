"""The joint time line: what both services measured, and what happened, as far as the reader may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consultation import queries as consultations
from alongside.consultation.rules import Side
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.definitions.instruments import instrument
from alongside.journey.queries import Episode
from alongside.lives.queries import Event as Lived
from alongside.measures.queries import Course, Step
from alongside.measures.rules import course_of
from alongside.medication.queries import Change
from alongside.web import words
from alongside.web.lives import words as lives
from alongside.web.people import chart
from alongside.web.people.chart import Chart, Drawn, Happened, Reading
from alongside.web.ways import way

DRAWN = ("phq9", "gad7")
LANES, SUBSTANCES = 6, 3  # more than these are in the table alone
SHORT = 140  # characters of what was written about something; its own page has all of it


@dataclass(frozen=True, slots=True)
class Number:
    """One row of the table beside the chart."""

    at: datetime
    what: str
    said: str
    where: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for the list under the chart; as `components/lists.jinja` wants it."""

    when: datetime
    side: str
    title: str
    href: str = ""
    text: str = ""
    who: str = ""
    shape: str = "circle"
    day: date | None = None  # where only the day is known
    own: bool = True


def picture(courses: Mapping[str, Course], events: Sequence[Event], own: str, today: date) -> Chart | None:
    """PHQ-9 and GAD-7, what else was measured last, and days of the substances used most; the rest is in the table."""
    drawn = [_drawn(key, courses, own) for key in _measured(courses)[:LANES]]
    used = [_used(key, courses, own) for key in _substances(courses)[:SUBSTANCES]]
    happened = [Happened(on(one), one.shape, _said(one), one.own, one) for one in past(events, today)]
    return chart.draw(drawn, used, happened, until=today, month=_month)


def past(events: Iterable[Event], today: date) -> list[Event]:
    """Those that the chart has a mark for."""
    return [one for one in events if on(one) <= today]


def on(one: Event) -> date:
    return one.day or _day(one.when)


def _said(one: Event) -> str:
    numbered = one.shape in chart.NUMBERED
    return ", ".join(part for part in (one.title, one.text if numbered else "") if part)


def _measured(courses: Mapping[str, Course]) -> list[str]:
    """Every instrument with a score: those of every contact first, then the one that was taken last."""
    last = {key: steps[-1].at for course in courses.values() for key, steps in course.scores.items() if steps}
    others = sorted((key for key in last if key not in DRAWN), key=lambda key: last[key], reverse=True)
    return [key for key in DRAWN if key in last] + others


def _substances(courses: Mapping[str, Course]) -> list[str]:
    """Every substance with a day of use, the most days first, tobacco last."""
    first = main_substance(courses)
    days = {key: max(step.value for step in steps) for course in courses.values() for key, steps in course.uses.items()}
    others = sorted((key for key in days if key != first and days[key]), key=lambda key: (key == "tobacco", -days[key]))
    return [first, *others] if first else []


def _month(day: date) -> str:
    return str(format_date(day, "MMM yy" if day.month == 1 else "MMM", locale=to_locale(get_language() or "en-gb")))


def _day(instant: datetime) -> date:
    return timezone.localtime(instant).date()


def _drawn(key: str, courses: Mapping[str, Course], own: str) -> Drawn:
    found = instrument(course_of(key)[0])
    steps = sorted(_taken(courses, "scores", key), key=lambda pair: pair[1].at)
    readings = [
        Reading(_day(step.at), step.value, registration == own, step.at in courses[registration].clouded)
        for registration, step in steps
    ]
    shown = found.caseness or found.cutoff("screen")
    return Drawn(
        key,
        words.measure(key),
        readings,
        most=found.most_of_total,
        least=found.range.minimum if found.range else Decimal(0),
        cutoff=shown.value if shown else None,
        reliable=found.reliable_change.value if found.reliable_change else None,
        told=_told(readings),
    )


def _told(readings: Sequence[Reading]) -> str:
    """The first and the last number, which is what the eye looks for."""
    if not readings:
        return ""
    first, last = words.number(readings[0].value), words.number(readings[-1].value)
    return f"{first} → {last}" if len(readings) > 1 else first


def _taken(courses: Mapping[str, Course], part: str, key: str) -> list[tuple[str, Step]]:
    return [(one, step) for one, course in courses.items() for step in getattr(course, part).get(key, ())]


def main_substance(courses: Mapping[str, Course]) -> str:
    """The substance with most days at any time; tobacco only where there is nothing else."""
    days = {key: max(step.value for step in steps) for course in courses.values() for key, steps in course.uses.items()}
    return max(days, key=lambda key: (key != "tobacco", days[key]), default="")


def _used(substance: str, courses: Mapping[str, Course], own: str) -> Drawn:
    steps = sorted(_taken(courses, "uses", substance), key=lambda pair: pair[1].at)
    readings = [Reading(_day(step.at), step.value, registration == own) for registration, step in steps]
    told = _("%(days)s of 28 days") % {"days": _told(readings)}
    return Drawn(substance, words.substance_words(substance), readings, most=Decimal(28), told=told)


def table(
    courses: Mapping[str, Course], places: Mapping[str, str], events: Iterable[Event], today: date
) -> list[Number]:
    """Everything that the chart shows and every other measure, the newest first. `places` names services by
    registration."""
    found = [Number(one.when, one.title, one.text, one.who) for one in past(events, today)]
    for registration, course in courses.items():
        where = places.get(registration, "")
        for key, steps in course.scores.items():
            for step in steps:
                said = " · ".join(part for part in (words.number(step.value), words.band(step.band)) if part)
                found.append(Number(step.at, words.measure(key), said, where))
        for key, steps in course.uses.items():
            found += [Number(step.at, words.substance_words(key), days_said(step), where) for step in steps]
    return sorted(found, key=lambda one: one.at, reverse=True)


def days_said(step: Step) -> str:
    days = _("%(days)s of 28 days") % {"days": words.number(step.value)}
    if step.amount is None:
        return days
    return _("%(days)s, about %(amount)s %(unit)s on each") % {
        "days": days,
        "amount": words.number(step.amount),
        "unit": _(step.unit),
    }


def events(
    contacts: Iterable[Contact],
    episodes: Iterable[Episode],
    asked: Iterable[consultations.Line],
    lived: Iterable[Lived],
    changed: Iterable[Change],
    known: Mapping[str, str],
    access: Access,
) -> list[Event]:
    """What happened in both services and in the person's life, the newest first; what is planned is not there."""
    found = [_contact(one, known, access) for one in contacts if one.state is not State.PLANNED]
    found += [event for episode in episodes for event in _episode(episode, known)]
    found += [event for line in asked for event in _question(line, known)]
    found += [_lived(one, known, access) for one in lived]
    found += [_changed(one, known, access) for one in changed]
    return sorted(found, key=lambda one: one.when, reverse=True)


def _contact(one: Contact, known: Mapping[str, str], access: Access) -> Event:
    kept = one.state is State.KEPT
    title = words.kind(one.kind) if kept else words.attendance(one.attendance)
    said = [words.mode(one.mode)] if kept else [words.kind(one.kind)]
    who = " · ".join(part for part in (known.get(one.practitioner, ""), known.get(one.service, "")) if part)
    return Event(
        one.starts_at,
        "both" if one.joint else "",
        title,
        way("contact", one.id, access=access),
        ", ".join(said),
        who,
        "circle" if kept else "cross",
    )


def _episode(one: Episode, known: Mapping[str, str]):
    where = known.get(one.service, "")
    yield Event(one.opened_at, "both" if one.journey else "", _("Treatment opened"), text=where, shape="triangle")
    if one.ended_on:
        ended = timezone.make_aware(datetime.combine(one.ended_on, datetime.min.time().replace(hour=17)))
        yield Event(ended, "", _("Treatment ended"), text=where, shape="triangle")


def _question(line: consultations.Line, known: Mapping[str, str]):
    asker = known.get(line.asking_service, "")
    title = _("We asked the other team") if line.side is Side.ASKING else _("The other team asked us")
    yield Event(line.asked_at, "both", title, text=_short(line.text), who=asker, shape="diamond")
    if line.answered_at:
        who = known.get(line.answering_service, "")
        yield Event(line.answered_at, "both", _("Answered"), text=_short(line.text), who=who, shape="diamond")


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def _lived(one: Lived, known: Mapping[str, str], access: Access) -> Event:
    said = " · ".join(part for part in (lives.until(one), lives.doubt(one), _short(one.words)) if part)
    href = way("person-events", one.registration, access=access)
    who, own = known.get(one.service, ""), one.service == access.service
    return Event(one.at, "", lives.kind(one.kind), href, said, who, "square", one.start, own)


def _changed(one: Change, known: Mapping[str, str], access: Access) -> Event:
    href = way("person-events", one.registration, access=access)
    who, own = known.get(one.service, ""), one.service == access.service
    return Event(one.at, "", lives.change(one), href, one.dose, who, "plus", one.day, own)
