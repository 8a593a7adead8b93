"""Messages as pages show them, and the mailbox of a demonstration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.post import models
from alongside.post.models import Postcard
from alongside.post.rules import State


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `sent_at` is None until it left; `fault` says why it did not."""

    id: str
    registration: str
    service: str
    kind: str
    channel: str
    about: str
    state: State
    queued_at: datetime
    sent_at: datetime | None
    fault: str
    author: str


def messages(about: Iterable[str], *, access: Access) -> list[Message]:
    """What was sent, or waits to be, about some things (ids of another room), the oldest first."""
    rows = models.Message.objects.filter(about__in=list(about)).order_by("occurred_at", "pk")
    return [_message(row) for row in allowed.show(access, rows)]


def message(message: str, *, access: Access) -> Message:
    """One message; `NotThere` where there is none or it is closed to the reader."""
    rows = allowed.show(access, models.Message.objects.filter(pk=message))
    if not rows:
        raise NotThere()
    return _message(rows[0])


def _message(row: models.Message) -> Message:
    return Message(
        id=row.pk,
        registration=row.registration_id,
        service=row.service,
        kind=row.kind,
        channel=row.channel,
        about=row.about,
        state=State(row.state),
        queued_at=row.occurred_at,
        sent_at=row.sent_at,
        fault=row.fault,
        author=row.author,
    )


def open_things(*, access: Access) -> list[str]:
    """Messages that failed and that nobody has dealt with: each has one open task. Ids only."""
    return list(models.Message.objects.filter(state=State.FAILED).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Kept:
    """One message as a demonstration shows it instead of sending it."""

    at: datetime
    channel: str
    address: str
    subject: str
    text: str


def mailbox(*, access: Access, most: int = 50) -> Sequence[Kept]:
    """What a demonstration would have sent, the newest first. Empty in every real installation."""
    rows = Postcard.objects.select_related("message").order_by("-at", "-pk")[:most]
    return [Kept(row.at, row.message.channel, row.address, row.subject, row.text) for row in rows]
