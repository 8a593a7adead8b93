"""The last days as a privacy lead reads them: whoever treats somebody opens their page, and puts a detail right."""

from dataclasses import replace
from datetime import datetime, timedelta

from alongside.access import reading
from alongside.access.context import Access
from alongside.cli.demonstration.calendar import instant
from alongside.cli.demonstration.partnership import World
from alongside.cli.demonstration.planned import SIGN_INS
from alongside.contacts import queries as contacts
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.measures import queries as measures
from alongside.people import queries as people
from alongside.people.actions import correct_identity

CARERS = ("therapist", "step2_practitioner", "keyworker", "prescriber")
EACH = 8  # people whom one practitioner looked at
PAGE = "people.views.person"  # as the page of a person calls itself in the ledger


def look_around(world: World, now: datetime) -> None:
    """Every practitioner opened the newest people of their caseload, one a day, the last one yesterday.

    Those who sign in also put a detail of their newest person right.
    """
    today = now.astimezone(LONDON).date()
    for colleague in world.staff:
        if colleague.role in CARERS:
            mine = journey.caseload(access=colleague.access)
            for days, episode in enumerate(reversed(mine[-EACH:]), start=1):
                with clock.at(instant(today - timedelta(days=days), "09:50")):
                    look(episode.registration, colleague.access)
            if mine and colleague.email in SIGN_INS:
                with clock.at(instant(today - timedelta(days=2), "16:10")):
                    put_right(mine[-1].registration, colleague.access)


def look(registration: str, access: Access) -> None:
    """What the page of a person reads, from both services, as far as they agreed."""
    with reading.reading(access, PAGE):
        joined = people.known([registration], access=access)[registration].joined
        measures.series(joined, access=access)
        measures.uses(joined, access=access)
        contacts.timeline(joined, access=access)


def put_right(registration: str, access: Access) -> None:
    """How to reach somebody had changed."""
    identity, version = people.identity(registration, access=access)
    reached = replace(identity, safe_contact=identity.safe_contact or "Send a text before you ring")
    correct_identity(registration=registration, identity=reached, version=version, by=access)
