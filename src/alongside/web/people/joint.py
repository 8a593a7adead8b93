"""The joint time line: what both services measured, with what happened at its foot, as far as the reader may see it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from alongside.definitions.instruments import Cutoff, Instrument, Whose, instrument
from alongside.measures.queries import Course, Step
from alongside.measures.rules import HARM, NOTHING_SAID, OF_DAYS, Context, course_of
from alongside.web import words
from alongside.web.measures.result import harm_said
from alongside.web.people import chart
from alongside.web.people.chart import Chart, Drawn, Reading
from alongside.web.people.foot import NUMBERED, Happened
from alongside.web.people.happened import Event, day_of, on, past
from alongside.web.use_words import days_said, substance_words

DRAWN = ("phq9", "gad7")
LANES, SUBSTANCES = 6, 3  # more than these are in the table alone


@dataclass(frozen=True, slots=True)
class Beside:
    """What scores do not say, by response: how it was answered where that was not as usual, and in which responses a
    question about self-harm was answered with more than “not at all”."""

    how: Mapping[str, Context]
    harm: Set[str]


@dataclass(frozen=True, slots=True)
class Number:
    """One row of the table beside the chart."""

    at: datetime
    what: str
    said: str
    where: str


def picture(
    courses: Mapping[str, Course],
    beside: Beside,
    events: Sequence[Event],
    own: str,
    whose: Whose,
    today: date,
) -> Chart | None:
    """PHQ-9 and GAD-7, what else was measured last, and days of the substances used most; the rest is in the table."""
    drawn = [_drawn(key, courses, beside, own, whose) for key in _measured(courses)[:LANES]]
    used = [_used(key, courses, own) for key in _substances(courses)[:SUBSTANCES]]
    happened = [Happened(on(one), one.shape, _said(one), one.own, one) for one in past(events, today)]
    return chart.draw(drawn, used, happened, until=today, month=_month)


def _said(one: Event) -> str:
    numbered = one.shape in NUMBERED
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


def _drawn(key: str, courses: Mapping[str, Course], beside: Beside, own: str, whose: Whose) -> Drawn:
    found = instrument(course_of(key)[0])
    steps = sorted(_taken(courses, "scores", key), key=lambda pair: pair[1].at)
    readings = [_reading(found, step, registration == own, beside) for registration, step in steps]
    languages = [step.language for _registration, step in steps]
    # Of two versions neither the cut-off nor the band holds for all of them: the line is that of the last one's.
    shown = found.shown(replace(whose, language=languages[-1] or None) if languages else whose)
    of_one_scale = len({step.out_of for _registration, step in steps}) == 1
    reliable = found.reliable_change if of_one_scale and len(set(languages)) == 1 else None
    of_others = "" if of_one_scale else _("not out of the same total")
    return Drawn(
        key,
        words.measure(key),
        readings,
        most=found.most_of_total,
        least=found.range.minimum if found.range else Decimal(0),
        cutoff=shown.value if shown else None,
        reliable=reliable.value if reliable else None,
        told="; ".join(part for part in (_told(readings), _version_said(languages, shown), of_others) if part),
        joined=of_one_scale,
    )


def _reading(of: Instrument, step: Step, own: bool, beside: Beside) -> Reading:
    clouded = beside.how.get(step.response, NOTHING_SAID).noticed.clouds
    said = words.score(of, step.value, step.out_of)
    return Reading(day_of(step.at), step.value, said, own, clouded, step.response in beside.harm)


def _version_said(languages: Sequence[str], shown: Cutoff | None) -> str:
    """Whose cut-off is drawn, where it is not the usual one, and that a change is none between two versions."""
    if len(set(languages)) > 1:
        return _("answered in two language versions")
    return _(shown.words) if shown and shown.words else ""


def _told(readings: Sequence[Reading]) -> str:
    """The first and the last number, which is what the eye looks for."""
    if not readings:
        return ""
    first, last = readings[0].said, readings[-1].said
    return f"{first} → {last}" if len(readings) > 1 else first


def _taken(courses: Mapping[str, Course], part: str, key: str) -> list[tuple[str, Step]]:
    return [(one, step) for one, course in courses.items() for step in getattr(course, part).get(key, ())]


def main_substance(courses: Mapping[str, Course]) -> str:
    """The substance with most days at any time; tobacco only where there is nothing else."""
    days = {key: max(step.value for step in steps) for course in courses.values() for key, steps in course.uses.items()}
    return max(days, key=lambda key: (key != "tobacco", days[key]), default="")


def _used(substance: str, courses: Mapping[str, Course], own: str) -> Drawn:
    steps = sorted(_taken(courses, "uses", substance), key=lambda pair: pair[1].at)
    readings = [
        Reading(day_of(step.at), step.value, words.number(step.value), registration == own)
        for registration, step in steps
    ]
    told = _("%(days)s of 28 days") % {"days": _told(readings)}
    return Drawn(substance, substance_words(substance), readings, most=Decimal(OF_DAYS), told=told)


def table(
    courses: Mapping[str, Course],
    beside: Beside,
    places: Mapping[str, str],
    events: Iterable[Event],
    today: date,
) -> list[Number]:
    """Everything that the chart shows and every other measure, the newest first. `places` names services by
    registration."""
    found = [Number(one.when, one.title, one.text, one.who) for one in past(events, today)]
    for registration, course in courses.items():
        where = places.get(registration, "")
        for key, steps in course.scores.items():
            found += [Number(step.at, words.measure(key), _worth(key, step, beside), where) for step in steps]
        for key, steps in course.uses.items():
            found += [
                Number(step.at, substance_words(key), days_said(step.value, step.amount, step.unit), where)
                for step in steps
            ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _worth(key: str, step: Step, beside: Beside) -> str:
    of = instrument(course_of(key)[0])
    harm = harm_said(of, [HARM] if step.response in beside.harm else [])
    given = words.circumstances(beside.how.get(step.response, NOTHING_SAID))
    return " · ".join(
        part for part in (words.score(of, step.value, step.out_of), words.band(step.band), harm, given) if part
    )
