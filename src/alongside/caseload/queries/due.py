"""Which of my people are due which measure, and whether they were asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.caseload import rules
from alongside.caseload.queries.problems import own_measures
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Around, Slot
from alongside.definitions.routine import Taken as Routine
from alongside.definitions.routine import routine_of
from alongside.journey import queries as journey
from alongside.journey.queries import Episode
from alongside.kernel import clock
from alongside.measures import queries as measures
from alongside.measures import rules as measured
from alongside.measures.queries import Asked
from alongside.measures.rules import Taken
from alongside.measures.rules.asking import Standing
from alongside.people import queries as people
from alongside.people.queries import Known, PersonHeader


@dataclass(frozen=True, slots=True)
class Due:
    """One person. `due` are the instruments (keys) that are due, `asked` those of them that a link waits for, until
    `until`."""

    person: PersonHeader
    next: Slot | None
    due: tuple[str, ...]
    asked: tuple[str, ...]
    until: datetime | None


def measures_due(*, access: Access) -> list[Due]:
    """Everybody whom the reader holds and who is due a measure of the service's routine, whoever comes next first.

    What the other service asked within a week counts, as far as the person agreed that it may be seen.
    """
    usual = routine_of(access.kind)
    held = {one.registration: one for one in journey.caseload(access=access)} if usual else {}
    if not usual or not held:
        return []
    known = people.known(held, access=access)
    wanted = _wanted(usual, held, access)
    taken = _taken(known, access)
    around = contacts.next_and_last(held, access=access)
    asks = _open(measures.asks(held, access=access))
    rows = [
        _due(known[own].header, _which(usual, wanted[own], taken[own], episode, around[own]), around[own], asks)
        for own, episode in held.items()
        if own in known
    ]
    found = [row for row in rows if row.due]
    return sorted(found, key=lambda row: (row.next is None, row.next.at if row.next else None, row.person.family_name))


def _wanted(usual: Routine, held: Mapping[str, Episode], access: Access) -> dict[str, list[str]]:
    """The instruments of each registration, a problem's own among them where the routine has it."""
    wanted = {own: list(usual.instruments) for own in held}
    if usual.with_the_problems_own:
        owners = {episode.id: own for own, episode in held.items()}
        for episode, key in own_measures(owners, access=access).items():
            if key not in wanted[owners[episode]]:
                wanted[owners[episode]].append(key)
    return wanted


def _taken(known: Mapping[str, Known], access: Access) -> dict[str, list[Taken]]:
    """What was answered by each, here or in a service whose answers serve here too."""
    everywhere = measures.taken({one for person in known.values() for one in person.joined}, access=access)
    now = clock.now()
    return {
        own: [
            one for joined in person.joined for one in everywhere[joined] if measured.serves(one, access.service, now)
        ]
        for own, person in known.items()
    }


def _which(
    usual: Routine, wanted: Sequence[str], taken: Sequence[Taken], episode: Episode, around: Around
) -> tuple[str, ...]:
    def answered(key: str) -> list[datetime]:
        return [one.at for one in taken if one.instrument in (key, *usual.instead)]

    if usual.review_weeks is None:
        last = around.last.at if around.last else None
        return tuple(key for key in wanted if rules.is_due(answered(key), last))
    begun, weeks = episode.received_on, usual.review_weeks
    return tuple(key for key in wanted if rules.is_review_due(answered(key), begun, weeks, clock.now()))


def _open(asks: Iterable[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for one in asks:
        if one.standing is Standing.OPEN:
            found.setdefault(one.registration, []).append(one)
    return found


def _due(person: PersonHeader, due: tuple[str, ...], around: Around, asks: Mapping[str, list[Asked]]) -> Due:
    waiting = {key: one.expires_at for one in asks.get(person.registration, ()) for key in one.instruments}
    asked = tuple(key for key in due if key in waiting)
    return Due(person, around.next, due, asked, min((waiting[key] for key in asked), default=None))
