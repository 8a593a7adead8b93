"""People in the middle of treatment, for tests of pages: each walked there through the actions that a service uses."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from alongside.access.context import Access
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.measures import rules as measuring
from alongside.measures.rules import Use
from tests import factories
from tests.factories import Partnership, Service

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)  # a Friday afternoon
WEEK = timedelta(weeks=1)
PHQ9 = (19, 18, 17, 14, 12, 11)
GAD7 = (15, 15, 13, 11, 9, 8)
DAYS = (24, 22, 18, 14, 10, 8)


@dataclass
class Life:
    """Somebody held by `practitioner` at `service`, and on a joint journey where `there` is set."""

    service: Service
    practitioner: Access
    registration: str
    episode: str
    contacts: list[str]
    there: str = ""
    keyworker: Access | None = None


def treated(service: Service, role: str = "therapist", *, start: datetime = NOW - 6 * WEEK, **identity) -> Life:
    """Somebody of one service with an open episode and no contact yet."""
    with clock.at(start - WEEK):
        practitioner = service.sign_in(role)
        registration = factories.registered(service, **identity)
        episode = journey.open_episode(
            registration=registration,
            team=service.team,
            received_on=clock.today(),
            practitioner=practitioner.actor,
            by=practitioner,
        )
    return Life(service, practitioner, registration, episode, [])


def seen(life: Life, *, phq9=PHQ9, gad7=GAD7, days=DAYS, start: datetime = NOW - 6 * WEEK, at_hours: int = -4) -> Life:
    """Seen once a week with both measures and drinking days; the last contact is a week before `NOW` at the latest."""
    for week, (low, worry, drinking) in enumerate(zip(phq9, gad7, days, strict=True)):
        when = start + week * WEEK + timedelta(hours=at_hours)
        with clock.at(when + timedelta(hours=1)):
            life.contacts.append(record(life, when, low, worry, drinking, first=week == 0))
    return life


def record(life: Life, when: datetime, low: int, worry: int, drinking: int, *, first: bool = False) -> str:
    return contacts.record(
        registration=life.registration,
        episode=life.episode,
        meeting=Meeting("assessment" if first else "treatment", when, "face_to_face", 50),
        attendance="attended",
        note={"talked_about": "Sleep, and the evenings alone."},
        responses=[measuring.Given("phq9", total=low, harm=False), measuring.Given("gad7", total=worry)],
        uses=[Use("alcohol", drinking, 9, "units") if drinking else Use("alcohol", 0)],
        by=life.practitioner,
    )


def joint(world: Partnership, *, start: datetime = NOW - 8 * WEEK, **identity) -> Life:
    """Somebody of Riverside on a joint journey with Northside, whose therapist leads; both share what helps both."""
    with clock.at(start):
        both = factories.JointJourney(world, **identity)
    episode = both.accepted.episode
    return Life(world.northside, both.therapist, both.northside, episode, [], both.riverside, both.keyworker)


def other_side(life: Life, episode: str) -> Life:
    """The same person as the other service holds them."""
    assert life.keyworker is not None
    return replace(life, practitioner=life.keyworker, registration=life.there, episode=episode, contacts=[])


def planned(life: Life, at: datetime, mode: str = "video") -> str:
    with clock.at(min(at, NOW) - timedelta(days=1)):
        return contacts.plan_contact(
            registration=life.registration,
            episode=life.episode,
            meeting=Meeting("treatment", at, mode, 50),
            by=life.practitioner,
        )


def record_one(service: Service, name: str) -> Life:
    """Somebody seen twice: enough for every column of a list."""
    life = treated(service, given_name=name, start=NOW - 3 * WEEK)
    return seen(life, phq9=(15, 14), gad7=(12, 12), days=(10, 12), start=NOW - 3 * WEEK)
