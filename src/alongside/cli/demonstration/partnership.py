"""The invented partnership: set up from the file that `alongside partnership apply` reads, and its staff as actors."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from alongside.access.context import Access
from alongside.cli.demonstration.planned import PASSWORD, SIGN_INS, planned
from alongside.cli.demonstration.shapes import SUBSTANCE, TALKING
from alongside.cli.partnership import file as partnership_file
from alongside.definitions.policy import roles
from alongside.kernel.periods import OpeningHours
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places

PRACTICE = "primary_care"
SETTING_UP = Access.system("demonstration")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works there: their email, role, kind of service, and the Access they act with."""

    email: str
    role: str
    kind: str
    access: Access

    @property
    def id(self) -> str:
        return self.access.actor


@dataclass
class World:
    """The partnership as the walk through it needs it."""

    services: dict[str, str]  # by kind
    hours: dict[str, OpeningHours]
    staff: list[Colleague]
    team: dict[str, str] = field(default_factory=dict)

    def in_role(self, kind: str, *wanted: str) -> list[Colleague]:
        return [one for one in self.staff if one.kind == kind and one.role in wanted]

    def by_email(self, email: str) -> Colleague:
        return next(one for one in self.staff if one.email == email)

    def triager(self, random: Random, kind: str) -> Colleague:
        """Whoever decides about what came in: mostly the duty worker."""
        return random.choice(self.in_role(kind, "duty_worker", "duty_worker", "team_lead"))


def set_up() -> World:
    """Make the partnership, its staff and their sign-ins, at the instant at which the clock stands."""
    plan = planned()
    made = partnership_file.apply(plan, by=SETTING_UP, passwords=dict.fromkeys(SIGN_INS, PASSWORD))
    kinds = {made.services[service.name]: service.kind for service in plan.services}
    return World(
        services={kind: service for service, kind in kinds.items()},
        hours={kind: places.hours_of(service, access=SETTING_UP) for service, kind in kinds.items()},
        staff=[one for service, kind in kinds.items() for one in _staff(service, kind)],
        team={kind: places.intake_team(service, access=SETTING_UP) for service, kind in kinds.items()},
    )


def _staff(service: str, kind: str) -> list[Colleague]:
    found = []
    for row in places.assigned(service, access=SETTING_UP):
        user = row.practitioner.user
        access = places.access_for(user, row.pk)
        if "care" in roles()[row.role].does or row.role == "gp":
            access = access.for_purpose("direct_care")
        found.append(Colleague(user.email, row.role, kind, access))
    return sorted(found, key=lambda one: (one.email, one.role))


def keep_duty_rota(world: World, today: date) -> None:
    """Who is on duty in each team, for the week before and the fortnight after today."""
    for kind in (TALKING, SUBSTANCE):
        carers = world.in_role(kind, "duty_worker", "therapist", "keyworker")
        for turn in range(-7, 15):
            day = today + timedelta(days=turn)
            on_duty = world.in_role(kind, "duty_worker")[0] if turn == 0 else carers[day.toordinal() % len(carers)]
            organisations.put_on_duty(team=world.team[kind], day=day, practitioner=on_duty.id, by=SETTING_UP)
