"""The Friday afternoon that these tests live in."""

from datetime import UTC, datetime, timedelta

from alongside.contacts.rules import Meeting
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.tasks import queries as tasks

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 2, 9, tzinfo=UTC)
SESSION = Meeting("treatment", NOW - timedelta(hours=1), "face_to_face", 50)
NEXT = Meeting("treatment", NOW + timedelta(days=7), "video", 50)


def owed(access):
    """What the reader owes about contacts, by contact."""
    return {one.about: one for one in tasks.owed(access=access) if one.room == "contacts"}


def kinds_owed(access):
    return sorted(task.kind for task in owed(access).values())


def open_episode(northside, therapist, person):
    """An episode of the therapist's, since the referral was received."""
    with clock.at(RECEIVED):
        return journey.open_episode(
            registration=person,
            team=northside.team,
            received_on=RECEIVED.date(),
            practitioner=therapist.actor,
            by=therapist,
        )
