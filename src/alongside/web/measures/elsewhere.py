"""What the other service asked within a week, said where somebody is about to ask it again."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.definitions.instruments import instrument
from alongside.kernel import clock
from alongside.measures import queries, rules
from alongside.web import naming
from alongside.web.subject import Subject
from alongside.web.use_words import substance_words


@dataclass(frozen=True, slots=True)
class Served:
    """One questionnaire that need not be asked again."""

    name: str
    service: str
    at: datetime
    until: datetime


def served(who: Subject, access: Access, *, only: str = "") -> list[Served]:
    """What serves the reader's service too, the newest first; of one instrument (key) where `only` names it."""
    taken = [one for each in queries.taken(who.all, access=access).values() for one in each]
    found = [one for one in rules.from_elsewhere(taken, access.service, clock.now()) if only in ("", one.instrument)]
    known = naming.names([one.service for one in found], access=access)
    return [_served(one, known.get(one.service, "")) for one in found]


def _served(one: rules.Taken, service: str) -> Served:
    name = instrument(one.instrument).name
    if one.substance:
        name = f"{name} ({substance_words(one.substance)})"
    return Served(name, service, one.at, one.serves_until)
