"""Adding goals and actions, finishing them, handing them over, agreeing; and what returns when sharing ends."""

from alongside.plan.actions.agreeing import agree
from alongside.plan.actions.doing import add_action, finish_action
from alongside.plan.actions.erasing import erase
from alongside.plan.actions.goals import add_goal, end_goal
from alongside.plan.actions.passing import hand_over_action
from alongside.plan.actions.returning import reroute, take_over

__all__ = [
    "add_action",
    "add_goal",
    "agree",
    "end_goal",
    "erase",
    "finish_action",
    "hand_over_action",
    "reroute",
    "take_over",
]
