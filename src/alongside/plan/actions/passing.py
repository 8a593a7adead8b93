"""Actions passed on: to a colleague, to the other service, from somebody who leaves."""

from datetime import date

from django.db import transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations import queries as organisations
from alongside.plan import rules
from alongside.plan.actions.doing import CANNOT_SEE, Home, close, home_of, open_action
from alongside.plan.actions.rows import ROOM, log, once, own
from alongside.plan.models import Action
from alongside.plan.rules import ActionState
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder


def hand_over_action(
    *, action: str, owner: str, version: int, by: Access, due_on: date | None = None, submission: str = ""
) -> str:
    """Give an open action to somebody else of either service; returns the id of the new owner's action.

    The old row is closed as handed over; the new one keeps the due day unless another is given.
    """
    with once(Action, by, submission):
        row = own(Action, action, version, by)
        rules.check_move(ActionState(row.state), ActionState.HANDED_OVER)
        if owner == row.owner:
            raise Invalid("owner", "They have this action already.")
        due = rules.check_due(due_on, clock.today()) if due_on else row.due_on
        home = home_of(row.registration_id, owner, by)
        if home.away_from and not _sees(row, home, by):
            raise NotAllowed(CANNOT_SEE)
        made = pass_on(row, home, due, by, submission)
        log("hand_over_action", row, by)
    return made


def _sees(row: Action, home: Home, by: Access) -> bool:
    """Whether the new owner may read the action itself, which may have come from a third service."""
    reader = organisations.reader(home.owner, home.service, access=by)
    return allowed.visible(reader, Action.objects.filter(pk=row.pk)).exists()


def pass_on(row: Action, home: Home, due_on: date, by: Access, submission: str = "") -> str:
    """Close an action as handed over and open the new owner's; returns its id. Where the words came from stays."""
    close(row, ActionState.HANDED_OVER, by)
    fresh = Action(goal=row.goal, text=row.text, due_on=due_on, came_from=row.pk, submission=submission or None)
    if home.registration == row.registration_id and row.came_from_registration:
        # A colleague's from now on, and still the other service's words: it would return to where it came from.
        fresh.came_from_registration, fresh.given_by = row.came_from_registration, row.given_by
    open_action(fresh, home, by)
    access.copied_on(record=fresh.pk, before=row.pk, registration=fresh.registration_id, by=by)
    return fresh.pk


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access, of: str = "") -> None:
    """Every open action of a leaver in a service is a colleague's, and what they gave to the other service would come
    back to the colleague. Called by `sharing`, which has locked them. `of` one registration alone, where the person
    wants somebody else."""
    open_ones = Action.objects.filter(state=ActionState.OPEN, superseded_by="")
    away = [of] if of else Anchor.objects.filter(service=service).values("pk")
    open_ones.filter(given_by=leaver, came_from_registration__in=away).update(given_by=to)
    owned = open_ones.filter(owner=leaver, service=service, **({"registration": of} if of else {}))
    for row in owned.order_by("pk"):
        Action.objects.filter(pk=row.pk).update(owner=to, version=F("version") + 1)
        tasks.hand_over(room=ROOM, about=row.pk, holder=Holder(practitioner=to), by=by)
        log("take_over", row, by)
