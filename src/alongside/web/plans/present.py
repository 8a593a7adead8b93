"""What the plan page needs, made from what was read. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.plan.queries import Action, Agreed, Goal, Plan
from alongside.plan.rules import ActionState, AgreedBy, GoalState

STATES = {
    ActionState.OPEN: gettext_lazy("open"),
    ActionState.DONE: gettext_lazy("done"),
    ActionState.NOT_DONE: gettext_lazy("not done"),
    ActionState.HANDED_OVER: gettext_lazy("passed on"),
}
TONES = {ActionState.OPEN: "blue", ActionState.DONE: "green", ActionState.NOT_DONE: "orange"}
GOAL_STATES = {GoalState.REACHED: gettext_lazy("reached"), GoalState.SET_ASIDE: gettext_lazy("set aside")}


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action: who, what, by when."""

    text: str
    owner: str
    service: str
    due: date
    state: str
    tone: str
    open: bool
    why: str
    ended_at: datetime | None
    finish_href: str
    pass_on_href: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal in the person's words, with its actions."""

    words: str
    active: bool
    state: str
    why: str
    service: str
    since: datetime
    progress: str
    done: int
    total: int
    actions: list[ActionRow]
    end_href: str


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """Who agreed, when, and whether anything was added since."""

    who: str
    at: datetime
    words: str
    current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The plan: goals, what belongs to no goal, and who agreed."""

    goals: list[GoalRow]
    past: list[GoalRow]
    others: list[ActionRow]
    agreed: list[AgreedRow]
    empty: bool


def page(found: Plan, agreed: Iterable[Agreed], names: Mapping[str, str], registration: str) -> Page:
    """`registration` is the reader's own service's, or empty where they can only read."""
    goals = [_goal(one, names, registration) for one in found.goals]
    return Page(
        goals=[one for one in goals if one.active],
        past=[one for one in goals if not one.active],
        others=[_action(one, names, registration) for one in standing(found.others)],
        agreed=[_agreed(one, names) for one in agreed],
        empty=not found.goals and not found.others,
    )


def standing(actions: Iterable[Action]) -> list[Action]:
    """What was passed on is shown as its new owner's, once; what is open stands first."""
    kept = [one for one in actions if one.state is not ActionState.HANDED_OVER]
    return sorted(kept, key=lambda one: one.state is not ActionState.OPEN)


def _goal(goal: Goal, names: Mapping[str, str], registration: str) -> GoalRow:
    active = goal.state is GoalState.ACTIVE
    may_end = active and goal.own and registration
    return GoalRow(
        words=goal.words,
        active=active,
        state="" if active else str(GOAL_STATES[goal.state]),
        why=goal.why,
        service=names.get(goal.service, ""),
        since=goal.since,
        progress=_progress(goal),
        done=goal.done,
        total=goal.total,
        actions=[_action(one, names, registration) for one in standing(goal.actions)],
        end_href=reverse("goal-end", args=[registration, goal.id]) if may_end else "",
    )


def _progress(goal: Goal) -> str:
    if not goal.total:
        return _("no actions yet")
    return ngettext("%(done)d of %(n)d action done", "%(done)d of %(n)d actions done", goal.total) % {
        "done": goal.done,
        "n": goal.total,
    }


def _action(action: Action, names: Mapping[str, str], registration: str) -> ActionRow:
    mine = action.state is ActionState.OPEN and action.own and registration
    return ActionRow(
        text=action.text,
        owner=names.get(action.owner, ""),
        service=names.get(action.service, ""),
        due=action.due_on,
        state=str(STATES[action.state]),
        tone=TONES.get(action.state, "grey"),
        open=action.state is ActionState.OPEN,
        why=action.why,
        ended_at=action.ended_at,
        finish_href=reverse("action-finish", args=[registration, action.id]) if mine else "",
        pass_on_href=reverse("action-pass-on", args=[registration, action.id]) if mine else "",
    )


def _agreed(one: Agreed, names: Mapping[str, str]) -> AgreedRow:
    who = _("The person") if one.agreed_by is AgreedBy.PERSON else names.get(one.service, "")
    return AgreedRow(who, one.at, one.words, one.current)


def everybody(found: Plan, agreed: Iterable[Agreed]) -> set[str]:
    """Whose names the page needs."""
    actions = [*found.others, *(action for goal in found.goals for action in goal.actions)]
    ids = {one for action in actions for one in (action.owner, action.service)}
    return ids | {goal.service for goal in found.goals} | {one.service for one in agreed}
