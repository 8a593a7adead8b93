"""One person of the stories signs in to their own record, at both services that treat them."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.test.utils import override_settings

from alongside.access.context import Access
from alongside.cli.demonstration.calendar import instant
from alongside.cli.demonstration.partnership import Colleague, World
from alongside.cli.demonstration.planned import OWN, OWN_NAME, PASSWORD
from alongside.journey import queries as journey
from alongside.kernel import clock, ids
from alongside.kernel.clock import LONDON
from alongside.people import queries as people
from alongside.people.actions import correct_identity
from alongside.sharing import actions as sharing

ADDRESS = "https://alongside.example"  # where the letter would have led


def sign_in(world: World, now: datetime, seed: int) -> None:
    """Both services invited them, and they took it up, the day before yesterday."""
    yesterday = instant(now.astimezone(LONDON).date() - timedelta(days=2), "17:20")
    quicker = override_settings(PASSWORD_HASHERS=["alongside.cli.demonstration.hashing.Quick"], ADDRESS=ADDRESS)
    with clock.at(yesterday), ids.seeded_ids(seed + 1), quicker:
        for colleague in world.staff:
            for registration in _theirs(colleague):
                _invited(registration, colleague.access)


def _theirs(colleague: Colleague) -> list[str]:
    """The record of the person, where somebody treats them."""
    if colleague.role not in ("therapist", "keyworker"):
        return []
    mine = [one.registration for one in journey.caseload(access=colleague.access)]
    found = people.headers(mine, access=colleague.access)
    return [one for one in mine if one in found and found[one].name == OWN_NAME]


def _invited(registration: str, by: Access) -> None:
    identity, version = people.identity(registration, access=by)
    safe = replace(identity, email=OWN, email_is_safe=True)
    correct_identity(registration=registration, identity=safe, version=version, by=by)
    made = sharing.invite(registration=registration, by=by)
    sharing.welcome(sign_in=made, password=PASSWORD, by=Access.link(made))
