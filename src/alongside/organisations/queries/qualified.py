"""Agreements with organisations that work for a programme under 42 CFR Part 2."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.kernel import clock
from alongside.organisations.models import QualifiedOrganisation


@dataclass(frozen=True, slots=True)
class Qualified:
    """One agreement, with those who hold a role under it now. `ended_by` is empty where nobody ended it before its
    day."""

    id: str
    name: str
    work: str
    from_at: datetime
    until_at: datetime
    recorded_by: str
    recorded_at: datetime
    ended_by: str
    workers: tuple[str, ...]

    @property
    def over(self) -> bool:
        return self.until_at <= clock.now()

    @property
    def to_come(self) -> bool:
        return not self.over and self.from_at > clock.now()


def qualified(service: str, *, access: Access) -> list[Qualified]:
    """Every agreement of a service, those that stand first, by name. It tells nothing about anybody in treatment."""
    rows = QualifiedOrganisation.objects.filter(service=service).prefetch_related("assignments__practitioner")
    found = [_qualified(row) for row in rows.order_by("name", "-from_at", "pk")]
    return sorted(found, key=lambda one: one.over)


def _qualified(row: QualifiedOrganisation) -> Qualified:
    now = clock.now()
    live = [one for one in row.assignments.all() if one.from_at <= now < one.until_at]
    return Qualified(
        id=row.pk,
        name=row.name,
        work=row.work,
        from_at=row.from_at,
        until_at=row.until_at,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        ended_by=row.ended_by,
        workers=tuple(sorted({one.practitioner.name for one in live})),
    )
