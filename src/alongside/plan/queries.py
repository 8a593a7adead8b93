"""The one plan as its reader may see it: both services' items, goals first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.plan import models, rules
from alongside.plan.rules import ActionState, AgreedBy, GoalState


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `own` says that it stands in the reader's own service's record, where it can be finished."""

    id: str
    version: int
    registration: str
    service: str
    own: bool
    goal: str
    text: str
    owner: str
    since: datetime
    due_on: date
    state: ActionState
    why: str
    ended_at: datetime | None
    came_from: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal with its actions, the first due first. `done` of `total` actions; what was handed over counts once."""

    id: str
    version: int
    registration: str
    service: str
    own: bool
    words: str
    state: GoalState
    why: str
    since: datetime
    actions: tuple[Action, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Goals, the active first, and actions for no goal that this reader may see."""

    goals: tuple[Goal, ...]
    others: tuple[Action, ...]

    @property
    def items(self) -> frozenset[str]:
        """The ids of everything in it, for the agreement bar."""
        nested = {action.id for goal in self.goals for action in goal.actions}
        return frozenset({goal.id for goal in self.goals} | nested | {action.id for action in self.others})


def plan(registrations: Iterable[str], *, access: Access) -> Plan:
    """The plan of some linked registrations as far as this reader may see it. Two statements."""
    wanted = list(registrations)
    actions = [_action(row, access) for row in _rows(models.Action, wanted, access, "due_on")]
    rows = _rows(models.Goal, wanted, access, "occurred_at")
    goals = [_goal(row, actions, access) for row in rows]
    goals.sort(key=lambda goal: goal.state is not GoalState.ACTIVE)
    known = {goal.id for goal in goals}
    return Plan(tuple(goals), tuple(action for action in actions if action.goal not in known))


def open_actions(registration: str, *, access: Access) -> list[Action]:
    """The actions of one registration that are still open, as far as this reader may see them, the first due first. One
    statement."""
    rows = models.Action.objects.filter(registration=registration, state=ActionState.OPEN)
    return [_action(row, access) for row in allowed.show(access, rows.order_by("due_on", "pk"))]


def _rows(model, registrations: list[str], access: Access, order: str) -> list:
    return allowed.show(access, model.objects.filter(registration__in=registrations).order_by(order, "pk"))


def _action(row: models.Action, access: Access) -> Action:
    state = ActionState(row.state)
    return Action(
        id=row.pk,
        version=row.version,
        registration=row.registration_id,
        service=row.service,
        own=row.service == access.service,
        goal=row.goal,
        text=row.text,
        owner=row.owner,
        since=row.occurred_at,
        due_on=row.due_on,
        state=state,
        why=row.why,
        ended_at=row.ended_at,
        came_from=row.came_from,
        overdue=state is ActionState.OPEN and row.due_on < clock.today(),
    )


def _goal(row: models.Goal, actions: list[Action], access: Access) -> Goal:
    mine = tuple(action for action in actions if action.goal == row.pk)
    done, total = rules.progress([action.state for action in mine])
    return Goal(
        id=row.pk,
        version=row.version,
        registration=row.registration_id,
        service=row.service,
        own=row.service == access.service,
        words=row.words,
        state=GoalState(row.state),
        why=row.why,
        since=row.occurred_at,
        actions=mine,
        done=done,
        total=total,
    )


@dataclass(frozen=True, slots=True)
class Added:
    """A goal or an action that was added to the plan."""

    registration: str
    service: str
    at: datetime
    words: str
    is_goal: bool


def added_since(registrations: Iterable[str], *, since: datetime, access: Access) -> list[Added]:
    """What was added to the plans of these registrations since an instant, as far as the reader may see. Two
    statements."""
    wanted = list(registrations)
    found = []
    for model, column in ((models.Goal, "words"), (models.Action, "text")):
        rows = model.objects.filter(registration__in=wanted, recorded_at__gte=since).order_by("-occurred_at", "pk")
        shown = allowed.show(access, rows)
        is_goal = model is models.Goal
        found += [Added(r.registration_id, r.service, r.occurred_at, getattr(r, column), is_goal) for r in shown]
    return found


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed, and when. `current` says that nothing this reader sees was added since."""

    id: str
    agreed_by: AgreedBy
    service: str
    author: str
    at: datetime
    words: str
    current: bool


def agreements(registrations: Iterable[str], *, access: Access, items: Iterable[str]) -> list[Agreed]:
    """Who agreed the plan, the newest first; `items` is `Plan.items` of the plan on the page. One statement."""
    standing = frozenset(items)
    rows = models.Agreement.objects.filter(registration__in=list(registrations)).order_by("-occurred_at", "-pk")
    return [_agreed(row, standing) for row in allowed.show(access, rows)]


def _agreed(row: models.Agreement, standing: frozenset[str]) -> Agreed:
    return Agreed(
        id=row.pk,
        agreed_by=AgreedBy(row.agreed_by),
        service=row.service,
        author=row.author,
        at=row.occurred_at,
        words=row.words,
        current=rules.agreed_all(row.items, standing),
    )


def items(registrations: Iterable[str], *, access: Access) -> list[str]:
    """The ids of the goals and actions this reader may see, in order, to be agreed."""
    return sorted(plan(registrations, access=access).items)


def open_things(*, access: Access) -> list[str]:
    """Open actions, by id, for the continuity check: each must have exactly one open task."""
    rows = models.Action.objects.filter(state=ActionState.OPEN, superseded_by="")
    return list(rows.values_list("pk", flat=True).order_by("pk"))
