"""The joint time line: what both services measured, with what happened at its foot, as far as the reader may see it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from alongside.definitions.instruments import Cutoff, Instrument, ReliableChange, Whose, instrument
from alongside.measures.queries import Course, Step
from alongside.measures.rules import HARM, NOTHING_SAID, OF_DAYS, Context, course_of
from alongside.web import words
from alongside.web.measures.result import harm_said
from alongside.web.people import chart
from alongside.web.people.chart import UNCHECKED, Chart, Drawn, Reading
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
    band_unchecked: bool = False  # `said` has the sign behind its band


def picture(
    courses: Mapping[str, Course],
    beside: Beside,
    events: Sequence[Event],
    own: str,
    whose: Whose,
    today: date,
) -> Chart | None:
    """PHQ-9 and GAD-7, what else was measured last, and days of the substances used most; the rest is named, and in the
    table."""
    measured, substances = _measured(courses), _substances(courses)
    drawn = [_drawn(key, courses, beside, own, whose) for key in measured[:LANES]]
    used = [_used(key, courses, own) for key in substances[:SUBSTANCES]]
    left_out = [*map(words.measure, measured[LANES:]), *map(substance_words, substances[SUBSTANCES:])]
    happened = [Happened(on(one), one.shape, _said(one), one.own, one) for one in past(events, today)]
    return chart.draw(drawn, used, happened, until=today, month=_month, left_out=left_out)


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
    joined = [one for one in readings if one.own] or readings
    of_one_scale = len({step.out_of for _registration, step in steps}) == 1
    comparable = of_one_scale and len(set(languages)) == 1 and len(joined) > 1
    reliable = found.reliable_change if comparable else None
    of_others = "" if of_one_scale else _("not out of the same total")
    told = _told(readings), _version_said(languages, shown), of_others, _doubted(reliable)
    return Drawn(
        key,
        words.measure(key),
        readings,
        most=found.most_of_total,
        least=found.range.minimum if found.range else Decimal(0),
        cutoff=shown.value if shown else None,
        reliable=reliable.value if reliable else None,
        told="; ".join(part for part in told if part),
        cutoff_checked=shown is None or shown.verified,
        unchecked=", ".join(_unchecked(shown, reliable)),
        joined=of_one_scale,
    )


def _doubted(reliable: ReliableChange | None) -> str:
    """The least change, where nobody has checked it: the band that it draws has no figure to put the sign at."""
    return "" if reliable is None or reliable.verified else _change_said(reliable) + UNCHECKED


def _unchecked(shown: Cutoff | None, reliable: ReliableChange | None) -> Iterator[str]:
    if shown and not shown.verified:
        yield _("cut-off %(value)s") % {"value": words.number(shown.value)}
    if reliable and not reliable.verified:
        yield _change_said(reliable)


def _change_said(reliable: ReliableChange) -> str:
    return _("reliable change %(value)s") % {"value": words.number(reliable.value)}


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
    jurisdiction: str,
) -> list[Number]:
    """Everything that the chart shows and every other measure, the newest first. `places` names services by
    registration."""
    found = [Number(one.when, one.title, one.text, one.who) for one in past(events, today)]
    for registration, course in courses.items():
        where = places.get(registration, "")
        for key, steps in course.scores.items():
            found += [_number(key, step, beside, where, jurisdiction) for step in steps]
        for key, steps in course.uses.items():
            found += [
                Number(step.at, substance_words(key), days_said(step.value, step.amount, step.unit), where)
                for step in steps
            ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _number(key: str, step: Step, beside: Beside, where: str, jurisdiction: str) -> Number:
    measure = instrument(course_of(key)[0])
    unchecked = bool(step.band) and not measure.bands_checked(jurisdiction)
    band = words.band(step.band) + (UNCHECKED if unchecked else "")
    harm = harm_said(measure, [HARM] if step.response in beside.harm else [])
    given = words.circumstances(beside.how.get(step.response, NOTHING_SAID))
    said = " · ".join(part for part in (words.score(measure, step.value, step.out_of), band, harm, given) if part)
    return Number(step.at, words.measure(key), said, where, unchecked)
