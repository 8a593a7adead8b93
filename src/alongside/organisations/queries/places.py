"""Services, teams and what they are called."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.access.context import Access
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.organisations.models import (
    Partnership,
    Practitioner,
    QualifiedOrganisation,
    Service,
    Team,
)


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
    jurisdiction: str
    part2: bool = False
    intermediary: str = ""  # the body through which its partnership's records pass, where there is one


def place(service: str, *, access: Access) -> Place:
    """A service by id; `NotThere` where there is none."""
    row = Service.objects.select_related("partnership").filter(pk=service).first()
    if row is None:
        raise NotThere()
    return _place(row)


def _place(row: Service) -> Place:
    return Place(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        partnership=row.partnership_id,
        agreement=row.partnership.agreement,
        phone=row.phone,
        zone=row.zone,
        jurisdiction=row.jurisdiction,
        part2=row.part2,
        intermediary=row.partnership.intermediary,
    )


def partners(*, access: Access) -> list[Place]:
    """The other services of the reader's partnership: the same list for everybody, whoever is known to them."""
    rows = Service.objects.select_related("partnership").filter(partnership__services=access.service)
    return [_place(row) for row in rows.exclude(pk=access.service).order_by("name")]


def open_services(*, access: Access) -> list[Place]:
    """Services a member of the public may refer themselves to."""
    kinds = ["talking_therapies", "substance_use"]
    rows = Service.objects.select_related("partnership").filter(kind__in=kinds).order_by("name")
    return [_place(row) for row in rows]


def jurisdictions(*, access: Access) -> list[str]:
    """Every jurisdiction that a service is in: for pages that somebody reads before a service is named."""
    return sorted(Service.objects.order_by().values_list("jurisdiction", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class TeamIn:
    """A team, and the service that it belongs to."""

    id: str
    name: str
    service: str


def teams(services: Iterable[str], *, access: Access) -> list[TeamIn]:
    """The teams of some services, by name."""
    rows = Team.objects.filter(service__in=list(services)).order_by("name", "pk")
    return [TeamIn(row.pk, row.name, row.service_id) for row in rows]


def intake_team(service: str, *, access: Access) -> str:
    """The team that takes what comes in to a service."""
    team = Team.objects.filter(service=service, takes_referrals=True).order_by("name").first()
    if team is None:
        raise NotAllowed("This service has no team that takes referrals. Ask it to set one up.")
    return team.pk


def has_team(service: str, team: str, *, access: Access) -> bool:
    """Whether a team belongs to a service."""
    return Team.objects.filter(pk=team, service=service).exists()


def pathway_of(service: str, *, access: Access) -> str:
    """The key of the pathway that a service's partnership runs; `NotThere` where there is no such service."""
    pathway = Partnership.objects.filter(services=service).values_list("pathway", flat=True).first()
    if pathway is None:
        raise NotThere()
    return pathway


def names(ids: set[str], *, access: Access) -> dict[str, str]:
    """What to call practitioners, teams, services and whoever works for one from outside on the screen, by id."""
    found: dict[str, str] = {}
    for model in (Practitioner, Team, Service, QualifiedOrganisation):
        prefix = model._meta.pk.prefix
        wanted = [one for one in ids if one.startswith(prefix)]
        if wanted:
            found.update(model.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return found
