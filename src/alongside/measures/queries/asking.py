"""What was asked of somebody, for those who asked; and the questions themselves, for the person who opened a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.measures.models import Ask, Draft
from alongside.measures.rules import asking
from alongside.measures.rules.asking import Standing
from alongside.organisations import queries as organisations


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask as staff see it: what and how, never what was answered and not sent."""

    id: str
    registration: str
    service: str
    instruments: tuple[str, ...]
    channel: str
    standing: Standing
    asked_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    author: str


def asks(registrations: Iterable[str], *, access: Access) -> list[Asked]:
    """Everything that was asked of these registrations, the newest first."""
    rows = Ask.objects.filter(registration__in=list(registrations)).order_by("-occurred_at", "-pk")
    return [_asked(row) for row in allowed.show(access, rows)]


def _asked(row: Ask) -> Asked:
    return Asked(
        id=row.pk,
        registration=row.registration_id,
        service=row.service,
        instruments=tuple(row.instruments),
        channel=row.channel,
        standing=asking.standing(row.state, row.tries, row.expires_at, clock.now()),
        asked_at=row.occurred_at,
        expires_at=row.expires_at,
        closed_at=row.closed_at,
        author=row.author,
    )


def ask(ask: str, *, access: Access) -> Asked:
    """One ask; `NotThere` where there is none or it is closed to the reader."""
    rows = allowed.show(access, Ask.objects.filter(pk=ask))
    if not rows:
        raise NotThere()
    return _asked(rows[0])


@dataclass(frozen=True, slots=True)
class Opened:
    """An ask as the person answers it: their own answers so far, by the place of the question. `jurisdiction` is of the
    service that asked: its edition of the words, and its numbers for help. `zone` is the time by which it lives."""

    id: str
    service: str
    jurisdiction: str
    zone: ZoneInfo
    instruments: tuple[str, ...]
    language: str
    drafts: dict[int, str]
    expires_at: datetime
    standing: Standing


def opened(asked: str, *, access: Access) -> Opened:
    """What a link opened, for the person who opened it (`Access.link`); `NotThere` for everybody else."""
    row = Ask.objects.filter(pk=asked, superseded_by="").first() if access == Access.link(asked) else None
    if row is None:
        raise NotThere()
    place = organisations.place(row.service, access=access)
    return Opened(
        id=row.pk,
        service=row.service,
        jurisdiction=place.jurisdiction,
        zone=ZoneInfo(place.zone),
        instruments=tuple(row.instruments),
        language=row.language,
        drafts=dict(Draft.objects.filter(ask=row).values_list("place", "answer")),
        expires_at=row.expires_at,
        standing=asking.standing(row.state, row.tries, row.expires_at, clock.now()),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """An ask that waits for its answer, as a reminder needs it."""

    id: str
    anchor: Anchor  # the registration, to queue a message for
    needs: int
    channel: str
    asked_at: datetime


def waiting(*, access: Access) -> dict[str, Waiting]:
    """The newest ask of each registration that somebody may still answer: for reminders, of every service."""
    rows = Ask.objects.select_related("registration").filter(state=Standing.OPEN, superseded_by="")
    live = rows.filter(expires_at__gt=clock.now(), tries__lt=asking.TRIES).order_by("occurred_at", "pk")
    return {
        row.registration_id: Waiting(row.pk, row.registration, row.needs, row.channel, row.occurred_at) for row in live
    }
