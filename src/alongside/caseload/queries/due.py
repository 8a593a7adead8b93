"""Which of my people are due which measure before their next contact, and whether they were asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.caseload import rules
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Around, Slot
from alongside.definitions import talking_therapies
from alongside.journey import queries as journey
from alongside.measures import queries as measures
from alongside.measures.queries import Asked, Course
from alongside.measures.rules.asking import Standing
from alongside.organisations import queries as organisations
from alongside.organisations.rules import ServiceKind
from alongside.outcomes.rules import DEPRESSION, FALLBACK
from alongside.people import queries as people
from alongside.people.queries import PersonHeader


@dataclass(frozen=True, slots=True)
class Due:
    """One person. `due` are the instruments (keys) not answered since the last contact, `asked` those of them that a
    link waits for, until `until`."""

    person: PersonHeader
    next: Slot | None
    due: tuple[str, ...]
    asked: tuple[str, ...]
    until: datetime | None


def measures_due(*, access: Access) -> list[Due]:
    """Everybody whom the reader holds and who is due a measure, whoever comes next first.

    Asked at each contact: PHQ-9, GAD-7 and the problem's own measure where it has one, in the services whose national
    return counts them.
    """
    if organisations.place(access.service, access=access).kind != ServiceKind.TALKING_THERAPIES:
        return []
    held = {one.id: one.registration for one in journey.caseload(access=access)}
    own = list(held.values())
    known = people.headers(own, access=access)
    asked_each = {registration: [DEPRESSION, FALLBACK] for registration in own}
    for episode, code, _primary, _at in journey.problems(held, access=access):
        _add(asked_each[held[episode]], talking_therapies.instrument_for(code))
    courses = measures.latest(
        own, access=access, instruments=sorted({key for keys in asked_each.values() for key in keys})
    )
    around = contacts.next_and_last(own, access=access)
    open_asks = _open(measures.asks(own, access=access))
    rows = [
        _due(known[one], asked_each[one], courses[one], around[one], open_asks.get(one, []))
        for one in own
        if one in known
    ]
    found = [row for row in rows if row.due]
    return sorted(found, key=lambda row: (row.next is None, row.next.at if row.next else None, row.person.family_name))


def _add(keys: list[str], key: str | None) -> None:
    if key and key not in keys:
        keys.append(key)


def _open(asks: Iterable[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for one in asks:
        if one.standing is Standing.OPEN:
            found.setdefault(one.registration, []).append(one)
    return found


def _due(person: PersonHeader, keys: list[str], course: Course, around: Around, asks: list[Asked]) -> Due:
    last = around.last.at if around.last else None
    due = tuple(key for key in keys if rules.is_due([step.at for step in course.scores.get(key, ())], last))
    waiting = {key: one.expires_at for one in asks for key in one.instruments}
    asked = tuple(key for key in due if key in waiting)
    return Due(person, around.next, due, asked, min((waiting[key] for key in asked), default=None))
