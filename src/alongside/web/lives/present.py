"""Events and changes of medicine in words: as rows of their own page, and as marks on the time line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.access.context import Access
from alongside.lives.queries import Event
from alongside.medication.queries import Change
from alongside.web.lives import words
from alongside.web.naming import who
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page. `said` is what happened, `more` what else is known of it, `text` what was written.
    `correct` and `wrong` are empty for what another service wrote."""

    id: str
    said: str
    day: date
    more: str
    text: str
    who: str
    correct: str
    wrong: str


def happened(events: Iterable[Event], known: Mapping[str, str], access: Access) -> list[Row]:
    """Events, the newest first."""
    return [
        Row(
            id=one.id,
            said=words.kind(one.kind),
            day=one.start,
            more=_listed(words.until(one), words.doubt(one)),
            text=one.words,
            who=_by(str(words.TELLERS[one.source]), one, known, access),
            correct=_own("event-correct", one, access),
            wrong=_own("event-wrong-person", one, access),
        )
        for one in events
    ]


def changed(changes: Iterable[Change], known: Mapping[str, str], access: Access) -> list[Row]:
    """Changes of medicine, the newest first."""
    return [
        Row(
            id=one.id,
            said=words.change(one),
            day=one.day,
            more=one.dose,
            text="",
            who=_by(str(words.SOURCES[one.source]), one, known, access),
            correct=_own("medicine-correct", one, access),
            wrong=_own("medicine-wrong-person", one, access),
        )
        for one in changes
    ]


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _by(told: str, one: Event | Change, known: Mapping[str, str], access: Access) -> str:
    """Who says so, and who wrote it down: for what another service wrote, that service."""
    wrote = who(one.author, known, access) if one.service == access.service else known.get(one.service, "")
    return " · ".join(part for part in (told, wrote) if part)


def _own(name: str, one: Event | Change, access: Access) -> str:
    return way(name, one.id, access=access) if one.service == access.service else ""
