"""What follows where somebody said yes, and what a discharge leaves behind."""

from collections.abc import Sequence

from django.db import connection, transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.consultation import queries as questions
from alongside.kernel.errors import Duplicate, NotThere, Stale
from alongside.referral import queries as referrals
from alongside.screening import rules
from alongside.screening.actions import rows
from alongside.screening.actions.asking import SAVED
from alongside.screening.models import Screening, ScreeningStatus
from alongside.screening.rules import State, Step


@transaction.atomic
def take_on(*, screening: str, steps: Sequence[Step], by: Access, seen: str = "", submission: str = "") -> None:
    """Take what screening found one or more steps on: talked about and offered in one conversation are two. `seen` is
    the state that the page showed.

    Raises `NotAllowed` for a step that does not follow, `Invalid` naming the state that must say more, `Duplicate` for
    the same submission again, `Stale` where somebody put it right or took it on since, `NotThere` where it, or the
    referral or question named, is closed to the reader or about somebody else.
    """
    by.check_may("care")
    row = rows.standing(screening, by)
    _refuse_repeat(row, submission, by)
    if seen and seen != row.state:
        raise Stale("Somebody has taken this on since you opened it. Nothing was saved; look at what they wrote.")
    for step in steps:
        rules.check_step(State(row.state), step)
        _check_thing(step.thing, row.registration_id, by)
        rows.move(row, step, by, submission)
        access.log(by=by, act="screening.take_on", subject=row.pk, about=[row.registration_id])


def _refuse_repeat(row: Screening, submission: str, by: Access) -> None:
    if submission and ScreeningStatus.objects.filter(screening=row, by=by.actor, submission=submission).exists():
        raise Duplicate(SAVED, row.pk)


def _check_thing(thing: str, registration: str, by: Access) -> None:
    if not thing:
        return
    sent = {one.id for one in referrals.sent(registrations=[registration], access=by)}
    if thing not in sent | {one.id for one in questions.about([registration], access=by)}:
        raise NotThere()


def leave(*, registration: str, by: Access) -> int:
    """The person's stay here ends: whatever screening found and nobody took to its end is closed as that. Returns how
    many there were.

    Only ever inside the action that ends the stay, which asked for the registration and logs.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("What screening found is left only together with the stay.")
    left = rows.open_ones(registration)
    for row in left.values():
        rows.move(row, Step(State.LEFT), by)
    return len(left)


def reroute(*, registration: str, by: Access) -> int:
    """Work of this room to move after a consent changed: none. What screening found is held in the service that asked,
    in its own registration, which no consent opens or closes."""
    return 0
