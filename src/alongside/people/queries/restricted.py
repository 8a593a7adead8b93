"""Who is kept to a few by name, and why."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.people.models import Restriction


@dataclass(frozen=True, slots=True)
class Kept:
    """To whom a registration is kept by name, or (`restricted` false) that it is kept to them no longer."""

    registration: str
    restricted: bool
    named: tuple[str, ...]
    keeper: str
    reason: str
    at: datetime
    by: str


def kept_of(registration: str, *, access: Access) -> list[Kept]:
    """Every time that it was changed to whom a registration of the reader's own service is kept, the newest first.

    For whoever oversees privacy (`NotAllowed` for others).
    """
    access.check_may("oversee")
    allowed.require_own(access, registration, "choices")
    rows = Restriction.objects.filter(registration=registration)
    before = {row.superseded_by: row for row in allowed.show_with_superseded(access, rows)}
    return [_kept(row) for row in _back_from(before)]


def _back_from(before: Mapping[str, Restriction]) -> Iterator[Restriction]:
    """From the one that stands to the one it took the place of, and so on; two may be of one moment."""
    row = before.get("")
    while row is not None:
        yield row
        row = before.get(row.pk)


def kept(*, access: Access) -> list[Kept]:
    """Everybody of the reader's own service who is kept to a few by name now, the newest first. For whoever oversees
    privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    rows = Restriction.objects.filter(service=access.service, restricted=True).order_by("-occurred_at", "pk")
    return [_kept(row) for row in allowed.show(access, rows)]


def named_for(practitioner: str, service: str, *, access: Access) -> list[str]:
    """The registrations of a service that are kept to somebody. Ids only, for the act that replaces them."""
    standing = Restriction.objects.filter(service=service, superseded_by="", restricted=True)
    return [row.registration_id for row in standing.order_by("registration") if practitioner in row.named]


def is_named_for(practitioner: str, registration: str, *, access: Access) -> bool:
    """Whether somebody is among those to whom a registration is kept: for the act that closes it to them."""
    standing = Restriction.objects.filter(registration=registration, superseded_by="", restricted=True)
    named: Collection[str] = standing.values_list("named", flat=True).first() or ()
    return practitioner in named


def _kept(row: Restriction) -> Kept:
    return Kept(
        registration=row.registration_id,
        restricted=row.restricted,
        named=tuple(row.named),
        keeper=row.keeper,
        reason=row.reason,
        at=row.occurred_at,
        by=row.author,
    )
