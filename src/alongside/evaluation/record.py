"""The evaluation tables made from the record: what one reader may count for this purpose, and nothing else.

Names of people, registrations and episodes are replaced by random ones for each evaluation, so that two of them
cannot be laid side by side. Two registrations are one person here only where the reader may count both, which takes
the person's link and their consent to evaluation.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from alongside.access.context import Access
from alongside.consultation import queries as consultations
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State as ContactState
from alongside.definitions import doors, substance_use, talking_therapies
from alongside.definitions.pathways import pathways
from alongside.evaluation.tables import Tables
from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.declared import Holds
from alongside.journey import queries as journeys
from alongside.journey.queries import Episode
from alongside.kernel.clock import LONDON
from alongside.measures import queries as measures
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.outcomes.rules import RecordedDescriptor, chosen_descriptor
from alongside.people import queries as people
from alongside.referral import queries as referrals
from alongside.referral.queries import Received
from alongside.referral.rules import State as ReferralState

KINDS = ("talking_therapies", "substance_use")
PLANNED = frozenset(
    [one.code for one in talking_therapies.end_reasons() if one.planned]
    + [one.key for one in substance_use.discharge_reasons() if one.ended == "planned"]
)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whom an evaluation is about: an arm of the pathway, and referrals received within a period. Empty means all."""

    arm: str = ""
    received_from: date | None = None
    received_until: date | None = None

    def holds(self, received: date, arm: str) -> bool:
        """Whether a referral received on that day, on that arm (empty: none), belongs to it."""
        after = self.received_from is None or received >= self.received_from
        before = self.received_until is None or received <= self.received_until
        return after and before and (not self.arm or arm == self.arm)


@dataclass(slots=True)
class _Names:
    """A random name for each id, this time."""

    given: dict[str, str] = field(default_factory=dict)

    def of(self, known_as: str) -> str:
        if not known_as:
            return ""
        if known_as not in self.given:
            self.given[known_as] = secrets.token_hex(8)
        return self.given[known_as]


def tables(access: Access, cohort: Cohort = Cohort()) -> Tables:
    """The evaluation tables of what this reader may count, checked like anybody's."""
    return Tables.from_arrow(_Writing(access, cohort).tables())


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


