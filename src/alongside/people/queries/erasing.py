"""Legal holds, proposals to erase, and who was registered so long ago that a period may be over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.people.models import ErasureProposal, LegalHold, Registration
from alongside.people.rules import Proposal


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold, or (`held` false) that one was lifted. `stands` until somebody lifts it."""

    id: str
    registration: str
    held: bool
    stands: bool
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal to erase, or what became of it. `waits` for a second person."""

    registration: str
    state: Proposal
    waits: bool
    died: date | None
    reason: str
    at: datetime
    by: str


def holds_of(registration: str, *, access: Access) -> list[Hold]:
    """Every legal hold on a registration of the reader's own service, and every lifting, the newest first. For whoever
    oversees privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    allowed.require_own(access, registration, "choices")
    rows = LegalHold.objects.filter(registration=registration).order_by("-occurred_at", "-pk")
    return [_hold(row) for row in allowed.show_with_superseded(access, rows)]


def holds(*, access: Access) -> list[Hold]:
    """The legal holds of the reader's own service that stand, the newest first. For whoever oversees privacy."""
    access.check_may("oversee")
    rows = LegalHold.objects.filter(service=access.service, held=True).order_by("-occurred_at", "pk")
    return [_hold(row) for row in allowed.show(access, rows)]


def is_held(registration: str, *, access: Access) -> bool:
    """Whether a legal hold stands on a registration: for the act that would erase it."""
    return LegalHold.objects.filter(registration=registration, held=True, superseded_by="").exists()


def proposals_of(registration: str, *, access: Access) -> list[Proposed]:
    """Every proposal to erase a registration of the reader's own service, and what became of it, the newest first."""
    allowed.require_own(access, registration, "choices")
    rows = ErasureProposal.objects.filter(registration=registration).order_by("-occurred_at", "superseded_by")
    return [_proposed(row) for row in allowed.show_with_superseded(access, rows)]


def proposals(*, access: Access) -> list[Proposed]:
    """The proposals of the reader's own service that wait for a second person, the oldest first."""
    rows = ErasureProposal.objects.filter(service=access.service, state=Proposal.PROPOSED)
    return [_proposed(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


def registered_before(day: datetime, *, after: str, most: int, access: Access) -> list[str]:
    """Registrations of the reader's own service that were made before an instant, in the order of their ids from the
    one after `after`; at most `most`. Ids only, for the list of periods that are over: their dates are asked for next.
    For whoever oversees privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    rows = Registration.objects.filter(service=access.service, occurred_at__lt=day, pk__gt=after).order_by("pk")
    return [row.pk for row in allowed.visible(access, rows)[:most]]


def born_and_registered(registrations: Iterable[str], *, access: Access) -> dict[str, tuple[date, datetime]]:
    """The date of birth of each registration, and when it was made: what a period is counted from at the least."""
    rows = Registration.objects.filter(pk__in=list(registrations))
    return {pk: (born, at) for pk, born, at in rows.values_list("pk", "birth_date", "occurred_at")}


def _hold(row: LegalHold) -> Hold:
    stands = row.held and not row.superseded_by
    return Hold(row.pk, row.registration_id, row.held, stands, row.reason, row.occurred_at, row.author)


def _proposed(row: ErasureProposal) -> Proposed:
    state = Proposal(row.state)
    waits = state is Proposal.PROPOSED and not row.superseded_by
    return Proposed(row.registration_id, state, waits, row.died_on, row.reason, row.occurred_at, row.author)
