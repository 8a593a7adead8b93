"""Rows of what was done and found: contacts, scores, use and questions between teams."""

from collections.abc import Iterable
from typing import Any

from alongside.consultation import queries as asked
from alongside.contacts.rules import State
from alongside.evaluation.record.reading import Reading, day_of
from alongside.measures import queries as measures
from alongside.measures.queries import Point
from alongside.measures.rules import NOTHING_NOTICED, Noticed


def contacts(read: Reading) -> Iterable[dict[str, Any]]:
    for one in read.contacts:
        if one.registration in read.people and one.state is not State.PLANNED:
            yield {
                "contact_id": read.names.of(one.entry),
                "episode_id": read.names.of(one.episode),
                "date": day_of(one.starts_at),
                "planned": one.planned,
                "kind": one.kind,
                "attendance": one.attendance or None,
                "mode": one.mode,
                "minutes": one.minutes,
                "role": one.role,
                "joint": one.joint,
            }


def scores(read: Reading) -> Iterable[dict[str, Any]]:
    # A score whose contact the reader may not count still counts by its own day.
    known = {one.entry for one in read.contacts}
    noticed = measures.every_noticed(access=read.access)
    for instrument, one in measures.every_score(access=read.access):
        if one.episode in read.kept and one.registration in read.people:
            yield {
                "person_id": read.person(one.registration),
                "episode_id": read.names.of(one.episode),
                "contact_id": read.names.of(one.contact) if one.contact in known else None,
                "instrument": instrument,
                "date": day_of(one.at),
                "score": one.value,
                **_answered(one, noticed.get(one.response, NOTHING_NOTICED)),
                "language": one.language or None,
            }


def _answered(one: Point, noticed: Noticed) -> dict[str, Any]:
    """How the questions were answered; empty where nobody said."""
    said = noticed.intoxicated is not None or noticed.in_withdrawal is not None
    return {
        "clouded": noticed.clouds if said else None,
        "helped": True if one.context.helper else None,
        "weeks_since_use": noticed.weeks_since_use,
    }


def use(read: Reading) -> Iterable[dict[str, Any]]:
    for substance, one in measures.every_use(access=read.access):
        if one.registration in read.people:
            yield {
                "person_id": read.person(one.registration),
                "date": day_of(one.at),
                "substance": substance,
                "days_used_of_28": one.days,
                "amount": one.amount,
                "unit": one.unit or None,
            }


def consultations(read: Reading) -> Iterable[dict[str, Any]]:
    for one in asked.response_times(access=read.access):
        if one.registration in read.people:
            yield {
                "consultation_id": read.names.of(one.consultation),
                "person_id": read.person(one.registration),
                "journey_id": None,
                "asked_by": read.service(one.asking_service)["service_id"],
                "asked_to": read.service(one.answering_service)["service_id"],
                "asked_at": one.asked_at,
                "due_at": one.due_at,
                "answered_at": one.answered_at,
                "urgency": one.urgency.value,
            }
