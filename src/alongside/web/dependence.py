"""“Do not stop suddenly”: said where anything is a sign of possible alcohol dependence, to staff from the record and to
the person from what they have just told us."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.definitions import lives as content
from alongside.definitions.alcohol import Sign, alcohol
from alongside.definitions.instruments import instrument
from alongside.lives.queries import Event
from alongside.measures import rules
from alongside.measures.queries import Course, Days, Point
from alongside.measures.rules import Given
from alongside.outcomes.rules import Drinking, drinking_from_days, signs_of_dependence

LOOKED_AT = ("audit", "sadq")
STOPPED_BEFORE = ("seizures", "delirium")


@dataclass(frozen=True, slots=True)
class Dependence:
    """“Do not stop suddenly”, why it is said, and the signs of an emergency."""

    title: str
    words: str
    signs: str
    because: tuple[str, ...]
    verified: bool
    stopped_before: bool = False  # whether it went badly then, as far as anybody recorded it


def dependence(courses: Mapping[str, Course], lived: Iterable[Event]) -> Dependence | None:
    """What to say where anything in the record is a sign of possible alcohol dependence; None where nothing is. What
    happened when they stopped before counts however long ago it was, and however unsure somebody is that it did."""
    signs = signs_of_dependence(*_latest(courses.values()), _happened(lived))
    return warning(*signs) if signs else None


def dependence_in(
    series: Mapping[str, Sequence[Point]], uses: Mapping[str, Sequence[Days]], lived: Iterable[Event]
) -> Dependence | None:
    """The same from whole series, the oldest first."""
    amounts = [one for one in uses.get("alcohol", ()) if one.amount and one.unit == "units"]
    drunk = drinking_from_days(amounts[-1].days, amounts[-1].amount or 0) if amounts else None
    latest = {key: series[key][-1].value for key in LOOKED_AT if series.get(key)}
    signs = signs_of_dependence(drunk, latest, _happened(lived))
    return warning(*signs) if signs else None


def warning(*because: Sign) -> Dependence:
    """The warning itself, with its reasons for staff and without them for the person, who has just given them."""
    said = alcohol().warning
    return Dependence(
        title=_(said.title),
        words=_(said.words),
        signs=_(said.signs),
        because=tuple(_(one.words) for one in because),
        verified=said.verified and all(one.verified for one in because),
        stopped_before=any(one.about in STOPPED_BEFORE for one in because),
    )


def to_be_said(given: Iterable[Given]) -> bool:
    """Whether answers that somebody has just handed in are a sign of possible dependence."""
    scores = {one.instrument: rules.score(instrument(one.instrument), one.answers or ()) for one in given}
    known = {key: one.value for key, one in scores.items() if isinstance(one, rules.Scored) and one.value is not None}
    return bool(signs_of_dependence(scores=known))


def _happened(lived: Iterable[Event]) -> tuple[str, ...]:
    return content.signs(one.kind for one in lived)


def _latest(courses: Iterable[Course]) -> tuple[Drinking | None, dict[str, Decimal]]:
    """The newest drinking that has an amount in units, and the newest AUDIT and SADQ, of either service."""
    drunk, scores = None, {}
    every = list(courses)
    amounts = [one for course in every for one in course.uses.get("alcohol", ()) if one.amount and one.unit == "units"]
    if amounts:
        last = max(amounts, key=lambda one: one.at)
        drunk = drinking_from_days(int(last.value), last.amount or 0)
    for key in LOOKED_AT:
        taken = [one for course in every for one in course.scores.get(key, ())]
        if taken:
            scores[key] = max(taken, key=lambda one: one.at).value
    return drunk, scores
