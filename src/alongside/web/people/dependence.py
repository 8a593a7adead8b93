"""“Do not stop suddenly”: said to staff where anything in the record is a sign of possible alcohol dependence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.definitions.alcohol import alcohol
from alongside.measures.queries import Course
from alongside.outcomes.rules import Drinking, drinking_from_days, signs_of_dependence


@dataclass(frozen=True, slots=True)
class Dependence:
    """“Do not stop suddenly”, why it is said, and the signs of an emergency."""

    title: str
    words: str
    signs: str
    because: tuple[str, ...]
    verified: bool


def dependence(courses: Mapping[str, Course]) -> Dependence | None:
    """What to say where anything in the record is a sign of possible alcohol dependence; None where nothing is."""
    signs = signs_of_dependence(*_latest(courses.values()))
    if not signs:
        return None
    said = alcohol().warning
    checked = said.verified and all(one.verified for one in signs)
    return Dependence(_(said.title), _(said.words), _(said.signs), tuple(_(one.words) for one in signs), checked)


def _latest(courses: Iterable[Course]) -> tuple[Drinking | None, dict[str, Decimal]]:
    """The newest drinking that has an amount in units, and the newest AUDIT and SADQ, of either service."""
    drunk, scores = None, {}
    every = list(courses)
    amounts = [one for course in every for one in course.uses.get("alcohol", ()) if one.amount and one.unit == "units"]
    if amounts:
        last = max(amounts, key=lambda one: one.at)
        drunk = drinking_from_days(int(last.value), last.amount or 0)
    for key in ("audit", "sadq"):
        taken = [one for course in every for one in course.scores.get(key, ())]
        if taken:
            scores[key] = max(taken, key=lambda one: one.at).value
    return drunk, scores
