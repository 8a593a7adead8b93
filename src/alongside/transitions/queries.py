"""Handovers that wait for an answer, and discharges."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.transitions import models
from alongside.transitions.rules import State


@dataclass(frozen=True, slots=True)
class Proposed:
    """A handover of the lead that waits for its receiver, with what the sender said where the reader may see it."""

    id: str
    journey: str
    from_practitioner: str
    to_practitioner: str
    words: str
    proposed_at: datetime


def proposed(registrations: Iterable[str], *, access: Access) -> list[Proposed]:
    """Handovers about these registrations that wait for an answer, as far as the reader may see them."""
    notes = models.HandoverNote.objects.filter(
        registration__in=list(registrations), handover__state=State.PROPOSED
    ).select_related("handover")
    return [_proposed(row) for row in allowed.show(access, notes.order_by("occurred_at", "pk"))]


def _proposed(row: models.HandoverNote) -> Proposed:
    spine = row.handover
    return Proposed(
        spine.pk, spine.journey, spine.from_practitioner, spine.to_practitioner, row.words, spine.proposed_at
    )


@dataclass(frozen=True, slots=True)
class Left:
    """How an episode ended."""

    episode: str
    registration: str
    end_code: str
    words: str
    return_route: str
    at: datetime


def discharges(registrations: Iterable[str], *, access: Access) -> list[Left]:
    """Discharges of these registrations that the reader may see, the newest first."""
    rows = models.Discharge.objects.filter(registration__in=list(registrations)).order_by("-occurred_at", "pk")
    return [
        Left(row.episode, row.registration_id, row.end_code, row.words, row.return_route, row.occurred_at)
        for row in allowed.show(access, rows)
    ]


def open_things(*, access: Access) -> list[str]:
    """Handovers that wait for an answer, by id, for the continuity check: each must have exactly one open task."""
    return list(models.Handover.objects.filter(state=State.PROPOSED).values_list("pk", flat=True).order_by("pk"))
