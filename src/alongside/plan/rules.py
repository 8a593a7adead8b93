"""States of goals and actions, when an action is due, and what a plan needs to be usable. Pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial

from alongside.definitions import policy
from alongside.kernel import words
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.kernel.periods import OpeningHours

NEEDS = policy.categories_mask("plan")
LONGEST = 1000  # characters of a goal, an action or a reason
FURTHEST = timedelta(days=366)

check_words = partial(words.check_words, longest=LONGEST)


class GoalState(StrEnum):
    ACTIVE = "active"
    REACHED = "reached"
    SET_ASIDE = "set_aside"  # by the person's choice; with why


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    HANDED_OVER = "handed_over"  # the new owner's action is a new row


class AgreedBy(StrEnum):
    PERSON = "person"
    SERVICE = "service"


class Holds(StrEnum):
    OWNER = "owner"
    NOBODY = "nobody"


# Nobody owes a goal: it is the person's. An open action is its owner's, and has one task.
State = ActionState
HOLDER = {
    ActionState.OPEN: Holds.OWNER,
    ActionState.DONE: Holds.NOBODY,
    ActionState.NOT_DONE: Holds.NOBODY,
    ActionState.HANDED_OVER: Holds.NOBODY,
}
MOVES = {
    ActionState.OPEN: frozenset({ActionState.DONE, ActionState.NOT_DONE, ActionState.HANDED_OVER}),
    ActionState.DONE: frozenset(),
    ActionState.NOT_DONE: frozenset(),
    ActionState.HANDED_OVER: frozenset(),
}


def check_move(now: ActionState, to: ActionState) -> None:
    """Raises `NotAllowed` in words where an action in state `now` cannot become `to`."""
    if to not in MOVES[now]:
        raise NotAllowed("This action is no longer open. Add a new one if there is more to do.")


def check_due(due_on: date, today: date) -> date:
    """Raises `Invalid("due_on", …)` for a day that is past, or so far away that nobody would look."""
    if due_on < today:
        raise Invalid("due_on", "The date is in the past. Choose today or a later day.")
    if due_on > today + FURTHEST:
        raise Invalid("due_on", "The date is more than a year away. Choose an earlier day; it can be moved.")
    return due_on


def due_at(due_on: date, hours: OpeningHours) -> datetime:
    """The instant an action is due: closing time of that day, or five in the afternoon where the service is closed."""
    spans = hours.on(due_on)
    return spans[-1][1] if spans else datetime.combine(due_on, time(17), tzinfo=hours.zone)


def progress(states: Collection[ActionState]) -> tuple[int, int]:
    """(done, all) of a goal's actions. What was handed over counts once, as the new owner's."""
    counted = [state for state in states if state is not ActionState.HANDED_OVER]
    return counted.count(ActionState.DONE), len(counted)


def agreed_all(agreed: Collection[str], items: Collection[str]) -> bool:
    """Whether an agreement covers the plan as it stands for this reader: nothing was added since."""
    return set(items) <= set(agreed)
