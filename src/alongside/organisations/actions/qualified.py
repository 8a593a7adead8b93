"""Agreements with organisations that work for a programme under 42 CFR Part 2."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere
from alongside.kernel.periods import over
from alongside.organisations import rules
from alongside.organisations.models import QualifiedOrganisation, RoleAssignment, Service
from alongside.organisations.rules import Agreement


@transaction.atomic
def record_qualified(*, service: str, agreement: Agreement, by: Access) -> str:
    """An agreement with a qualified service organisation (42 CFR 2.11 and 2.12(c)(4)); returns its id. It opens nothing
    by itself: somebody holds a role under it (`assign_role`).

    Only the service's privacy lead or an administrator of it, or whoever runs the installation. Raises `Invalid` naming
    what is missing or wrong, and `name` where the service is no such programme.
    """
    _require(by, service)
    row = Service.objects.select_for_update().get(pk=service)
    if not row.part2:
        raise Invalid("name", "Only a programme under 42 CFR Part 2 has such agreements.")
    told, zone = rules.check_agreement(agreement, clock.today()), ZoneInfo(row.zone)
    begins = datetime.combine(told.agreed_on, time(), tzinfo=zone)
    same = QualifiedOrganisation.objects.filter(service=row, name=told.name, work=told.work, from_at=begins)
    if same.filter(until_at__gt=clock.now()).exists():
        raise Invalid("name", "This agreement stands already.")
    made = QualifiedOrganisation.objects.create(
        service=row,
        name=told.name,
        work=told.work,
        from_at=begins,
        until_at=over(told.ends_on, zone),
        recorded_by=by.actor,
    )
    detail = {"agreed_on": told.agreed_on.isoformat(), "ends_on": told.ends_on.isoformat() if told.ends_on else ""}
    access.log(by=by, act="organisations.record_qualified", subject=made.pk, detail=detail)
    return made.pk


@transaction.atomic
def end_qualified(*, agreement: str, by: Access) -> int:
    """End an agreement now, and with it every role that is held under it: their next request sees nothing. Returns how
    many roles those were. `NotThere` for another service's, and where it has ended."""
    row = QualifiedOrganisation.objects.select_for_update().filter(pk=agreement).first()
    now = clock.now()
    if row is None or row.until_at <= now or by.service not in ("", row.service_id):
        raise NotThere()
    _require(by, row.service_id)
    row.until_at, row.ended_by = now, by.actor
    row.save(update_fields=["until_at", "ended_by"])
    roles = RoleAssignment.objects.filter(under=row, until_at__gt=now).update(until_at=now)
    access.log(by=by, act="organisations.end_qualified", subject=row.pk, detail={"roles": roles})
    return roles


def _require(by: Access, service: str) -> None:
    ours = by.service == service and not by.under and (by.may("oversee") or by.may("book"))
    if by.role != "system" and not ours:
        raise NotAllowed("Only the privacy lead or an administrator of the service can do this.")
