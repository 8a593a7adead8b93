"""Opening, handing over and closing tasks: only ever inside the action that changes what they are about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.tasks.models import Task
from alongside.tasks.rules import Holder

# Nearly every act closes something; composing this afresh took longer than running it.
_CLOSE = """
    UPDATE alongside_tasks_task SET closed_at = %s, outcome = %s WHERE room = %s AND about = %s AND closed_at IS NULL
"""


def _inside_an_action() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A task changes only together with what it is about.")


def open_task(
    *,
    room: str,
    about: str,
    kind: str,
    registration: str,
    service: str,
    needs: int,
    holder: Holder,
    due_at: datetime,
    by: Access,
) -> str:
    """Something is now owed by `holder`, by `due_at`; `registration` is the holder's service's. Returns its id.

    Where `about` is a record that was made from another registration's, the task answers to that one too: whoever may
    not read the one is not told of it by the other.
    """
    one = Opening(about, registration, service, _by_name(holder, registration, by), due_at)
    [task] = open_tasks(room=room, kind=kind, needs=needs, openings=[one], by=by)
    return task


def _by_name(holder: Holder, registration: str, by: Access) -> Holder:
    """Of a restricted registration nothing is a team's, which would not find it: whoever keeps it has it."""
    keeper = allowed.keeper_of(registration, access=by) if holder.team else ""
    return Holder(practitioner=keeper) if keeper else holder


@dataclass(frozen=True, slots=True)
class Opening:
    """One of several things of a kind that are owed from one moment on."""

    about: str
    registration: str
    service: str
    holder: Holder
    due_at: datetime


def open_tasks(*, room: str, kind: str, needs: int, openings: Sequence[Opening], by: Access) -> list[str]:
    """As `open_task`, several at once and in one statement; returns their ids."""
    _inside_an_action()
    rows = [
        Task(
            room=room,
            about=one.about,
            kind=kind,
            registration_id=one.registration,
            service=one.service,
            needs=needs,
            author=by.actor,
            occurred_at=clock.now(),
            holder_team=one.holder.team,
            holder_practitioner=one.holder.practitioner,
            due_at=one.due_at,
        )
        for one in openings
    ]
    Task.objects.insert(rows)
    access.copied_on(copies=[access.Copied(row.pk, row.about, row.registration_id) for row in rows], by=by)
    return [row.pk for row in rows]


def close(*, room: str, about: str, outcome: str, by: Access) -> None:
    """What was owed is done, or no longer owed; `outcome` says which."""
    _inside_an_action()
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [connection.ops.adapt_datetimefield_value(clock.now()), outcome, room, about])


def hand_over(*, room: str, about: str, holder: Holder, by: Access, due_at: datetime | None = None) -> None:
    """Somebody else of the same service now owes it; the due time stays unless a new one is given."""
    _inside_an_action()
    owed = Task.objects.filter(room=room, about=about, closed_at=None)
    for registration in owed.values_list("registration_id", flat=True)[:1] if holder.team else ():
        holder = _by_name(holder, registration, by)
    changed = {"holder_team": holder.team, "holder_practitioner": holder.practitioner}
    if due_at:
        changed["due_at"] = due_at
    owed.update(**changed)


def hand_over_all(*, leaver: str, service: str, holder: Holder, by: Access, of: str = "") -> int:
    """Everything that a practitioner still owes in one service, or there about one registration, goes to somebody else
    of it; returns how many."""
    _inside_an_action()
    owed = Task.objects.filter(holder_practitioner=leaver, service=service, closed_at=None)
    if of:
        owed = owed.filter(registration=of)
    return owed.update(holder_team=holder.team, holder_practitioner=holder.practitioner)


def keep_by_name(
    *, registration: str, service: str, keepers: Collection[str], to: str, but_for: str, by: Access
) -> list[str]:
    """What a team, or somebody who is not among `keepers`, owes about one registration in a service is owed by `to`
    from now on, except for one kind of task (`but_for`). Returns who had owed any of it in person."""
    _inside_an_action()
    owed = Task.objects.filter(registration=registration, service=service, closed_at=None)
    owed = owed.exclude(holder_practitioner__in=keepers).exclude(kind=but_for)
    others = sorted(set(owed.exclude(holder_practitioner="").values_list("holder_practitioner", flat=True)))
    owed.update(holder_team="", holder_practitioner=to)
    return others


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    return access.erase_rows(rows=[Task.objects.filter(registration=registration)], by=by)
