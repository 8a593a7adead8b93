"""Who works in a service, for lists to choose from and for whoever asks what somebody could see."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from alongside.access.context import Access
from alongside.access.rules import Handle, Mask
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.organisations import held
from alongside.organisations.models import (
    Practitioner,
    RoleAssignment,
    Service,
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A practitioner in a role, for lists to choose from."""

    id: str
    name: str
    role: str
    service: str
    team: str | None


def colleagues(service: str, *, access: Access, act: str | None = "care") -> list[Colleague]:
    """Those who work in a service now in a role that may do `act`, or in any where `act` is None, by name."""
    now = clock.now()
    roles = [role.key for role in policy.roles().values() if act is None or act in role.does]
    rows = RoleAssignment.objects.filter(service=service, role__in=roles, from_at__lte=now, until_at__gt=now)
    rows = rows.select_related("practitioner").order_by("practitioner__name", "pk")
    return [Colleague(r.practitioner_id, r.practitioner.name, r.role, r.service_id, r.team_id) for r in rows]


def live_roles(practitioners: Collection[str], *, access: Access) -> list[Colleague]:
    """Every role that some practitioners hold now, in whatever service, by the name of each."""
    now = clock.now()
    rows = RoleAssignment.objects.filter(practitioner__in=practitioners, from_at__lte=now, until_at__gt=now)
    rows = rows.select_related("practitioner").order_by("practitioner__name", "pk")
    return [Colleague(r.practitioner_id, r.practitioner.name, r.role, r.service_id, r.team_id) for r in rows]


def ceilings(services: Collection[str], *, access: Access) -> list[Mask]:
    """The most of another service's record that each role may see which treats people and which somebody holds in these
    services now; everything where nobody works there yet."""
    now = clock.now()
    held = RoleAssignment.objects.filter(service__in=services, from_at__lte=now, until_at__gt=now)
    known, care = policy.roles(), policy.purposes_mask("direct_care")
    found = [known[key] for key in sorted(set(held.values_list("role", flat=True)))]
    return [one.other for one in found if one.purposes & care] if found else [policy.all_categories()]


def works_in(practitioner: str, service: str, *, access: Access) -> bool:
    """Whether somebody holds a live role in a service."""
    now = clock.now()
    rows = RoleAssignment.objects.filter(practitioner=practitioner, service=service)
    return rows.filter(from_at__lte=now, until_at__gt=now).exists()


def reader(practitioner: str, service: str, *, access: Access) -> Access:
    """Whoever somebody is when they read in a service, to ask what they could see: by name, by caseload, by team."""
    teams = {one.team for one in colleagues(service, access=access) if one.id == practitioner and one.team}
    held = (Handle.caseload(practitioner, service), Handle.held(practitioner, service))
    partners = Service.objects.filter(partnership__services=service).order_by("pk").values_list("pk", flat=True)
    named = [Handle.practitioner(practitioner), *(Handle.named(practitioner, one) for one in partners)]
    read = Access.reading(service, *held, *named, *map(Handle.team, sorted(teams)))
    return replace(read, actor=practitioner)  # what is closed to them by name is closed to them in a copy, too


def service_of(practitioner: str, *, access: Access) -> str:
    """The service somebody works in now; `NotThere` where they hold no live role."""
    live = held.by_practitioner(practitioner)
    if not live:
        raise NotThere()
    return live[0].service


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
