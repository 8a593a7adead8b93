"""“Do not stop suddenly”: said where anything is a sign of possible alcohol dependence, to staff from the record and to
the person from what they have just told us."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.queries import read_together
from alongside.access.statements import Listing
from alongside.definitions import lives as content
from alongside.definitions.alcohol import Sign, alcohol
from alongside.definitions.instruments import instrument
from alongside.kernel import clock
from alongside.lives import queries as lives
from alongside.lives.queries import Event
from alongside.measures import queries as measures
from alongside.measures import rules
from alongside.measures.queries import Drunk, Told
from alongside.measures.rules import Given
from alongside.outcomes.rules import drinking_from_days, rests_on, signs_of_dependence
from alongside.web import times
from alongside.web.use_words import days_said, plain

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

    @property
    def short(self) -> "Dependence":
        """Without the reasons, which speak about the person: for a screen that is looked at together, and for a form
        that has to be begun."""
        return replace(self, because=())


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said of drinking or came out of a questionnaire: in words, with the signs that it is. Without
    a sign it speaks against an earlier one only if it `settles` how much it was; it is `told` if it is the whole."""

    at: datetime
    words: str
    signs: tuple[Sign, ...]
    settles: bool = True
    told: bool = True


def warned(registrations: Sequence[str], access: Access) -> Dependence | None:
    """What to say, in short, where anything in somebody's record is a sign of possible alcohol dependence; None where
    nothing is. A page that reads other lists of theirs reads `listings` beside them."""
    found = dependence(*read_together(*listings(registrations, access)), access.jurisdiction)
    return found.short if found else None


def listings(registrations: Sequence[str], access: Access) -> tuple[Listing[Told], Listing[list[Event]]]:
    """All that the signs are looked for in."""
    return measures.drinking(registrations, access=access), lives.listing(registrations, access=access)


def dependence(told: Told, lived: Iterable[Event], jurisdiction: str) -> Dependence | None:
    """The same from what was read. What happened when they stopped before counts however long ago it was, and however
    unsure somebody is that it did; drinking and scores count as `rests_on` says."""
    found = [(said, place) for said in _kinds(told) if (place := _found(said)) is not None]
    before = signs_of_dependence(happened=content.signs(one.kind for one in lived))
    signs = [sign for said, place in found for sign in said[place].signs] + list(before)
    if not signs:
        return None
    because = [words for said, place in found for words in _on_its_day(said[place])]
    because += [_(one.words) for one in before]
    because += [words for said, place in found for words in _since(said[place + 1 :])]
    return replace(warning(*signs, jurisdiction=jurisdiction), because=tuple(because))


def _kinds(told: Told) -> Iterator[list[Said]]:
    """What may be held against each other, the oldest first: all drinking, and the scores of each questionnaire."""
    yield [_drinking(one) for one in told.drunk]
    for key, taken in told.scores.items():
        yield [_score(key, at, value) for at, value in taken]


def _drinking(one: Drunk) -> Said:
    """Drinking needs an amount in units to be compared with anything; none at all is none of any."""
    counted = one.days == 0 or (one.amount is not None and one.unit == "units")
    words = _("they said %(days)s") % {"days": days_said(Decimal(one.days), one.amount, one.unit)}
    return Said(one.at, words, _signs_of(one), settles=counted and one.whole, told=one.whole)


def _signs_of(one: Drunk) -> tuple[Sign, ...]:
    if one.amount is None or one.unit != "units":
        return ()
    return signs_of_dependence(drinking_from_days(one.days, one.amount))


def _score(key: str, at: datetime, value: Decimal) -> Said:
    words = _("%(measure)s came to %(score)s") % {"measure": instrument(key).name, "score": plain(value)}
    return Said(at, words, signs_of_dependence(scores={key: value}))


def _found(said: Sequence[Said]) -> int | None:
    """The place of what a sign rests on."""
    weighed = [place for place, one in enumerate(said) if one.signs or one.settles]
    days = [(said[place].at.astimezone(clock.LONDON).date(), bool(said[place].signs)) for place in weighed]
    found = rests_on(days, clock.today())
    return None if found is None else weighed[found]


def _on_its_day(said: Said) -> Iterator[str]:
    """Each sign with the day of what it rests on."""
    for one in said.signs:
        what = {"what": _(one.words), "day": _day(said.at)}
        if one.about in OF_DRINKING:
            yield _("%(what)s, by what they said on %(day)s") % what
        else:
            yield _("%(what)s, taken on %(day)s") % what


def _since(later: Sequence[Said]) -> Iterator[str]:
    """The newest of what was said after it."""
    for one in [one for one in later if one.told][-1:]:
        yield _("since then, on %(day)s, %(said)s") % {"day": _day(one.at), "said": one.words}


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
    """Whether answers that somebody has just handed in are a sign of possible dependence: what they came to, and the
    drinking that an outcome profile asks for by week."""
    return any(_is_a_sign(one) for one in given)


def _is_a_sign(one: Given) -> bool:
    measure, answers = instrument(one.instrument), one.answers or ()
    worth = rules.score(measure, answers)
    value = worth.value if isinstance(worth, rules.Scored) else None
    scores = {} if value is None else {one.instrument: value}
    weeks = rules.by_week(measure, rules.as_numbers(measure, answers), "alcohol")
    drunk = drinking_from_days(weeks.days, weeks.amount or 0) if weeks else None
    return bool(signs_of_dependence(drunk, scores))
