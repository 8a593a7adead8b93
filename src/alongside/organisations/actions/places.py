"""Partnerships, services, teams and opening hours."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later
from alongside.organisations import rules
from alongside.organisations.models import Partnership, Service, Team
from alongside.organisations.rules import ServiceKind


@transaction.atomic
def open_partnership(*, name: str, pathway: str, agreement: str, by: Access, intermediary: str = "") -> str:
    """A new partnership running `pathway` under `agreement` (keys of definitions); returns its id. `intermediary` as in
    `set_intermediary`."""
    if not name.strip():
        raise Invalid("name", "Give the partnership a name.")
    if Partnership.objects.filter(name=name).exists():
        raise Invalid("name", "There is already a partnership called {name}.", name=name)
    through = rules.intermediary(intermediary)
    partnership = Partnership.objects.create(name=name, pathway=pathway, agreement=agreement, intermediary=through)
    access.log(by=by, act="organisations.open_partnership", subject=partnership.pk)
    return partnership.pk


@transaction.atomic
def set_intermediary(*, partnership: str, name: str, by: Access) -> None:
    """Name the body through which the partnership's records pass from now on, where that is neither a programme, a
    covered entity nor a business associate (42 CFR 2.11); empty where there is none any more. What was signed before
    names whom it named then."""
    row = Partnership.objects.select_for_update().get(pk=partnership)
    row.intermediary = rules.intermediary(name)
    row.save(update_fields=["intermediary"])
    access.log(by=by, act="organisations.set_intermediary", subject=partnership, detail={"name": row.intermediary})


@transaction.atomic
def add_service(
    *,
    partnership: str,
    name: str,
    kind: str,
    organisation: str,
    by: Access,
    code: str = "",
    phone: str = "",
    zone: str = "Europe/London",
    jurisdiction: str = "uk",
    part2: bool = False,
    hours: Mapping[str, list[list[str]]] | None = None,
) -> str:
    """A service of the partnership, with its opening hours (weekdays 09:00 to 17:00 unless given); returns its id.

    `jurisdiction` (uk or us) says whose bands, cut-offs, wordings and numbers for help hold there; `part2`, that it is
    a programme under 42 CFR Part 2.
    """
    if jurisdiction not in rules.JURISDICTIONS:
        known = ", ".join(rules.JURISDICTIONS)
        raise Invalid("jurisdiction", "{where!r} is not known. Use one of {known}.", where=jurisdiction, known=known)
    if kind not in set(ServiceKind):
        raise Invalid(
            "kind", "{kind!r} is not a kind of service. Use one of {known}.", kind=kind, known=", ".join(ServiceKind)
        )
    written = dict(hours or rules.usual_hours())
    rules.opening_hours(written, zone)
    service = Service(
        partnership=Partnership.objects.get(pk=partnership),
        kind=kind,
        name=name,
        organisation=organisation,
        code=code,
        phone=phone,
        zone=zone,
        jurisdiction=jurisdiction,
        hours=written,
        part2=part2,
    )
    pack = rules.pack(jurisdiction, part2=part2)
    _save_once(service, later("This partnership already has a service called {name}."))
    access.know_place(service=service.pk, kind=kind, pack=pack, by=by)
    access.log(by=by, act="organisations.add_service", subject=service.pk)
    return service.pk


@transaction.atomic
def set_part2(*, service: str, part2: bool, by: Access) -> None:
    """The service is, or is no longer, a programme under 42 CFR Part 2: what its records open follows at once."""
    row = Service.objects.get(pk=service)
    pack = rules.pack(row.jurisdiction, part2=part2)
    Service.objects.filter(pk=service).update(part2=part2)
    access.know_place(service=service, kind=row.kind, pack=pack, by=by)
    access.log(by=by, act="organisations.set_part2", subject=service, detail={"part2": part2})


@transaction.atomic
def set_hours(*, service: str, hours: Mapping[str, list[list[str]]], by: Access) -> None:
    """New opening hours, from now on: what is due already keeps the time it was promised for."""
    row = Service.objects.select_for_update().get(pk=service)
    rules.opening_hours(hours, row.zone)
    row.hours = dict(hours)
    row.save(update_fields=["hours"])
    access.log(by=by, act="organisations.set_hours", subject=service, detail={"hours": row.hours})


@transaction.atomic
def add_team(*, service: str, name: str, by: Access, takes_referrals: bool = True) -> str:
    """A team of a service; returns its id."""
    team = Team(service=Service.objects.get(pk=service), name=name, takes_referrals=takes_referrals)
    _save_once(team, later("This service already has a team called {name}."))
    access.log(by=by, act="organisations.add_team", subject=team.pk)
    return team.pk


def _save_once(row: Service | Team, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Invalid("name", taken, name=row.name) from None
