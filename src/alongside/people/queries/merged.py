"""Which two registrations of one service are, or may be, of the same human."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.people.models import ErasureProposal, Merge, Registration
from alongside.people.queries.finding import same_human
from alongside.people.queries.identities import PersonHeader, header_of
from alongside.people.rules import LIVE, Identity, Proposal, Same


@dataclass(frozen=True, slots=True)
class Merged:
    """What was proposed or stands about two registrations: `theirs` is the other one, seen from the one asked about."""

    id: str
    theirs: str
    state: Same
    reason: str
    proposed_by: str
    proposed_at: datetime
    confirmed: bool


def merged(registration: str, *, access: Access) -> Merged | None:
    """What is proposed or stands about a registration of the reader's own service; None where nothing is."""
    either = Q(registration=registration) | Q(other=registration)
    rows = allowed.show(access, Merge.objects.filter(either, service=access.service, state__in=LIVE), most=1)
    for row in rows:
        theirs = row.other if row.registration_id == registration else row.registration_id
        confirmed = row.confirmed_at is not None
        return Merged(row.pk, theirs, Same(row.state), row.reason, row.author, row.occurred_at, confirmed)
    return None


@dataclass(frozen=True, slots=True)
class Parted:
    """What was decided against, or taken apart again: by which reason it was proposed, by which it ended."""

    theirs: str
    reason: str
    ended_because: str  # empty where a second person said no
    proposed_by: str
    ended_at: datetime


def parted(registration: str, *, access: Access) -> list[Parted]:
    """The records that a registration of the reader's own service was thought to be one with, the newest end first."""
    either = Q(registration=registration) | Q(other=registration)
    over = Merge.objects.filter(either, service=access.service).exclude(state__in=LIVE)
    return [
        Parted(
            row.other if row.registration_id == registration else row.registration_id,
            row.reason,
            row.ended_because,
            row.author,
            row.ended_at,
        )
        for row in allowed.show(access, over.order_by("-ended_at", "pk"), most=25)
    ]


def may_be_same(registration: str, identity: Identity, *, access: Access) -> list[PersonHeader]:
    """Others of the reader's own service with the same number, or the same name and birth date."""
    rows = Registration.objects.filter(same_human(identity), service=access.service).exclude(pk=registration)
    return [header_of(row) for row in allowed.show(access, rows.order_by("pk"), most=25)]


def open_things(*, access: Access) -> list[str]:
    """What waits for a second person, by id, for the continuity check: whether two records are one person's, and
    whether one is erased."""
    merges = Merge.objects.filter(state=Same.PROPOSED).order_by("pk").values_list("pk", flat=True)
    erasures = ErasureProposal.objects.filter(state=Proposal.PROPOSED, superseded_by="").order_by("pk")
    return [*merges, *erasures.values_list("pk", flat=True)]
