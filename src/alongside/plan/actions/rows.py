"""Goals and actions as every act finds and leaves them: once, in the version that was seen, noted and logged."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.kernel.language import later
from alongside.plan.models import Action, Agreement, Goal, ItemStatus
from alongside.plan.rules import ActionState, GoalState

ROOM = "plan"
MOVED_ON = later("Somebody changed this while you were writing. Nothing was saved; look at it again.")
ADDED = later("This was already added. The first one stands.")


@contextmanager
def once(model: type[Goal | Action], by: Access, submission: str) -> Iterator[None]:
    """One transaction, in which a form that came before adds nothing."""
    try:
        with transaction.atomic():
            access.refuse_repeat(model=model, submission=submission, said=ADDED, by=by)
            yield
    except (IntegrityError, Stale):
        # Somebody sent the same form while we wrote: whatever else went wrong, went wrong because of that.
        access.refuse_repeat(model=model, submission=submission, said=ADDED, by=by)
        raise


def own(model: type[Goal | Action], item: str, version: int, by: Access) -> Goal | Action:
    """An item of the reader's own service, locked, in the version the page showed."""
    by.check_may("care")
    row = model.objects.select_for_update().filter(pk=item, superseded_by="").first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "plan")
    if row.version != version:
        raise Stale(MOVED_ON)
    return row


def end(row: Goal | Action, state: GoalState | ActionState, by: Access) -> None:
    """An item is in its last state from now on."""
    row.state, row.ended_at, row.version = state, clock.now(), row.version + 1
    row.save(update_fields=["state", "why", "ended_at", "version"])
    note(row, by)


def note(item: Goal | Action, by: Access) -> None:
    ItemStatus.objects.create(item=item.pk, state=item.state, at=clock.now(), by=by.actor)


def log(act: str, item: Goal | Action | Agreement, by: Access) -> None:
    access.log(by=by, act=f"plan.{act}", subject=item.pk, about=[item.registration_id])
