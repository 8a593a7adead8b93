"""Queueing a message inside the act that wants it, and dealing with one that failed."""

from django.db import connection, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.people import queries as people
from alongside.people.rules import Channel
from alongside.post.actions.ports import port
from alongside.post.models import Message, MessageStatus
from alongside.post.rules import State
from alongside.tasks import actions as tasks

ROOM = "post"


def check_channel(*, registration: str, channel: str, by: Access, address: str = "") -> None:
    """Raises `Invalid("channel", …)` in plain words where nothing may be sent that way, or nothing can be. `address` is
    that of somebody else than the person, who is to be told."""
    if channel not in set(Channel):
        raise Invalid("channel", "Choose how to send it.")
    if port(channel) is None:
        if channel == Channel.SMS:
            raise Invalid("channel", "No text messages are sent from here yet. Choose email, or ask on the telephone.")
        raise Invalid("channel", "No email is sent from here yet. Ask whoever runs Alongside, or ask on the telephone.")
    if not (address or people.reach(registration, access=by).address(channel)):
        if channel == Channel.SMS:
            raise Invalid(
                "channel",
                "Their details do not say that a text message is safe, or hold no number. Ask them and put it there.",
            )
        raise Invalid(
            "channel", "Their details do not say that an email is safe, or hold no address. Ask them and put it there."
        )


def queue(*, anchor: Anchor, kind: str, channel: str, about: str, needs: int, by: Access, beside: str = "") -> str:
    """Queue one message, to leave with the next round; returns its id, or nothing where the same one was queued before.

    Only ever inside the action that it belongs to, which asked for the registration, chose the channel with
    `check_channel` and logs.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A message is queued inside the action that it belongs to.")
    if Message.objects.filter(kind=kind, about=about, beside=beside).exists():
        return ""
    message = Message.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=needs,
        author=by.actor if by.service == anchor.service else "",
        occurred_at=clock.now(),
        kind=kind,
        channel=channel,
        about=about,
        beside=beside,
        state=State.QUEUED,
    )
    MessageStatus.objects.create(message=message, state=State.QUEUED, by=by.actor)
    return message.pk


def drop(*, about: str, by: Access) -> int:
    """What is still to be said about something is said no longer; returns how many messages that were.

    Only ever inside the action that closes what they are about.
    """
    waiting = list(Message.objects.filter(about=about, state__in=[State.QUEUED, State.FAILED]).order_by("pk"))
    return sum(_left(row, State.DROPPED if row.state == State.QUEUED else State.SETTLED, by) for row in waiting)


@transaction.atomic
def settle(*, message: str, by: Access) -> None:
    """Say that a message that failed was dealt with: the person was reached another way, or need not be.

    Raises `Stale` where somebody did so first, `NotThere` where there is none or it is closed to the reader.
    """
    by.check_may("care")
    row = Message.objects.filter(pk=message, service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, *policy.category_keys(row.needs))
    if row.state != State.FAILED or not _left(row, State.SETTLED, by):
        raise Stale("Somebody has already dealt with this. Nothing was saved.")
    access.log(by=by, act="post.settle", subject=message, about=[row.registration_id])


def _left(row: Message, state: State, by: Access) -> bool:
    if not Message.objects.filter(pk=row.pk, state=row.state).update(state=state):
        return False
    MessageStatus.objects.create(message=row, state=state, by=by.actor)
    tasks.close(room=ROOM, about=row.pk, outcome=state.value, by=by)
    return True


def reroute(*, registration: str, by: Access) -> int:
    """Work of this room to move after a consent changed: none. A message is its own service's to its own person."""
    return 0
