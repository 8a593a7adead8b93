"""Who works where, and the Access a sign-in gives."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, JSONField
from django.db.models.expressions import RawSQL
from govuk_bank_holidays.bank_holidays import BankHolidays

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere
from alongside.kernel.periods import OpeningHours
from alongside.organisations import held, rules
from alongside.organisations.held import Held
from alongside.organisations.models import (
    Duty,
    Partnership,
    Practitioner,
    RoleAssignment,
    Service,
    Team,
    User,
)
from alongside.organisations.rules import Job


def access_for(user: User, assignment: str | None, purpose: str | None = None) -> Access:
    """The Access of a signed-in user in one of their live roles (the first where none is named).

    Read afresh at each request: a role that ended a second ago is not there. Raises `NotAllowed` where the user
    holds no live role, or the role does not include the purpose.
    """
    live = held.by_practitioner(user.practitioner_id) if user.live is None else user.live
    if not user.is_active or not live:
        raise NotAllowed("You have no role in a service at the moment. Ask the person who looks after sign-ins.")
    chosen = next((one for one in live if one.id == assignment), live[0])
    role = policy.roles()[chosen.role]
    jobs = {one.id: _job(one) for one in live}
    built = Access(
        actor=chosen.practitioner,
        role=role.key,
        service=chosen.service,
        purpose=next(named.key for named in policy.purposes().values() if named.mask & role.purposes),
        speaks_for=rules.speaks_for(jobs[chosen.id], role.speaks_for, role.doors),
        every_hat=rules.every_hat(jobs.values()),
        own=role.own,
        other=role.other,
        teams=jobs[chosen.id].teams,
        name=chosen.name,
    )
    return built.for_purpose(purpose) if purpose else built


def access_by_email(email: str, purpose: str) -> Access:
    """The Access of a sign-in named on the command line, in its first role that includes the purpose.

    Raises `Invalid("--as", …)` where nobody signs in so, `NotAllowed` where no live role includes the purpose.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise Invalid("--as", "Nobody signs in as {email}.", email=email)
    wanted = policy.purposes()[purpose].mask
    live = held.by_practitioner(user.practitioner_id)
    fitting = [one.id for one in live if policy.roles()[one.role].purposes & wanted]
    return access_for(user, fitting[0] if fitting else None, purpose)


def signed_in(user: str) -> User | None:
    """A user by id with the roles they hold now, for the request that comes in. One statement."""
    return held.by_user(user)


def _job(one: Held) -> Job:
    role = policy.roles()[one.role]
    teams = _teams(one)
    return Job(
        practitioner=one.practitioner,
        service=one.service,
        teams=teams,
        colleagues=_colleagues(teams) if role.speaks_for == "team_caseloads" else (),
        covers=one.covers if role.speaks_for != "service" else (),
    )


def _teams(one: Held) -> tuple[str, ...]:
    if one.team:
        return (one.team,)
    return tuple(Team.objects.filter(service=one.service).order_by("pk").values_list("pk", flat=True))


