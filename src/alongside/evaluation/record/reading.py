"""What of the record one reader may count for an evaluation, read once.

Names of people, registrations and episodes are replaced by random ones for each evaluation, so that two of them
cannot be laid side by side. Two registrations are one person here only where the reader may count both, which takes
the person's link and their consent to evaluation.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from alongside.access.context import Access
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State as ContactState
from alongside.definitions import doors, substance_use, talking_therapies
from alongside.definitions.pathways import pathways
from alongside.evaluation.record.cohort import Cohort
from alongside.journey import queries as journeys
from alongside.journey.queries import Episode
from alongside.kernel.clock import LONDON
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.people import queries as people
from alongside.referral import queries as referrals
from alongside.referral.rules import State as ReferralState

KINDS = ("talking_therapies", "substance_use")
PLANNED = frozenset(
    [one.code for one in talking_therapies.end_reasons() if one.planned]
    + [one.key for one in substance_use.discharge_reasons() if one.ended == "planned"]
)


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


def day_of(at: datetime) -> date:
    """The civil day of something that happened."""
    return at.astimezone(LONDON).date()


class Reading:
    """One evaluation's reading. Everything is read before anything is laid out; nothing is written anywhere."""

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
        self.referrals = [one for one in undecided if cohort.holds(day_of(one.sent_at), one.arm)]
        counted = {one.registration for one in (*self.episodes, *self.referrals)}
        self.kept = {one.id for one in self.episodes}
        self.contacts = [one for one in contacts.every_contact(access=access) if one.episode in self.kept]
        self.planned_ends = _planned_ends(self.episodes, self.contacts)
        everybody = people.characteristics(access=access)
        self.people = {one.registration: one for one in everybody if one.registration in counted}

    def person(self, registration: str) -> str:
        """The random name of the person that the registration is of."""
        return self.names.of(self.people[registration].person)

    def service(self, service: str) -> dict[str, str]:
        """A service by its name, which is no secret and can be read in a report."""
        if service not in self.places:
            self.places[service] = organisations.place(service, access=self.access)
        place = self.places[service]
        return {"service_id": place.name, "service_kind": place.kind if place.kind in KINDS else "other"}


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
            ends[journey] = max(ends.get(journey, date.min), day_of(one.starts_at))
    return ends


def _words() -> dict[str, str]:
    """What people call pathways, their arms and reasons for declining, by the keys that the record holds."""
    found = {reason.key: reason.words for reason in doors.declines().values()}
    for pathway in pathways():
        found[pathway.key] = pathway.name
        found.update((arm.key, arm.words) for arm in pathway.arms)
    return found
