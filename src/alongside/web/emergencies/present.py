"""Looks in an emergency as pages show them: the reader's own, and those that a service reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.definitions import policy
from alongside.people.queries import PersonHeader
from alongside.safety.queries import Look
from alongside.safety.rules import Verdict
from alongside.web import times
from alongside.web.emergencies.forms import VERDICTS


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is open to the reader."""

    name: str
    born: date
    service: str
    href: str


@dataclass(frozen=True, slots=True)
class Open:
    """One of the reader's looks, and what stands open by it."""

    typed: str
    born: date
    reason: str
    at: datetime
    until: datetime
    end: str
    records: list[Record]


def opened(looks: Iterable[Look], people: Mapping[str, PersonHeader], known: Mapping[str, str]) -> list[Open]:
    """Each attempt with the records that are visible, by service. One that found nobody, or somebody whose record stays
    shut, has none and looks no different otherwise."""
    every = list(looks)
    return [
        Open(
            typed=one.name,
            born=one.birth_date,
            reason=one.why.reason,
            at=one.at,
            until=one.until,
            end=reverse("emergency-end", args=[one.id]),
            records=_records((side for side in every if side.attempt == one.id), people, known),
        )
        for one in every
        if not one.found
    ]


def _records(sides: Iterable[Look], people: Mapping[str, PersonHeader], known: Mapping[str, str]) -> list[Record]:
    found = [people[side.registration] for side in sides if side.opened and side.registration in people]
    records = [
        Record(one.name, one.birth_date, known.get(one.service, ""), reverse("person", args=[one.registration]))
        for one in found
    ]
    return sorted(records, key=lambda one: one.service)


@dataclass(frozen=True, slots=True)
class Line:
    """One look for whoever reviews it."""

    at: datetime
    who: str
    about: str
    reason: str
    state: str
    tone: str
    href: str


def lines(looks: Iterable[Look], known: Mapping[str, str]) -> list[Line]:
    return [
        Line(
            one.at, reader(one, known), one.name, one.why.reason, *state(one), reverse("emergency-look", args=[one.id])
        )
        for one in looks
    ]


def reader(look: Look, known: Mapping[str, str]) -> str:
    role = _(policy.roles()[look.role].words) if look.role in policy.roles() else ""
    return ", ".join(part for part in (known.get(look.reader, ""), role, known.get(look.reader_service, "")) if part)


def state(look: Look) -> tuple[str, str]:
    """Where it stands, and the tone of that."""
    if look.reviews and (look.settled or look.reviews[-1].verdict == Verdict.FOLLOW_UP):
        verdict = Verdict(look.reviews[-1].verdict)
        return _(VERDICTS[verdict]), {"appropriate": "green", "follow_up": "orange"}.get(verdict, "red")
    return (_("waits for a review"), "orange") if look.over else (_("open now"), "red")


def facts(look: Look, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed and said, each with its name; what the law has written down where it was asked."""
    said = [
        (_("Who looked"), reader(look, known)),
        (_("Whom they typed"), look.name),
        (_("Born, as typed"), times.day(look.birth_date)),
        (_("NHS number typed"), look.nhs_number or _("none")),
        (_("Why"), look.why.reason),
        (_("Nature of the emergency"), look.why.nature),
        (_("Shown to"), ", ".join(part for part in (look.why.medical_name, look.why.affiliation) if part)),
        (_("Disclosed by"), look.why.disclosed_by),
    ]
    return [(name, value) for name, value in said if value]
