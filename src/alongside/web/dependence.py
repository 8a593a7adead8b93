"""“Do not stop suddenly”: said where anything is a sign of possible alcohol dependence, to staff from the record and to
the person from what they have just told us."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.definitions import lives as content
from alongside.definitions.alcohol import Sign, alcohol
from alongside.definitions.instruments import instrument
from alongside.lives.queries import Event
from alongside.measures import rules
from alongside.measures.queries import Course, Days, Point, Step
from alongside.measures.rules import Given
from alongside.outcomes.rules import drinking_from_days, signs_of_dependence
from alongside.web import times
from alongside.web.use_words import days_said

LOOKED_AT = ("audit", "sadq")
STOPPED_BEFORE = ("seizures", "delirium")
OF_DRINKING = ("units_a_day", "units_on_most_days")


@dataclass(frozen=True, slots=True)
class Dependence:
    """“Do not stop suddenly”, why it is said, and the signs of an emergency."""

    title: str
    words: str
    signs: str
    because: tuple[str, ...]
    verified: bool
    stopped_before: bool = False  # whether it went badly then, as far as anybody recorded it


@dataclass(frozen=True, slots=True)
class Drunk:
    """Days of drinking in the 28 before `at`, as they were said."""

    at: datetime
    days: int
    amount: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the signs are looked for in: the newest drinking that was counted in units, what they have said since if it
    was fewer days, and the newest AUDIT and SADQ."""

    drunk: Drunk | None
    less_since: Drunk | None
    scores: Mapping[str, Step | Point]


def dependence(courses: Mapping[str, Course], lived: Iterable[Event], jurisdiction: str) -> Dependence | None:
    """What to say where anything in the record is a sign of possible alcohol dependence; None where nothing is. What
    happened when they stopped before counts however long ago it was, and however unsure somebody is that it did."""
    every = list(courses.values())
    drunk = [
        Drunk(one.at, int(one.value), one.amount, one.unit)
        for course in every
        for one in course.uses.get("alcohol", ())
    ]
    taken = {key: [one for course in every for one in course.scores.get(key, ())] for key in LOOKED_AT}
    return _said_of(_known(drunk, taken), lived, jurisdiction)


def dependence_in(
    series: Mapping[str, Sequence[Point]],
    uses: Mapping[str, Sequence[Days]],
    lived: Iterable[Event],
    jurisdiction: str,
) -> Dependence | None:
    """The same from whole series."""
    drunk = [Drunk(one.at, one.days, one.amount, one.unit) for one in uses.get("alcohol", ())]
    return _said_of(_known(drunk, {key: series.get(key, ()) for key in LOOKED_AT}), lived, jurisdiction)


def _said_of(known: Known, lived: Iterable[Event], jurisdiction: str) -> Dependence | None:
    drunk = known.drunk and drinking_from_days(known.drunk.days, known.drunk.amount or 0)
    signs = signs_of_dependence(drunk, {key: one.value for key, one in known.scores.items()}, _happened(lived))
    if not signs:
        return None
    return replace(warning(*signs, jurisdiction=jurisdiction), because=tuple(_because(signs, known)))


def _because(signs: Iterable[Sign], known: Known) -> Iterator[str]:
    """Each sign with the day of what it rests on; and where they have said less since, that too."""
    drinks = False
    for one in signs:
        drinks = drinks or one.about in OF_DRINKING
        yield _on_its_day(one, known)
    if drinks and known.less_since:
        since = known.less_since
        days = days_said(Decimal(since.days), since.amount, since.unit)
        yield _("since then, on %(day)s, they said %(days)s") % {"day": _day(since.at), "days": days}


def _on_its_day(sign: Sign, known: Known) -> str:
    said = {"what": _(sign.words)}
    if sign.about in OF_DRINKING and known.drunk:
        return _("%(what)s, by what they said on %(day)s") % (said | {"day": _day(known.drunk.at)})
    if sign.about in known.scores:
        return _("%(what)s, taken on %(day)s") % (said | {"day": _day(known.scores[sign.about].at)})
    return said["what"]


def _day(at: datetime) -> str:
    return str(times.day(at).striptags())


def warning(*because: Sign, jurisdiction: str) -> Dependence:
    """The warning itself, with its reasons for staff and without them for the person, who has just given them; an
    emergency is rung for as where the service is."""
    said = alcohol().warning
    return Dependence(
        title=_(said.title),
        words=_(said.words),
        signs=_(said.signs_in(jurisdiction)),
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


def _known(drunk: Sequence[Drunk], taken: Mapping[str, Sequence[Step | Point]]) -> Known:
    """The newest of each, of either service. Drinking needs an amount in units to be compared with anything, so that a
    later record of less may stand beside it."""
    newest = max(drunk, key=_when, default=None)
    counted = max((one for one in drunk if one.amount and one.unit == "units"), key=_when, default=None)
    less = counted and newest and newest.at > counted.at and newest.days < counted.days
    return Known(
        drunk=counted,
        less_since=newest if less else None,
        scores={key: max(every, key=_when) for key, every in taken.items() if every},
    )


def _when(one: Drunk | Step | Point) -> datetime:
    return one.at