class _Writing:
    """One evaluation's rows. Everything is read first, then laid out; nothing is written anywhere."""

    def __init__(self, access: Access, cohort: Cohort) -> None:
        self.access = access
        self.names = _Names()
        self.places: dict[str, Place] = {}
        self.sides = journeys.every_side(access=access)
        self.arm_of = {side.journey: side.arm for side in self.sides}
        self.words = _words()
        episodes = journeys.every_episode(access=access)
        self.episodes = [one for one in episodes if cohort.holds(one.received_on, self.arm_of.get(one.journey, ""))]
        undecided = [one for one in referrals.every_referral(access=access) if one.state is not ReferralState.ACCEPTED]
        self.referrals = [one for one in undecided if cohort.holds(_day(one.sent_at), one.arm)]
        counted = {one.registration for one in (*self.episodes, *self.referrals)}
        self.kept = {one.id for one in self.episodes}
        self.contacts = [one for one in contacts.every_contact(access=access) if one.episode in self.kept]
        self.planned_ends = _planned_ends(self.episodes, self.contacts)
        everybody = people.characteristics(access=access)
        self.people = {one.registration: one for one in everybody if one.registration in counted}

    def tables(self) -> dict[str, pa.Table]:
        """Arrow tables by name."""
        return {
            "persons": _arrow("persons", self._persons()),
            "journeys": _arrow("journeys", self._journeys()),
            "episodes": _arrow("episodes", [*self._stays(), *self._refused()]),
            "contacts": _arrow("contacts", self._contacts()),
            "scores": _arrow("scores", self._scores()),
            "substance_use": _arrow("substance_use", self._use()),
            "consultations": _arrow("consultations", self._consultations()),
        }

    def _person(self, registration: str) -> str:
        return self.names.of(self.people[registration].person)

    def _persons(self) -> Iterable[dict[str, Any]]:
        rows = {}
        for one in self.people.values():
            rows[one.person] = {
                "person_id": self.names.of(one.person),
                "birth_year": one.birth_year,
                "sex": one.sex or None,
                "ethnicity": one.ethnicity or None,
                "deprivation_decile": one.deprivation_decile,
                "language": one.language or None,
            }
        return rows.values()

    def _journeys(self) -> Iterable[dict[str, Any]]:
        rows = {}
        for side in self.sides:
            if side.registration in self.people:
                rows[side.journey] = {
                    "journey_id": self.names.of(side.journey),
                    "person_id": self._person(side.registration),
                    "pathway": self.words.get(side.pathway, side.pathway),
                    "arm": self.words.get(side.arm, side.arm),
                    "opened": side.opened_on,
                    "closed": side.closed_on,
                    "planned_end": self.planned_ends.get(side.journey) if side.closed_on else None,
                }
        return rows.values()

    def _stays(self) -> Iterable[dict[str, Any]]:
        problems = journeys.every_problem(access=self.access)
        for one in self.episodes:
            if one.registration in self.people:
                yield self._stay(one, problems.get(one.id, []))

    def _stay(self, one: Episode, problems: list[tuple[str, bool, datetime]]) -> dict[str, Any]:
        recorded = [
            RecordedDescriptor(code, primary, _day(at), row) for row, (code, primary, at) in enumerate(problems)
        ]
        chosen = chosen_descriptor(recorded)
        return {
            "episode_id": self.names.of(one.id),
            "person_id": self._person(one.registration),
            **self._service(one.service),
            "arm": self.words.get(self.arm_of.get(one.journey, "")),
            "referral_received": one.received_on,
            "referral_source": one.source or None,
            "accepted": one.opened_on,
            "declined_reason": None,
            "discharged": one.ended_on,
            "end_code": one.end_code or None,
            "problem_descriptor": chosen.code if chosen else None,
            "journey_id": self.names.of(one.journey) or None,
        }

    def _refused(self) -> Iterable[dict[str, Any]]:
        """Referrals that opened no episode: declined ones with their reason, and those still to be decided."""
        for one in self.referrals:
            if one.registration in self.people and one.state is not ReferralState.WITHDRAWN:
                yield self._refusal(one)

    def _refusal(self, one: Received) -> dict[str, Any]:
        return {
            "episode_id": self.names.of(one.id),
            "person_id": self._person(one.registration),
            **self._service(one.service),
            "arm": self.words.get(one.arm),
            "referral_received": _day(one.sent_at),
            "referral_source": one.door,
            "accepted": None,
            "declined_reason": self.words.get(one.decision.reason) if one.decision else None,
            "discharged": None,
            "end_code": None,
            "problem_descriptor": None,
            "journey_id": None,
        }

    def _service(self, service: str) -> dict[str, str]:
        """A service by its name, which is no secret and can be read in a report."""
        if service not in self.places:
            self.places[service] = organisations.place(service, access=self.access)
        place = self.places[service]
        return {"service_id": place.name, "service_kind": place.kind if place.kind in KINDS else "other"}

    def _contacts(self) -> Iterable[dict[str, Any]]:
        for one in self.contacts:
            if one.registration in self.people and one.state is not ContactState.PLANNED:
                yield {
                    "contact_id": self.names.of(one.entry),
                    "episode_id": self.names.of(one.episode),
                    "date": _day(one.starts_at),
                    "planned": one.planned,
                    "kind": one.kind,
                    "attendance": one.attendance or None,
                    "mode": one.mode,
                    "minutes": one.minutes,
                    "role": one.role,
                    "joint": one.joint,
                }

    def _scores(self) -> Iterable[dict[str, Any]]:
        # A score whose contact the reader may not count still counts by its own day.
        known = {one.entry for one in self.contacts}
        clouded = measures.every_clouded(access=self.access)
        for instrument, one in measures.every_score(access=self.access):
            if one.episode in self.kept and one.registration in self.people:
                yield {
                    "person_id": self._person(one.registration),
                    "episode_id": self.names.of(one.episode),
                    "contact_id": self.names.of(one.contact) if one.contact in known else None,
                    "instrument": instrument,
                    "date": _day(one.at),
                    "score": one.value,
                    "clouded": clouded.get(one.response),
                    "language": one.language or None,
                }

    def _use(self) -> Iterable[dict[str, Any]]:
        for substance, one in measures.every_use(access=self.access):
            if one.registration in self.people:
                yield {
                    "person_id": self._person(one.registration),
                    "date": _day(one.at),
                    "substance": substance,
                    "days_used_of_28": one.days,
                    "amount": one.amount,
                    "unit": one.unit or None,
                }

    def _consultations(self) -> Iterable[dict[str, Any]]:
        for one in consultations.response_times(access=self.access):
            if one.registration in self.people:
                yield {
                    "consultation_id": self.names.of(one.consultation),
                    "person_id": self._person(one.registration),
                    "journey_id": None,
                    "asked_by": self._service(one.asking_service)["service_id"],
                    "asked_to": self._service(one.answering_service)["service_id"],
                    "asked_at": one.asked_at,
                    "due_at": one.due_at,
                    "answered_at": one.answered_at,
                    "urgency": one.urgency.value,
                }


def _planned_ends(episodes: Iterable[Episode], kept: Iterable[Contact]) -> dict[str, date]:
    """The last day of treatment of each journey that ended as agreed in every service whose record may be counted.

    Somebody who completed has not left, however long after the last contact the record was closed.
    """
    journey_of = {one.id: one.journey for one in episodes if one.journey}
    early = {one.journey for one in episodes if one.ended_on is not None and one.end_code not in PLANNED}
    ends: dict[str, date] = {}
    for one in kept:
        journey = journey_of.get(one.episode, "")
        if journey and journey not in early and one.state is ContactState.KEPT:
            ends[journey] = max(ends.get(journey, date.min), _day(one.starts_at))
    return ends


def _words() -> dict[str, str]:
    """What people call pathways, their arms and reasons for declining, by the keys that the record holds."""
    found = {reason.key: reason.words for reason in doors.declines().values()}
    for pathway in pathways():
        found[pathway.key] = pathway.name
        found.update((arm.key, arm.words) for arm in pathway.arms)
    return found


_TYPES = {
    Holds.TEXT: pa.string(),
    Holds.WHOLE: pa.int64(),
    Holds.NUMBER: pa.decimal128(10, 2),
    Holds.FLAG: pa.bool_(),
    Holds.DATE: pa.date32(),
    Holds.INSTANT: pa.timestamp("us", tz="UTC"),
    Holds.DECISION: pa.date32(),
}


def _arrow(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The rows with the declared types, so that a table without rows still has its columns."""
    schema = pa.schema([(column.name, _TYPES.get(column.holds, pa.string())) for column in BY_NAME[name].columns])
    return pa.Table.from_pylist(list(rows), schema=schema)
