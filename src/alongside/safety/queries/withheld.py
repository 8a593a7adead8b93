"""Entries that are withheld from the person's own view, and what somebody else decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access import sealing
from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.safety import models
from alongside.safety.rules import Review


@dataclass(frozen=True, slots=True)
class Withholding:
    """One entry (`about`) that is withheld, or was: why, by whom, and where the second look stands. `words` is None
    where no key of this installation opens them; `mine` where the reader withheld it or wrote the entry."""

    id: str
    registration: str
    about: str
    why: str
    words: str | None
    state: Review
    at: datetime
    author: str
    mine: bool
    decided_at: datetime | None = None
    decided_by: str = ""


def withholding(withholding: str, *, access: Access) -> Withholding:
    """One of the reader's own service; `NotThere` where there is none or it is closed to the reader."""
    rows = allowed.show(access, models.Withholding.objects.filter(pk=withholding, service=access.service))
    if not rows:
        raise NotThere()
    return _one(rows[0], access)


def withheld(entries: Iterable[str], *, access: Access) -> dict[str, Withholding]:
    """The newest withholding of each of these entries that has one, as far as the reader may know of it."""
    rows = models.Withholding.objects.filter(about__in=list(entries), service=access.service)
    return {row.about: _one(row, access) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))}


def withheld_of(registration: str, *, access: Access) -> dict[str, Withholding]:
    """As `withheld`, for every entry about one registration of the reader's own service."""
    rows = models.Withholding.objects.filter(registration=registration, service=access.service)
    return {row.about: _one(row, access) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))}


def to_review(*, access: Access, most: int = 25) -> list[Withholding]:
    """What the reader's own service withholds and nobody else has looked at yet, the oldest first."""
    rows = models.Withholding.objects.filter(service=access.service, state=Review.OPEN).order_by("occurred_at", "pk")
    return [_one(row, access) for row in allowed.show(access, rows, most=most)]


def _one(row: models.Withholding, access: Access) -> Withholding:
    decided = None if row.state == Review.OPEN else row.reviews.order_by("pk").last()
    return Withholding(
        id=row.pk,
        registration=row.registration_id,
        about=row.about,
        why=row.why,
        words=_opened(row),
        state=Review(row.state),
        at=row.occurred_at,
        author=row.author,
        mine=access.actor in (row.author, row.written_by),
        decided_at=decided.at if decided else None,
        decided_by=decided.by if decided else "",
    )


def _opened(row: models.Withholding) -> str | None:
    try:
        return sealing.unseal(row.words, row.pk)
    except sealing.Unreadable:
        return None
