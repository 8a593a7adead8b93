"""What a recipient would see of our record if a choice were saved: read from the record itself, for the preview."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consultation import queries as consultations
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.definitions.instruments import instrument
from alongside.definitions.policy import Mask
from alongside.journey import queries as journeys
from alongside.kernel.periods import Period
from alongside.measures import queries as measures
from alongside.plan import queries as plans
from alongside.referral import queries as referrals
from alongside.web import words as common
from alongside.web.use_words import days_said, plain, substance_words

NEWEST = 3  # entries of a kind that are shown; the others are counted


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing they would see."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of information that is chosen: how many entries they would see, and the newest of them."""

    count: int
    newest: tuple[Entry, ...]


Reading = Callable[[str, Access], Iterator[Entry]]


def would_see(registration: str, mask: Mask, data: Period, *, access: Access) -> dict[str, Kind]:
    """By kind, what these kinds of this time open and the reader may see: a statement or two for each.

    The reader reads as if their own ceiling were the choice, so that an entry that needs two kinds is there when both
    are chosen: as the recipient's own reading will have it.
    """
    narrowed = replace(access, own=access.own & mask)
    return {key: _kind(READ[key](registration, narrowed), data) for key in policy.category_keys(mask) if key in READ}


def _kind(entries: Iterator[Entry], data: Period) -> Kind:
    found = sorted((one for one in entries if one.at in data), key=lambda one: one.at, reverse=True)
    return Kind(len(found), tuple(found[:NEWEST]))


def _appointments(registration: str, access: Access) -> Iterator[Entry]:
    for one in contacts.timeline([registration], access=access):
        yield Entry(one.starts_at, common.attendance(one.attendance) if one.attendance else _("planned"))


def _scores(registration: str, access: Access) -> Iterator[Entry]:
    for key, points in measures.series([registration], access=access).items():
        yield from (Entry(one.at, f"{instrument(key).name} {plain(one.value)}") for one in points)


def _uses(registration: str, access: Access) -> Iterator[Entry]:
    for key, found in measures.uses([registration], access=access).items():
        for one in found:
            yield Entry(one.at, f"{substance_words(key)}: {days_said(one.days, one.amount, one.unit)}")


def _plan(registration: str, access: Access) -> Iterator[Entry]:
    found = plans.plan([registration], access=access)
    for goal in found.goals:
        yield Entry(goal.since, goal.words)
        yield from (Entry(action.since, action.text) for action in goal.actions)
    yield from (Entry(one.since, one.text) for one in found.others)


def _questions(registration: str, access: Access) -> Iterator[Entry]:
    for one in consultations.about([registration], access=access):
        yield Entry(one.asked_at, one.text)


def _referrals(registration: str, access: Access) -> Iterator[Entry]:
    for one in referrals.about([registration], access=access):
        yield Entry(
            one.sent_at, _("a referral: %(reason)s") % {"reason": one.reason} if one.reason else _("a referral")
        )


def _episodes(registration: str, access: Access) -> Iterator[Entry]:
    for one in journeys.episodes([registration], access=access):
        yield Entry(one.opened_at, _("in treatment") if one.open else _("was in treatment"))


READ: dict[str, Reading] = {
    "team": _episodes,
    "referral": _referrals,
    "appointments": _appointments,
    "mood_scores": _scores,
    "use_pattern": _uses,
    "plan": _plan,
    "consultation": _questions,
}
