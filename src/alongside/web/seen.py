"""Who had seen something before it was put right."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.people import queries as people
from alongside.web import naming


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who was shown it, and when last. The reader's own looks are left out: they know."""

    id: str
    name: str
    service: str
    last: datetime


def viewers(registration: str, since: datetime, kinds: int, *, access: Access) -> list[Viewer]:
    seen = people.who_saw(registration, since=since, kinds=kinds, access=access)
    others = {one.actor: one for one in reversed(seen) if one.actor != access.actor}
    known = naming.names((id_ for one in seen for id_ in (one.actor, one.service)), access=access)
    return [
        Viewer(one.actor, known.get(one.actor, one.actor), known.get(one.service, ""), one.last)
        for one in others.values()
    ]
