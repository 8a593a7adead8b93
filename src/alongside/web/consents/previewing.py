"""What a recipient would see of our record if a choice were saved: read from the record itself, for the preview."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consent.rules import Window
from alongside.consultation import queries as consultations
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.definitions.instruments import instrument
from alongside.definitions.policy import Mask
from alongside.journey import queries as journeys
from alongside.kernel.periods import Period
from alongside.lives import queries as lives
from alongside.lives import rules as living
from alongside.measures import queries as measures
from alongside.measures import rules as measuring
from alongside.medication import queries as medicines
from alongside.people import queries as people
from alongside.plan import queries as plans
from alongside.referral import queries as referrals
from alongside.safety import queries as prompts
from alongside.web import words as common
from alongside.web.lives import words as told
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


def would_see(
    registration: str, windows: Iterable[Window], *, access: Access, read: Mapping[str, Reading] | None = None
) -> dict[str, Kind]:
    """By kind, what is open through any of these windows and the reader may see: a statement or two for each.

    The reader reads as if their own ceiling were the window's kinds, so that an entry that needs two kinds is there
    when both are open: as the recipient's own reading will have it.
    """
    times: dict[Mask, list[Period]] = {}
    for one in windows:
        times.setdefault(one.categories, []).append(one.data)
    found: dict[str, Counter[Entry]] = {}
    for mask, some in times.items():
        for key, entries in _through(registration, mask, access, read or COUNTED).items():
            within = Counter(one for one in entries if any(one.at in data for data in some))
            found[key] = found.get(key, Counter()) | within
    return {key: _kind(entries) for key, entries in found.items()}


def _through(registration: str, mask: Mask, access: Access, read: Mapping[str, Reading]) -> dict[str, Iterator[Entry]]:
    narrowed = replace(access, own=access.own & mask)
    return {key: read[key](registration, narrowed) for key in policy.category_keys(mask) if key in read}


def _kind(entries: Counter[Entry]) -> Kind:
    newest = sorted(entries.elements(), key=lambda one: one.at, reverse=True)
    return Kind(entries.total(), tuple(newest[:NEWEST]))


def _appointments(registration: str, access: Access) -> Iterator[Entry]:
    for one in contacts.timeline([registration], access=access):
        yield Entry(one.starts_at, common.attendance(one.attendance) if one.attendance else _("planned"))


def _scores_of(*kinds: str) -> Reading:
    """The scores of the questionnaires that are of a kind."""

    def read(registration: str, access: Access) -> Iterator[Entry]:
        for course, points in measures.series([registration], access=access).items():
            measure = instrument(measuring.course_of(course)[0])
            if measuring.category(measure) in kinds:
                yield from (Entry(one.at, f"{measure.name} {plain(one.value)}") for one in points)

    return read


def _uses(registration: str, access: Access) -> Iterator[Entry]:
    for key, found in measures.uses([registration], access=access).items():
        for one in found:
            yield Entry(one.at, f"{substance_words(key)}: {days_said(one.days, one.amount, one.unit)}")
    yield from _scores_of("use_pattern")(registration, access)
    yield from _events_of("use_pattern")(registration, access)


def _events_of(*kinds: str) -> Reading:
    """What happened in their life, of a kind."""

    def read(registration: str, access: Access) -> Iterator[Entry]:
        [found] = allowed.read_together(lives.listing([registration], access=access))
        yield from (Entry(one.at, told.kind(one.kind)) for one in found if living.category(one.kind) in kinds)

    return read


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


def _name(registration: str, access: Access) -> Iterator[Entry]:
    yield from (Entry(at, name) for at, name in people.registered([registration], access=access))


def _notes(registration: str, access: Access) -> Iterator[Entry]:
    for at, heading in contacts.headings([registration], access=access):
        yield Entry(at, common.heading(heading))
    yield from _events_of("session_notes")(registration, access)


def _safety(registration: str, access: Access) -> Iterator[Entry]:
    for one in prompts.prompts([registration], access=access):
        yield Entry(one.opened_at, _("an answer to talk about (%(form)s)") % {"form": instrument(one.instrument).name})
    yield from _events_of("safety")(registration, access)


def _medicines(registration: str, access: Access) -> Iterator[Entry]:
    [found] = allowed.read_together(medicines.listing([registration], access=access))
    yield from (Entry(one.at, told.change(one)) for one in found)


def _assessment(registration: str, access: Access) -> Iterator[Entry]:
    [found] = allowed.read_together(journeys.treated_for([registration], access=access))
    yield from (Entry(one.at, one.code) for one in found)
    yield from _scores_of("assessment")(registration, access)
    yield from _events_of("assessment")(registration, access)


# What stands on a page of its own for whoever looks on the person's behalf.
READ: dict[str, Reading] = {
    "team": _episodes,
    "referral": _referrals,
    "appointments": _appointments,
    "mood_scores": _scores_of("mood_scores"),
    "use_pattern": _uses,
    "plan": _plan,
    "consultation": _questions,
}
# No room keeps anything of these yet but what happened in somebody's life (tests/building/test_rooms.py).
EVENTS_ALONE = ("safety_plan", "allergies", "test_results")
COUNTED = (
    READ
    | {
        "identity": _name,
        "session_notes": _notes,
        "safety": _safety,
        "medicines": _medicines,
        "assessment": _assessment,
    }
    | {kind: _events_of(kind) for kind in EVENTS_ALONE}
)
