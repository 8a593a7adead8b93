"""Actions: opened on their owner's side of the plan, done or not done."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere
from alongside.kernel.language import later
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.plan import rules
from alongside.plan.actions.rows import ROOM, end, log, note, once, own
from alongside.plan.models import Action, Goal
from alongside.plan.rules import NEEDS, ActionState
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

CANNOT_SEE = later("They cannot see this plan. Ask the person to share it with their service first.")


def add_action(
    *, registration: str, text: str, owner: str, due_on: date, by: Access, goal: str = "", submission: str = ""
) -> str:
    """Somebody will do something by a day; returns the action's id.

    The owner may work in another service the person is linked to: then the action stands in that service's record,
    and the owner must be one who may read this plan. `goal` is a goal of this person's plan that the writer may see,
    or empty: any other is `NotThere`.
    """
    by.check_may("care")
    with once(Action, by, submission):
        allowed.require_own(by, registration, "plan")
        _check_goal(goal, registration, by)
        row = Action(
            goal=goal,
            text=rules.check_words("text", text, "Write what will be done."),
            due_on=rules.check_due(due_on, clock.today()),
            submission=submission or None,
        )
        open_action(row, home_of(registration, owner, by), by)
        log("add_action", row, by)
    return row.pk


def _check_goal(goal: str, registration: str, by: Access) -> None:
    if goal:
        goals = Goal.objects.filter(pk=goal, registration__in=people.joined(registration, access=by))
        if not allowed.visible(by, goals).exists():
            raise NotThere()


@dataclass(frozen=True, slots=True)
class Home:
    """Where an action stands: its owner, and the owner's service's registration."""

    owner: str
    service: str
    registration: str
    away_from: str = ""  # the registration it comes from, where that is another service's


def home_of(registration: str, owner: str, by: Access) -> Home:
    """The owner's side of the plan. Raises `Invalid` or `NotAllowed` where they have none."""
    if organisations.works_in(owner, by.service, access=by):
        return Home(owner, by.service, registration)
    try:
        service = organisations.service_of(owner, access=by)
    except NotThere:
        raise Invalid("owner", "Choose somebody who works here or in a linked service now.") from None
    there = people.own_of(people.joined(registration, access=by), access=Access.system(ROOM, service=service))
    if there is None or not allowed.opens(organisations.reader(owner, service, access=by), registration, "plan"):
        raise NotAllowed(CANNOT_SEE)
    return Home(owner, service, there, registration)


def open_action(row: Action, home: Home, by: Access) -> None:
    """A new action, at its home, owed by its owner; it answers to the plan it came from, and to whatever the action
    answered to that it takes the place of."""
    row.registration_id, row.service, row.owner = home.registration, home.service, home.owner
    row.came_from_registration = row.came_from_registration or home.away_from
    row.given_by = row.given_by or by.actor
    row.needs, row.author, row.occurred_at = NEEDS, by.actor, clock.now()
    row.save(force_insert=True)
    if home.away_from:
        access.copied_from(record=row.pk, registration=home.away_from, needs=NEEDS, occurred_at=row.occurred_at, by=by)
    if row.came_from:
        access.copied_on(copies=[access.Copied(row.pk, row.came_from, row.registration_id)], by=by)
    note(row, by)
    tasks.open_task(
        room=ROOM,
        about=row.pk,
        kind="action",
        registration=row.registration_id,
        service=row.service,
        needs=NEEDS,
        holder=Holder(practitioner=row.owner),
        due_at=rules.due_at(row.due_on, organisations.hours_of(row.service, access=by)),
        by=by,
    )


@transaction.atomic
def finish_action(*, action: str, done: bool, version: int, by: Access, why: str = "") -> None:
    """An action is done, or will not be (then `why`). Any carer of the owner's service may say so."""
    row = own(Action, action, version, by)
    to = ActionState.DONE if done else ActionState.NOT_DONE
    rules.check_move(ActionState(row.state), to)
    row.why = why.strip() if done else rules.check_words("why", why, "Say why it was not done.")
    close(row, to, by)
    log("finish_action", row, by)


def close(row: Action, to: ActionState, by: Access) -> None:
    end(row, to, by)
    tasks.close(room=ROOM, about=row.pk, outcome=to, by=by)
