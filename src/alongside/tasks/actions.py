"""Opening, handing over and closing tasks: only ever inside the action that changes what they are about."""

from datetime import datetime

from django.db import connection

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
    """Something is now owed by `holder`, by `due_at`; `registration` is the holder's service's. Returns its id."""
    _inside_an_action()
    task = Task.objects.create(
        room=room,
        about=about,
        kind=kind,
        registration_id=registration,
        service=service,
        needs=needs,
        author=by.actor,
        occurred_at=clock.now(),
        holder_team=holder.team,
        holder_practitioner=holder.practitioner,
        due_at=due_at,
    )
    return task.pk


def close(*, room: str, about: str, outcome: str, by: Access) -> None:
    """What was owed is done, or no longer owed; `outcome` says which."""
    _inside_an_action()
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [connection.ops.adapt_datetimefield_value(clock.now()), outcome, room, about])


def hand_over(*, room: str, about: str, holder: Holder, by: Access, due_at: datetime | None = None) -> None:
    """Somebody else of the same service now owes it; the due time stays unless a new one is given."""
    _inside_an_action()
    changed = {"holder_team": holder.team, "holder_practitioner": holder.practitioner}
    if due_at:
        changed["due_at"] = due_at
    Task.objects.filter(room=room, about=about, closed_at=None).update(**changed)


def hand_over_all(*, leaver: str, service: str, holder: Holder, by: Access, of: str = "") -> int:
    """Everything that a practitioner still owes in one service, or there about one registration, goes to somebody else
    of it; returns how many."""
    _inside_an_action()
    owed = Task.objects.filter(holder_practitioner=leaver, service=service, closed_at=None)
    if of:
        owed = owed.filter(registration=of)
    return owed.update(holder_team=holder.team, holder_practitioner=holder.practitioner)
