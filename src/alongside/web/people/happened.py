"""What happened in both services and in the person's life, for the list on a page and the marks on the time line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.consultation import queries as consultations
from alongside.consultation.rules import Side
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.journey.queries import Episode
from alongside.lives.queries import Event as Lived
from alongside.medication.queries import Change
from alongside.web import words
from alongside.web.lives import words as lives
from alongside.web.ways import way

SHORT = 140  # characters of what was written about something; its own page has all of it


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for the list under the chart; as `components/lists.jinja` wants it."""

    when: datetime
    side: str
    title: str
    href: str = ""
    text: str = ""
    who: str = ""
    shape: str = "circle"
    day: date | None = None  # where only the day is known
    own: bool = True


def past(events: Iterable[Event], today: date) -> list[Event]:
    """Those that the chart has a mark for."""
    return [one for one in events if on(one) <= today]


def on(one: Event) -> date:
    return one.day or day_of(one.when)


def day_of(instant: datetime) -> date:
    return timezone.localtime(instant).date()


def events(
    contacts: Iterable[Contact],
    episodes: Iterable[Episode],
    asked: Iterable[consultations.Line],
    lived: Iterable[Lived],
    changed: Iterable[Change],
    known: Mapping[str, str],
    access: Access,
) -> list[Event]:
    """What happened in both services and in the person's life, the newest first; what is planned is not there."""
    found = [_contact(one, known, access) for one in contacts if one.state is not State.PLANNED]
    found += [event for episode in episodes for event in _episode(episode, known)]
    found += [event for line in asked for event in _question(line, known)]
    found += [_lived(one, known, access) for one in lived]
    found += [_changed(one, known, access) for one in changed]
    return sorted(found, key=lambda one: one.when, reverse=True)


def _contact(one: Contact, known: Mapping[str, str], access: Access) -> Event:
    kept = one.state is State.KEPT
    title = words.kind(one.kind) if kept else words.attendance(one.attendance)
    said = [words.mode(one.mode)] if kept else [words.kind(one.kind)]
    who = " · ".join(part for part in (known.get(one.practitioner, ""), known.get(one.service, "")) if part)
    return Event(
        one.starts_at,
        "both" if one.joint else "",
        title,
        way("contact", one.id, access=access),
        ", ".join(said),
        who,
        "circle" if kept else "cross",
    )


def _episode(one: Episode, known: Mapping[str, str]):
    where = known.get(one.service, "")
    yield Event(one.opened_at, "both" if one.journey else "", _("Treatment opened"), text=where, shape="triangle")
    if one.ended_on:
        ended = timezone.make_aware(datetime.combine(one.ended_on, datetime.min.time().replace(hour=17)))
        yield Event(ended, "", _("Treatment ended"), text=where, shape="triangle")


def _question(line: consultations.Line, known: Mapping[str, str]):
    asker = known.get(line.asking_service, "")
    title = _("We asked the other team") if line.side is Side.ASKING else _("The other team asked us")
    yield Event(line.asked_at, "both", title, text=_short(line.text), who=asker, shape="diamond")
    if line.answered_at:
        who = known.get(line.answering_service, "")
        yield Event(line.answered_at, "both", _("Answered"), text=_short(line.text), who=who, shape="diamond")


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def _lived(one: Lived, known: Mapping[str, str], access: Access) -> Event:
    said = " · ".join(part for part in (lives.until(one), lives.doubt(one), _short(one.words)) if part)
    href = way("person-events", one.registration, access=access)
    who, own = known.get(one.service, ""), one.service == access.service
    return Event(one.at, "", lives.kind(one.kind), href, said, who, "square", one.start, own)


def _changed(one: Change, known: Mapping[str, str], access: Access) -> Event:
    href = way("person-events", one.registration, access=access)
    who, own = known.get(one.service, ""), one.service == access.service
    return Event(one.at, "", lives.change(one), href, one.dose, who, "plus", one.day, own)