def _colleagues(teams: tuple[str, ...]) -> tuple[str, ...]:
    now = clock.now()
    members = RoleAssignment.objects.filter(team__in=teams, from_at__lte=now, until_at__gt=now)
    return tuple(members.order_by("practitioner").values_list("practitioner", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Place:
    """A service as other rooms and pages need it."""

    id: str
    name: str
    kind: str
    partnership: str
    agreement: str
    phone: str
    zone: str


def place(service: str, *, access: Access) -> Place:
    """A service by id; `NotThere` where there is none."""
    row = Service.objects.select_related("partnership").filter(pk=service).first()
    if row is None:
        raise NotThere()
    return _place(row)


def _place(row: Service) -> Place:
    return Place(row.pk, row.name, row.kind, row.partnership_id, row.partnership.agreement, row.phone, row.zone)


def partners(*, access: Access) -> list[Place]:
    """The other services of the reader's partnership: the same list for everybody, whoever is known to them."""
    rows = Service.objects.select_related("partnership").filter(partnership__services=access.service)
    return [_place(row) for row in rows.exclude(pk=access.service).order_by("name")]


def open_services(*, access: Access) -> list[Place]:
    """Services a member of the public may refer themselves to."""
    kinds = ["talking_therapies", "substance_use"]
    rows = Service.objects.select_related("partnership").filter(kind__in=kinds).order_by("name")
    return [_place(row) for row in rows]


def intake_team(service: str, *, access: Access) -> str:
    """The team that takes what comes in to a service."""
    team = Team.objects.filter(service=service, takes_referrals=True).order_by("name").first()
    if team is None:
        raise NotAllowed("This service has no team that takes referrals. Ask it to set one up.")
    return team.pk


@dataclass(frozen=True, slots=True)
class Colleague:
    """A practitioner in a role, for lists to choose from."""

    id: str
    name: str
    role: str
    service: str
    team: str | None


def colleagues(service: str, *, access: Access, act: str = "care") -> list[Colleague]:
    """Those who work in a service now in a role that may do `act`, by name."""
    now = clock.now()
    roles = [role.key for role in policy.roles().values() if act in role.does]
    rows = RoleAssignment.objects.filter(service=service, role__in=roles, from_at__lte=now, until_at__gt=now)
    rows = rows.select_related("practitioner").order_by("practitioner__name", "pk")
    return [Colleague(r.practitioner_id, r.practitioner.name, r.role, r.service_id, r.team_id) for r in rows]


def works_in(practitioner: str, service: str, *, access: Access) -> bool:
    """Whether somebody holds a live role in a service."""
    now = clock.now()
    rows = RoleAssignment.objects.filter(practitioner=practitioner, service=service)
    return rows.filter(from_at__lte=now, until_at__gt=now).exists()


def reader(practitioner: str, service: str, *, access: Access) -> Access:
    """Whoever somebody is when they read in a service, to ask what they could see: by name, by caseload, by team."""
    teams = {one.team for one in colleagues(service, access=access) if one.id == practitioner and one.team}
    named = (Handle.caseload(practitioner, service), Handle.practitioner(practitioner))
    return Access.reading(service, *named, *map(Handle.team, sorted(teams)))


def has_team(service: str, team: str, *, access: Access) -> bool:
    """Whether a team belongs to a service."""
    return Team.objects.filter(pk=team, service=service).exists()


def service_of(practitioner: str, *, access: Access) -> str:
    """The service somebody works in now; `NotThere` where they hold no live role."""
    live = held.by_practitioner(practitioner)
    if not live:
        raise NotThere()
    return live[0].service


def names(ids: set[str], *, access: Access) -> dict[str, str]:
    """What to call practitioners, teams and services on the screen, by id."""
    found: dict[str, str] = {}
    for model in (Practitioner, Team, Service):
        prefix = model._meta.pk.prefix
        wanted = [one for one in ids if one.startswith(prefix)]
        if wanted:
            found.update(model.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return found


@cache
def _bank_holidays() -> frozenset[date]:
    # The library's own offline list: nothing is fetched.
    return frozenset(row["date"] for row in BankHolidays(use_cached_holidays=True).get_holidays("england-and-wales"))


def hours_of(service: str, *, access: Access) -> OpeningHours:
    """A service's opening hours, bank holidays closed; `NotThere` where there is no such service."""
    row = Service.objects.only("hours", "zone").filter(pk=service).first()
    if row is None:
        raise NotThere()
    return rules.opening_hours(row.hours, row.zone, _bank_holidays())


def hours_beside(service: str, *, access: Access) -> dict[str, RawSQL]:
    """The opening hours of the service that a column of another room's query names (as SQL names it), as more columns
    of that query. `hours_read` makes them out of its row.
    """
    # The column is named by another room's code, never by a reader.
    of = f"FROM alongside_organisations_service s WHERE s.id = {service}"
    return {
        "hours_written": RawSQL(f"(SELECT s.hours {of})", (), output_field=JSONField()),  # noqa: S611 - as above
        "hours_zone": RawSQL(f"(SELECT s.zone {of})", (), output_field=CharField()),  # noqa: S611 - as above
    }


def hours_read(row: Any, *, access: Access) -> OpeningHours:
    """Opening hours from a row that was read with `hours_beside`."""
    return rules.opening_hours(row.hours_written, row.hours_zone, _bank_holidays())


def on_duty(team: str, day: date, *, access: Access) -> str | None:
    """Who is on duty for a team on a day, if anybody is named."""
    return Duty.objects.filter(team=team, day=day).values_list("practitioner", flat=True).first()


def roles_of(practitioner: str, *, access: Access) -> list[tuple[str, str, str]]:
    """(assignment, role, service name) of every live role somebody holds, for the role switch."""
    return [(one.id, one.role, one.service_name) for one in held.by_practitioner(practitioner)]


def pathway_of(service: str, *, access: Access) -> str:
    """The key of the pathway that a service's partnership runs; `NotThere` where there is no such service."""
    pathway = Partnership.objects.filter(services=service).values_list("pathway", flat=True).first()
    if pathway is None:
        raise NotThere()
    return pathway


def assigned(service: str | None = None, *, access: Access) -> list[RoleAssignment]:
    """Every live role of a service, or of all services, for staff lists."""
    now = clock.now()
    rows = RoleAssignment.objects.filter(from_at__lte=now, until_at__gt=now)
    if service is not None:
        rows = rows.filter(service=service)
    return list(rows.select_related("practitioner__user", "team").order_by("practitioner__name", "pk"))


def practitioners(*, access: Access) -> dict[str, str]:
    """Everybody who joined and has not left: names by id, in the order of the names."""
    here = Practitioner.objects.filter(left_at__gt=clock.now()).order_by("name", "pk")
    return dict(here.values_list("pk", "name"))


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
