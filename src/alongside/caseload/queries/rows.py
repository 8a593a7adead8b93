"""The caseload as a table: everybody somebody holds now, in five statements however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from alongside.access.context import Access
from alongside.access.queries import read_together
from alongside.caseload import rules
from alongside.caseload.queries.problems import own_measures
from alongside.caseload.rules import Measured, Used, Why
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Around, Slot
from alongside.definitions import talking_therapies
from alongside.journey import queries as journey
from alongside.journey.queries import Episode
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.measures import queries as measures
from alongside.measures.queries import Course, Step
from alongside.outcomes.rules import DEPRESSION, FALLBACK, Ends
from alongside.people import queries as people
from alongside.people.queries import Known, PersonHeader
from alongside.safety import queries as safety
from alongside.tasks import queries as tasks
from alongside.tasks.queries import Owed
from alongside.tasks.rules import When

_OWN = {one.instrument for one in talking_therapies.descriptors() if one.instrument}
ASKED = (DEPRESSION, FALLBACK, *sorted(_OWN - {DEPRESSION, FALLBACK}))
ASIDE = "tobacco"  # asked about, and not what a caseload is about while there is anything else


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `holder` is who holds the episode, `owed` the first thing due about them, by anybody.

    Scores are this service's own since the referral was received, or the other's where it has none; days of use and
    contacts are both services', as far as the reader may see them. `to_talk` is this service's open risk
    prompt that has waited longest, empty where there is none.
    """

    person: PersonHeader
    episode: str
    holder: str
    journey: str
    weeks: int
    mood: Measured
    mood_course: tuple[Decimal, ...]
    other: Measured | None
    use: Used | None
    last: Slot | None
    next: Slot | None
    missed_in_a_row: int
    why: tuple[Why, ...]
    owed: Owed | None
    to_talk: str


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed about somebody: what is due first, and the risk prompt that has waited longest."""

    first: Owed | None
    to_talk: str


def caseload(*, access: Access, review_weeks: int, practitioners: Iterable[str] | None = None) -> list[Row]:
    """Everybody whom the reader (or these practitioners) holds, whoever needs attention first at the top.

    `review_weeks` is the agreement's: no change for that long is worth a look.
    """
    held = journey.caseload(access=access, practitioners=practitioners)
    own = [one.registration for one in held]
    known = people.known(own, access=access)
    everywhere = [one for found in known.values() for one in found.joined]
    courses = measures.latest(everywhere, access=access, instruments=ASKED)
    begun = {one.registration: one.received_on for one in held}
    around = contacts.next_and_last(everywhere, access=access, since=begun)
    owed, to_talk = read_together(tasks.first_about(own, access=access), safety.waiting(own, access=access))
    owing = {one: Owing(owed.get(one), to_talk.get(one, "")) for one in own}
    for_problem = own_measures([one.id for one in held], access=access)
    rows = [
        _row(
            episode,
            known[episode.registration],
            courses,
            around,
            owing[episode.registration],
            for_problem.get(episode.id, ""),
            review_weeks,
        )
        for episode in _one_a_human(held, known)
    ]
    return sorted(rows, key=lambda row: (rules.place(row.why), -row.weeks, row.person.family_name))


def _one_a_human(held: Iterable[Episode], known: dict[str, Known]) -> list[Episode]:
    """Of two registrations of the same human, the one that the reader holds and that comes first."""
    found: dict[str, Episode] = {}
    for episode in held:
        if episode.registration in known and known[episode.registration].twin not in found:
            found[episode.registration] = episode
    return list(found.values())


def _row(
    episode: Episode,
    known: Known,
    courses: dict[str, Course],
    around: dict[str, Around],
    owing: Owing,
    own: str,
    review_weeks: int,
) -> Row:
    mine = [courses[one] for one in known.joined]
    mood = _steps(mine, DEPRESSION, episode.received_on)
    other = _other(mine, episode.received_on, own)
    uses = _uses(mine)
    slots = [around[one] for one in known.joined]
    weeks = (clock.today() - episode.opened_on).days // 7
    measured = _measured(DEPRESSION, mood)
    following = min((one.next for one in slots if one.next), key=lambda slot: slot.at, default=None)
    facts = rules.Facts(
        scores=[measured, *([other] if other else [])],
        uses=uses,
        weeks=weeks,
        review_weeks=review_weeks,
        seen=slots[0].seen,
        missed_in_a_row=slots[0].missed_in_a_row,
        planned=following is not None,
        overdue=owing.first is not None and owing.first.when is When.OVERDUE,
        to_talk=bool(owing.to_talk),
    )
    return Row(
        person=known.header,
        episode=episode.id,
        holder=episode.practitioner,
        journey=episode.journey,
        weeks=weeks,
        mood=measured,
        mood_course=tuple(step.value for step in mood),
        other=other,
        use=_main(uses),
        last=max((one.last for one in slots if one.last), key=lambda slot: slot.at, default=None),
        next=following,
        missed_in_a_row=slots[0].missed_in_a_row,
        why=rules.reasons(facts),
        owed=owing.first,
        to_talk=owing.to_talk,
    )


def _steps(courses: Sequence[Course], key: str, since: date) -> list[Step]:
    """One instrument's course: the first registration's that has any, which is the reader's own where it can be."""
    for course in courses:
        found = [step for step in course.scores.get(key, ()) if _day(step.at) >= since]
        if found:
            return found
    return []


def _day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()


def _measured(key: str, steps: Sequence[Step]) -> Measured:
    return Measured(key, Ends.of(steps), harm=bool(steps) and steps[-1].harm)


def _other(courses: Sequence[Course], since: date, own: str) -> Measured | None:
    """The problem's own measure where it was taken twice, else GAD-7, as `measure_in_force` has it: other measures of
    anxiety are taken for their own sake, and decide nothing."""
    taken = _steps(courses, own, since) if own else []
    key, steps = (own, taken) if len(taken) > 1 else (FALLBACK, _steps(courses, FALLBACK, since))
    return _measured(key, steps) if steps else None


def _uses(courses: Sequence[Course]) -> list[Used]:
    steps: dict[str, list[Step]] = {}
    for course in courses:
        for substance, found in course.uses.items():
            steps.setdefault(substance, []).extend(found)
    counted = {key: found for key, found in steps.items() if key != ASIDE} or steps
    return [_used(substance, sorted(found, key=lambda step: step.at)) for substance, found in counted.items()]


def _used(substance: str, steps: Sequence[Step]) -> Used:
    return Used(substance, int(steps[0].value), int(steps[-1].value) if len(steps) > 1 else None)


def _main(uses: Sequence[Used]) -> Used | None:
    """The substance that a caseload shows: the one with most days, now or at the start."""
    return max(uses, key=lambda one: max(one.first, one.last or 0), default=None)
