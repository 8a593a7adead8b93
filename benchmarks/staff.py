"""The partnership of a benchmark: a therapist and a keyworker for every block of people, in teams of twenty.

A caseload is as long at 300 people as at 100,000, as it is in life: a bigger service has more staff.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.ids import seeded_ids
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places
from alongside.organisations.models import User

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)  # a Friday afternoon, at which the benchmark's clock stands
OPENED = NOW - timedelta(weeks=60)
BLOCK = 380  # people for one therapist and one keyworker: twenty of each open shape, so forty on each caseload
TEAM = 20  # blocks
SETTING_UP = Access.system("benchmark")
_SEED = 20_260_306


@dataclass(frozen=True, slots=True)
class Service:
    """A service with the duty worker who takes what comes in, and the practitioners of the blocks."""

    id: str
    duty: Access
    practitioners: tuple[Access, ...]

    def of(self, person: int) -> Access:
        return self.practitioners[person // BLOCK]


@dataclass(frozen=True, slots=True)
class World:
    northside: Service
    riverside: Service


def set_up(people: int) -> World:
    """Make the partnership through the actions that a real one is made with."""
    blocks = -(-people // BLOCK)
    with clock.at(OPENED), seeded_ids(_SEED):
        made = organisations.open_partnership(
            name="Benchmark", pathway="integrated_treatment", agreement="northside_riverside", by=SETTING_UP
        )
        north = _service(made, "Northside Talking Therapies", "talking_therapies", "therapist", blocks)
        river = _service(made, "Riverside Substance Use Service", "substance_use", "keyworker", blocks)
    return World(north, river)


def _service(partnership: str, name: str, kind: str, role: str, blocks: int) -> Service:
    service = organisations.add_service(
        partnership=partnership, name=name, kind=kind, organisation="A trust", by=SETTING_UP
    )
    intake = organisations.add_team(service=service, name="Access team", by=SETTING_UP)
    teams = [
        organisations.add_team(service=service, name=f"Team {one:03}", takes_referrals=False, by=SETTING_UP)
        for one in range(-(-blocks // TEAM))
    ]
    duty = _join(service, intake, "duty_worker", f"Duty {kind}")
    each = [_join(service, teams[one // TEAM], role, f"{role.title()} {one:04}") for one in range(blocks)]
    return Service(service, duty, tuple(each))


def _join(service: str, team: str, role: str, name: str) -> Access:
    email = f"{name.replace(' ', '-').lower()}@benchmark.example"
    practitioner = organisations.join(name=name, email=email, by=SETTING_UP)
    organisations.assign_role(practitioner=practitioner, service=service, team=team, role=role, by=SETTING_UP)
    return places.access_for(User.objects.get(practitioner=practitioner), None, "direct_care")
