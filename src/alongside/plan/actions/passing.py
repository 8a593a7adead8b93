"""Actions passed on: to a colleague, to the other service."""

from datetime import date

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations import queries as organisations
from alongside.plan import rules
from alongside.plan.actions.doing import CANNOT_SEE, Home, close, home_of, open_action
from alongside.plan.actions.rows import log, once, own
from alongside.plan.models import Action
from alongside.plan.rules import ActionState


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
        if (home.away_from or row.came_from_registration) and not _sees(row, home, by):
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
    return fresh.pk
