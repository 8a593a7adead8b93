"""What the pages of one person's screening read, from both services as far as the person opened it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.access.context import Access
from alongside.definitions import screening as content
from alongside.journey import queries as journey
from alongside.journey.queries import Episode
from alongside.screening import queries, rules
from alongside.screening.queries import Screened, Taken
from alongside.tasks import queries as tasks
from alongside.tasks.queries import Owed
from alongside.web.subject import Subject


@dataclass(frozen=True, slots=True)
class Read:
    """`asks` are the topics that the reader's service asks everybody about, `to_ask` those of them that nobody asked
    since this stay began (`since`); `own` are the service's own screenings, `others` those of another; `owed` is what
    is due on one, by its id."""

    asks: tuple[str, ...]
    to_ask: tuple[str, ...]
    since: date | None
    own: tuple[Screened, ...]
    others: tuple[Screened, ...]
    taken: tuple[Taken, ...]
    owed: Mapping[str, Owed]


def read(who: Subject, access: Access) -> Read:
    every = queries.screenings(list(who.all), access=access)
    own = tuple(one for one in every if one.registration == who.own)
    asks = _asks(access) if who.own else ()
    latest = {one.topic: one.at for one in reversed(own)}
    since = stay_began(journey.episodes([who.own], access=access)) if who.own else None
    return Read(
        asks=asks,
        to_ask=rules.to_ask(asks, latest, since),
        since=since,
        own=own,
        others=tuple(one for one in every if one.registration != who.own),
        taken=tuple(queries.taken(list(who.all), who.whose, access=access)),
        owed={one.about: one for one in tasks.about([who.own], access=access)} if any(one.open for one in own) else {},
    )


def _asks(access: Access) -> tuple[str, ...]:
    """A service for whose kind nothing is laid down may ask about everything, and need not ask about anything."""
    return content.asked_at(access.kind)


def stay_began(stays: Sequence[Episode]) -> date | None:
    """From when an answer counts for this stay: when the open one was received; after one that ended, from its end."""
    opened = [one.received_on for one in stays if one.open]
    ended = [one.ended_on for one in stays if one.ended_on]
    return max(opened, default=max(ended, default=None))
