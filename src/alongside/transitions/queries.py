"""Handovers that wait for an answer, and discharges."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.journey import queries as journeys
from alongside.kernel.errors import NotThere
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


def to_answer(handover: str, *, access: Access) -> tuple[str, Proposed]:
    """The reader's own registration and the handover that waits for them; `words` is empty where they may not read
    what was said. `NotThere` for anybody else's, and for one that was answered."""
    spine = models.Handover.objects.filter(pk=handover, to_practitioner=access.actor, state=State.PROPOSED).first()
    if spine is None:
        raise NotThere()
    own = journeys.side_of(spine.journey, access.service, access=access)
    notes = allowed.show(access, models.HandoverNote.objects.filter(handover=spine).select_related("handover"))
    if notes:
        return own, _proposed(notes[0])
    return own, Proposed(spine.pk, spine.journey, spine.from_practitioner, access.actor, "", spine.proposed_at)


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
