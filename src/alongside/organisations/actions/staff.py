"""Joiners, movers and leavers, who stands in for whom, and who is on duty."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations import rules
from alongside.organisations.models import (
    Cover,
    Duty,
    Practitioner,
    QualifiedOrganisation,
    RoleAssignment,
    Team,
    User,
)


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
def assign_role(
    *, practitioner: str, service: str, role: str, by: Access, team: str | None = None, under: str = ""
) -> str:
    """Give a practitioner a role in a team, or (no team) in the whole service; returns the assignment's id. `under`
    names the agreement by which somebody from outside works for the service: the role begins and ends with it.

    Raises `Invalid` naming `role`, `team` or `under`.
    """
    jobs = [key for key, one in policy.roles().items() if one.staff]
    if role not in jobs:
        raise Invalid("role", "{role!r} is not a role. Use one of {known}.", role=role, known=", ".join(jobs))
    if team and not Team.objects.filter(pk=team, service=service).exists():
        raise Invalid("team", "That team belongs to another service.")
    held = _under(under, service, role) if under else {}
    assignment = RoleAssignment.objects.create(
        practitioner_id=practitioner, service_id=service, team_id=team, role=role, **held
    )
    detail = {"role": role} | ({"under": under} if under else {})
    access.log(by=by, act="organisations.assign_role", subject=assignment.pk, detail=detail)
    return assignment.pk


def _under(agreement: str, service: str, role: str) -> dict[str, Any]:
    """The columns of a role that is held under an agreement, which is held until the role is written."""
    rules.check_from_outside(role, policy.roles()[role].does)
    row = QualifiedOrganisation.objects.select_for_update().filter(pk=agreement, service=service).first()
    if row is None:
        raise Invalid("under", "This service has no such agreement.")
    now = clock.now()
    if row.until_at <= now:
        raise Invalid("under", "That agreement has ended. Record the new one first.")
    return {"under": row, "from_at": max(now, row.from_at), "until_at": row.until_at}


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
