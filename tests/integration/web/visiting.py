"""Visiting pages as somebody signed in: the right people, a browser, and how many statements a page takes."""

from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.consent.rules import Choice, Given
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.referral import queries as referrals
from alongside.referral.actions import Carried, Wording
from alongside.referral.rules import Use
from alongside.sharing import actions as sharing
from tests import factories

BOTH = policy.bundles()["both_teams"].mask
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION")


def browser(service: factories.Service, role: str) -> Client:
    """A browser in which the service's practitioner in `role` is signed in."""
    client = Client()
    client.force_login(factories.User.objects.get(practitioner=service.sign_in(role).actor))
    return client


def form(**entered: object) -> dict[str, object]:
    """What a browser sends with a form: its hidden token and what was entered."""
    return {"submission_token": new_id("sub"), **entered}


def civil(name: str, day) -> dict[str, str]:
    """A date in its three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def statements(client: Client, path: str) -> int:
    """How many statements a page takes once it is warm, BEGIN and COMMIT excluded."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([one for one in captured.captured_queries if not one["sql"].startswith(NOT_COUNTED)])


@dataclass
class Together:
    """Somebody of Riverside, referred to Northside, and on a joint journey once `accept` was called."""

    world: factories.Partnership = field(default_factory=factories.partnership)
    riverside: str = ""
    northside: str = ""
    referral: str = ""
    journey: str = ""
    episode: str = ""

    def __post_init__(self) -> None:
        self.keyworker = self.world.riverside.sign_in("keyworker")
        self.therapist = self.world.northside.sign_in("therapist")

    def refer(self, arm: str = "one_to_one", share: int = BOTH, back: int = BOTH, **person: object) -> "Together":
        self.riverside = factories.registered(self.world.riverside, **person)
        self.episode = journey.open_episode(
            registration=self.riverside,
            team=self.world.riverside.team,
            practitioner=self.keyworker.actor,
            received_on=clock.today(),
            by=self.keyworker,
        )
        self.referral = sharing.refer(
            registration=self.riverside,
            to=self.world.northside.id,
            wording=Wording("Panic since she stopped using", "To sleep", Use("alcohol", 20, 12, "units")),
            choice=Choice("", share, Given.VERBAL, witness="K. Worker", told_no_is_fine=True),
            carried=Carried(arm, back, "verbal", "K. Worker", True),
            by=self.keyworker,
        )
        self.northside = referrals.received(self.referral, access=self.therapist).registration
        return self

    def accept(self) -> "Together":
        self.journey = sharing.accept_referral(
            referral=self.referral, practitioner=self.therapist.actor, by=self.therapist
        ).journey
        return self


def together(**person: object) -> Together:
    """Somebody on a joint journey that both teams see."""
    return Together().refer(**person).accept()
