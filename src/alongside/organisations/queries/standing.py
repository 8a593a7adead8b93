"""A partnership as it was set up."""

from dataclasses import dataclass
from datetime import date

from alongside.access.context import Access
from alongside.kernel import clock
from alongside.organisations.models import (
    Duty,
    Partnership,
    RoleAssignment,
    Service,
)
from alongside.organisations.queries.staff import assigned


def partnerships(*, access: Access) -> list[Partnership]:
    """Every partnership of this installation, by name."""
    return list(Partnership.objects.order_by("name"))


@dataclass(frozen=True, slots=True)
class TeamOf:
    """A team, and who is on its rota from today on."""

    id: str
    name: str
    takes_referrals: bool
    duty: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A service as it was set up, whatever its kind."""

    id: str
    name: str
    kind: str
    hours: dict[str, list[list[str]]]
    teams: tuple[TeamOf, ...]
    staff: tuple[RoleAssignment, ...]


def services(partnership: str, *, access: Access) -> list[Standing]:
    """Every service of a partnership with its teams and its staff, by name."""
    rows = Service.objects.filter(partnership=partnership).order_by("name").prefetch_related("teams")
    return [_standing(row, access) for row in rows]


def _standing(row: Service, access: Access) -> Standing:
    teams = [
        TeamOf(team.pk, team.name, team.takes_referrals, _rota(team.pk))
        for team in sorted(row.teams.all(), key=lambda team: team.name)
    ]
    return Standing(row.pk, row.name, row.kind, row.hours, tuple(teams), tuple(assigned(row.pk, access=access)))


def _rota(team: str) -> tuple[tuple[date, str], ...]:
    rows = Duty.objects.filter(team=team, day__gte=clock.today()).order_by("day")
    return tuple(rows.values_list("day", "practitioner__name"))
