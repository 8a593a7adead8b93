"""Sending what waits. Each message is claimed, then sent with no lock held, then marked: whoever is interrupted between
the last two sends it once more, and a person who is told twice loses less than one who is never told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.people.rules import Reach
from alongside.post import rules
from alongside.post.actions.ports import NotTaken, port
from alongside.post.actions.queueing import ROOM
from alongside.post.models import Message, MessageStatus
from alongside.post.rules import Fault, Letter, State
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

MOST = 500  # in one round

# What a room gives to have its messages written: their words as things stand now, or None where nothing is to be said.
Writer = Callable[[str, str, Reach], Letter | None]  # of what it is about, what it stands beside, and how they allow it
# Where a message goes that is not to the person themselves, by what it is about.
Elsewhere = Mapping[str, Callable[[str], str]]


@dataclass(slots=True)
class Round:
    """What became of the messages of one round."""

    sent: int = 0
    dropped: int = 0
    failed: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class _Claimed:
    message: Message
    to: str
    letter: Letter


def dispatch(*, writers: Mapping[str, Writer], by: Access, elsewhere: Elsewhere | None = None) -> Round:
    """Send what is due, each message decided again and written now by the writer of its kind. Kinds of `elsewhere` go
    to somebody else than the person, whom an act let be told."""
    done = Round()
    due = Message.objects.filter(state=State.QUEUED, next_attempt_at__lte=clock.now(), kind__in=list(writers))
    for row in list(due.order_by("next_attempt_at", "pk")[:MOST]):
        try:
            claimed = _claim(row, writers[row.kind], (elsewhere or {}).get(row.kind), done, by)
        except AlongsideError:  # one service without a team, say, must not hold up everybody else's messages
            done.later += 1
            continue
        if claimed:
            _send(claimed, done, by)
    return done


@transaction.atomic
def _claim(
    row: Message, write: Writer, elsewhere: Callable[[str], str] | None, done: Round, by: Access
) -> _Claimed | None:
    """The message as ours to send; None where another runner has it or nothing is to be sent.

    Whoever says that an address is not safe, or takes back what the message is about, does so before this or after it:
    the registration is locked. The ledger says that it leaves before it does, since afterwards may never come.
    """
    access.lock(registrations=[row.registration_id], by=by)
    later = rules.next_attempt(row.attempts + 1, clock.now())
    ours = Message.objects.filter(pk=row.pk, state=State.QUEUED, attempts=row.attempts)
    if not ours.update(attempts=row.attempts + 1, next_attempt_at=later or clock.now()):
        return None
    row.attempts += 1
    reach = people.reach(row.registration_id, access=by)
    to = elsewhere(row.about) if elsewhere else reach.address(row.channel)
    if not to or port(row.channel) is None:
        _failed(row, Fault.NOT_SAFE if not to else Fault.NOT_TAKEN, by)
        done.failed += 1
        return None
    letter = write(row.about, row.beside, reach)
    if letter is None:
        _move(row, State.DROPPED, by)
        done.dropped += 1
        return None
    access.log(by=by, act="post.leaves", subject=row.pk, about=[row.registration_id], detail={"by": row.channel})
    return _Claimed(row, to, letter)


def _send(claimed: _Claimed, done: Round, by: Access) -> None:
    row = claimed.message
    way = port(row.channel)
    try:
        if way:
            way.send(claimed.to, claimed.letter, row)
    except NotTaken:
        _not_taken(row, done, by)
        return
    with transaction.atomic():
        _move(row, State.SENT, by, sent_at=clock.now())
        access.log(by=by, act="post.sent", subject=row.pk, about=[row.registration_id], detail={"by": row.channel})
    done.sent += 1


@transaction.atomic
def _not_taken(row: Message, done: Round, by: Access) -> None:
    if row.attempts < rules.ATTEMPTS:
        done.later += 1
    else:
        _failed(row, Fault.NOT_TAKEN, by)
        done.failed += 1


def _failed(row: Message, fault: Fault, by: Access) -> None:
    """Somebody owes what the machine could not do: whoever asked for it, or the team that takes what comes in."""
    _move(row, State.FAILED, by, fault=fault)
    tasks.open_task(
        room=ROOM,
        about=row.pk,
        kind="not_sent",
        registration=row.registration_id,
        service=row.service,
        needs=row.needs,
        holder=_holder(row, by),
        due_at=rules.due_at(clock.now(), organisations.hours_of(row.service, access=by)),
        by=by,
    )
    access.log(by=by, act="post.failed", subject=row.pk, about=[row.registration_id], detail={"fault": fault.value})


def _holder(row: Message, by: Access) -> Holder:
    if row.author and organisations.works_in(row.author, row.service, access=by):
        return Holder(practitioner=row.author)
    return Holder(team=organisations.intake_team(row.service, access=by))


def _move(row: Message, state: State, by: Access, **changed: object) -> None:
    Message.objects.filter(pk=row.pk).update(state=state, **changed)
    MessageStatus.objects.create(message=row, state=state, by=by.actor, fault=str(changed.get("fault", "")))
