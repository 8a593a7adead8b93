"""Setting up a partnership, and joiners, movers and leavers."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later
from alongside.organisations import rules
from alongside.organisations.models import (
    Cover,
    Duty,
    Partnership,
    Practitioner,
    RoleAssignment,
    Service,
    Team,
    User,
)
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


@transaction.atomic
def join(*, name: str, email: str, by: Access, password: str | None = None, qualification: str = "") -> str:
    """Somebody joins: a practitioner and their sign-in; returns the practitioner's id.

    Without a password they set one by email.
    """
    if User.objects.filter(email=email.lower()).exists():
        raise Invalid("email", "Somebody already signs in as {email}.", email=email)
    practitioner = Practitioner.objects.create(name=name, qualification=qualification)
    User.objects.create_user(email, password, practitioner=practitioner)
    access.log(by=by, act="organisations.join", subject=practitioner.pk)
    return practitioner.pk


@transaction.atomic
def own_sign_in(*, email: str, password: str, by: Access) -> str:
    """The sign-in (its id) of somebody in treatment: made with this password, or theirs already where the password is
    right. Who may open what with it, others decide.

    Raises `Invalid("password", …)` where it is wrong, or where the address is one that somebody works here with: what
    is read at work and what is one's own are never one sign-in.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        return User.objects.create_user(email, password).pk
    if user.practitioner_id:
        raise Invalid("password", "You work here with this email address. Give the service another one of yours.")
    if not user.check_password(password):
        raise Invalid("password", "The password is not right. It is the one that you sign in with already.")
    return user.pk


@transaction.atomic
def end_own_sign_in(*, user: str, by: Access) -> None:
    """Delete the sign-in of somebody in treatment, with its second steps, where the last record that it opened is
    erased. Whose record it opened, others knew."""
    User.objects.filter(pk=user, practitioner=None).delete()


@transaction.atomic
def assign_role(*, practitioner: str, service: str, role: str, by: Access, team: str | None = None) -> str:
    """Give a practitioner a role in a team, or (no team) in the whole service; returns the assignment's id."""
    jobs = [key for key, one in policy.roles().items() if one.staff]
    if role not in jobs:
        raise Invalid("role", "{role!r} is not a role. Use one of {known}.", role=role, known=", ".join(jobs))
    if team and not Team.objects.filter(pk=team, service=service).exists():
        raise Invalid("team", "That team belongs to another service.")
    assignment = RoleAssignment.objects.create(
        practitioner_id=practitioner, service_id=service, team_id=team, role=role
    )
    access.log(by=by, act="organisations.assign_role", subject=assignment.pk, detail={"role": role})
    return assignment.pk


@transaction.atomic
def end_role(*, assignment: str, by: Access) -> None:
    """End one role now. Grants need no change: they name handles, and the handle no longer speaks for this human."""
    RoleAssignment.objects.filter(pk=assignment, until_at__gt=clock.now()).update(until_at=clock.now())
    access.log(by=by, act="organisations.end_role", subject=assignment)


@transaction.atomic
def leave(*, practitioner: str, by: Access) -> None:
    """Somebody leaves: all roles end now and the sign-in closes. First, `sharing.leaver` hands over what they hold.

    With the password go every session and every link to set a new one, also if the sign-in is opened again one day.
    """
    now = clock.now()
    RoleAssignment.objects.filter(practitioner=practitioner, until_at__gt=now).update(until_at=now)
    Practitioner.objects.filter(pk=practitioner).update(left_at=now)
    User.objects.filter(practitioner=practitioner).update(is_active=False, password=make_password(None))
    access.log(by=by, act="organisations.leave", subject=practitioner)


@transaction.atomic
def cover(*, absent: str, covered_by: str, from_at: datetime, until_at: datetime, by: Access) -> str:
    """`covered_by` reads and acts for `absent`'s caseload for a time; returns the cover's id."""
    if until_at <= from_at:
        raise Invalid("until", "Cover must end after it begins.")
    if absent == covered_by:
        raise Invalid("covered by", "Nobody can cover for themselves.")
    row = Cover.objects.create(absent_id=absent, covered_by_id=covered_by, from_at=from_at, until_at=until_at)
    access.log(by=by, act="organisations.cover", subject=row.pk)
    return row.pk


@transaction.atomic
def put_on_duty(*, team: str, day: date, practitioner: str, by: Access) -> None:
    """Who takes what is urgent for a team on a day; a later choice replaces an earlier one."""
    Duty.objects.update_or_create(team_id=team, day=day, defaults={"practitioner_id": practitioner})
    access.log(by=by, act="organisations.put_on_duty", subject=team, detail={"day": day.isoformat()})
