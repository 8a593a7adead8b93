"""Goals in the person's own words, reached or set aside."""

from django.db import transaction

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.plan import rules
from alongside.plan.actions.rows import end, log, note, once, own
from alongside.plan.models import Goal
from alongside.plan.rules import NEEDS, GoalState


def add_goal(*, registration: str, words: str, by: Access, submission: str = "") -> str:
    """A goal in the person's own words, in the record of the service that writes it down; returns its id.

    `Duplicate` for the same form twice, also at the same moment; so do `add_action` and `hand_over_action`.
    """
    by.check_may("care")
    with once(Goal, by, submission):
        anchor = allowed.require_own(by, registration, "plan")
        goal = Goal.objects.create(
            registration=anchor,
            service=anchor.service,
            needs=NEEDS,
            author=by.actor,
            occurred_at=clock.now(),
            words=rules.check_words("words", words, "Write the goal in the person's own words."),
            submission=submission or None,
        )
        note(goal, by)
        log("add_goal", goal, by)
    return goal.pk


@transaction.atomic
def end_goal(*, goal: str, reached: bool, version: int, by: Access, why: str = "") -> None:
    """The person reached a goal, or set it aside (then `why`, in their words). Open actions for it stay owed."""
    row = own(Goal, goal, version, by)
    if row.state != GoalState.ACTIVE:
        raise NotAllowed("This goal was already reached or set aside. Add a new one.")
    row.why = why.strip() if reached else rules.check_words("why", why, "Say why it was set aside.")
    end(row, GoalState.REACHED if reached else GoalState.SET_ASIDE, by)
    log("end_goal", row, by)
