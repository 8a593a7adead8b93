"""Adding goals and actions, finishing them, handing them over, agreeing; and what returns when sharing ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Stale
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.plan import queries, rules
from alongside.plan.models import Action, Agreement, Goal, ItemStatus
from alongside.plan.rules import NEEDS, ActionState, AgreedBy, GoalState
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "plan"
CANNOT_SEE = "They cannot see this plan. Ask the person to share it with their service first."
MOVED_ON = "Somebody changed this while you were writing. Nothing was saved; look at it again."


def add_goal(*, registration: str, words: str, by: Access, submission: str = "") -> str:
    """A goal in the person's own words, in the record of the service that writes it down; returns its id.

    `Duplicate` for the same form twice, also at the same moment; so do `add_action` and `hand_over_action`.
    """
    by.check_may("care")
    with _once(Goal, by, submission):
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
        _note(goal, by)
        _log("add_goal", goal, by)
    return goal.pk


@contextmanager
def _once(model: type[Goal | Action], by: Access, submission: str) -> Iterator[None]:
    """One transaction, in which a form that came before adds nothing."""
    try:
        with transaction.atomic():
            _refuse_repeat(model, by, submission)
            yield
    except (IntegrityError, Stale):
        # Somebody sent the same form while we wrote: whatever else went wrong, went wrong because of that.
        _refuse_repeat(model, by, submission)
        raise


def _refuse_repeat(model: type[Goal | Action], by: Access, submission: str) -> None:
    before = model.objects.filter(author=by.actor, submission=submission).first() if submission else None
    if before:
        raise Duplicate("This was already added. The first one stands.", before.pk)


def _note(item: Goal | Action, by: Access) -> None:
    ItemStatus.objects.create(item=item.pk, state=item.state, at=clock.now(), by=by.actor)


def _log(act: str, item: Goal | Action | Agreement, by: Access) -> None:
    access.log(by=by, act=f"plan.{act}", subject=item.pk, about=[item.registration_id])


@transaction.atomic
def end_goal(*, goal: str, reached: bool, version: int, by: Access, why: str = "") -> None:
    """The person reached a goal, or set it aside (then `why`, in their words). Open actions for it stay owed."""
    row = _own(Goal, goal, version, by)
    if row.state != GoalState.ACTIVE:
        raise NotAllowed("This goal was already reached or set aside. Add a new one.")
    row.why = why.strip() if reached else rules.check_words("why", why, "Say why it was set aside.")
    _end(row, GoalState.REACHED if reached else GoalState.SET_ASIDE, by)
    _log("end_goal", row, by)


def _own(model: type[Goal | Action], item: str, version: int, by: Access) -> Goal | Action:
    """An item of the reader's own service, locked, in the version the page showed."""
    by.check_may("care")
    row = model.objects.select_for_update().filter(pk=item, superseded_by="").first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "plan")
    if row.version != version:
        raise Stale(MOVED_ON)
    return row


def _end(row: Goal | Action, state: GoalState | ActionState, by: Access) -> None:
    row.state, row.ended_at, row.version = state, clock.now(), row.version + 1
    row.save(update_fields=["state", "why", "ended_at", "version"])
    _note(row, by)


def add_action(
    *, registration: str, text: str, owner: str, due_on: date, by: Access, goal: str = "", submission: str = ""
) -> str:
    """Somebody will do something by a day; returns the action's id.

    The owner may work in another service the person is linked to: then the action stands in that service's record,
    and the owner must be one who may read this plan. `goal` is a goal of this person's plan that the writer may see,
    or empty: any other is `NotThere`.
    """
    by.check_may("care")
    with _once(Action, by, submission):
        allowed.require_own(by, registration, "plan")
        _check_goal(goal, registration, by)
        row = Action(
            goal=goal,
            text=rules.check_words("text", text, "Write what will be done."),
            due_on=rules.check_due(due_on, clock.today()),
            submission=submission or None,
        )
        _open(row, _home(registration, owner, by), by)
        _log("add_action", row, by)
    return row.pk


def _check_goal(goal: str, registration: str, by: Access) -> None:
    if goal:
        goals = Goal.objects.filter(pk=goal, registration__in=people.joined(registration, access=by))
        if not allowed.visible(by, goals).exists():
            raise NotThere()


@dataclass(frozen=True, slots=True)
class _Home:
    """Where an action stands: its owner, and the owner's service's registration."""

    owner: str
    service: str
    registration: str
    away_from: str = ""  # the registration it comes from, where that is another service's


def _home(registration: str, owner: str, by: Access) -> _Home:
    """The owner's side of the plan. Raises `Invalid` or `NotAllowed` where they have none."""
    if organisations.works_in(owner, by.service, access=by):
        return _Home(owner, by.service, registration)
    try:
        service = organisations.service_of(owner, access=by)
    except NotThere:
        raise Invalid("owner", "Choose somebody who works here or in a linked service now.") from None
    there = people.own_of(people.joined(registration, access=by), access=Access.system(ROOM, service=service))
    if there is None or not _owner_reads(registration, owner, service, by):
        raise NotAllowed(CANNOT_SEE)
    return _Home(owner, service, there, registration)


def _owner_reads(registration: str, owner: str, service: str, by: Access) -> bool:
    return allowed.opens(organisations.reader(owner, service, access=by), registration, "plan")


def _open(row: Action, home: _Home, by: Access) -> None:
    row.registration_id, row.service, row.owner = home.registration, home.service, home.owner
    row.came_from_registration = row.came_from_registration or home.away_from
    row.given_by = row.given_by or by.actor
    row.needs, row.author, row.occurred_at = NEEDS, by.actor, clock.now()
    row.save(force_insert=True)
    if home.away_from:
        access.copied_from(record=row.pk, registration=home.away_from, needs=NEEDS, occurred_at=row.occurred_at, by=by)
    _note(row, by)
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
    row = _own(Action, action, version, by)
    to = ActionState.DONE if done else ActionState.NOT_DONE
    rules.check_move(ActionState(row.state), to)
    row.why = why.strip() if done else rules.check_words("why", why, "Say why it was not done.")
    _close(row, to, by)
    _log("finish_action", row, by)


def _close(row: Action, to: ActionState, by: Access) -> None:
    _end(row, to, by)
    tasks.close(room=ROOM, about=row.pk, outcome=to, by=by)


def hand_over_action(
    *, action: str, owner: str, version: int, by: Access, due_on: date | None = None, submission: str = ""
) -> str:
    """Give an open action to somebody else of either service; returns the id of the new owner's action.

    The old row is closed as handed over; the new one keeps the due day unless another is given.
    """
    with _once(Action, by, submission):
        row = _own(Action, action, version, by)
        rules.check_move(ActionState(row.state), ActionState.HANDED_OVER)
        if owner == row.owner:
            raise Invalid("owner", "They have this action already.")
        due = rules.check_due(due_on, clock.today()) if due_on else row.due_on
        home = _home(row.registration_id, owner, by)
        if home.away_from and not _sees(row, home, by):
            raise NotAllowed(CANNOT_SEE)
        made = _pass_on(row, home, due, by, submission)
        _log("hand_over_action", row, by)
    return made


def _sees(row: Action, home: _Home, by: Access) -> bool:
    """Whether the new owner may read the action itself, which may have come from a third service."""
    reader = organisations.reader(home.owner, home.service, access=by)
    return allowed.visible(reader, Action.objects.filter(pk=row.pk)).exists()


def _pass_on(row: Action, home: _Home, due_on: date, by: Access, submission: str = "") -> str:
    _close(row, ActionState.HANDED_OVER, by)
    fresh = Action(goal=row.goal, text=row.text, due_on=due_on, came_from=row.pk, submission=submission or None)
    if home.registration == row.registration_id and row.came_from_registration:
        # A colleague's from now on, and still the other service's words: it would return to where it came from.
        fresh.came_from_registration, fresh.given_by = row.came_from_registration, row.given_by
    _open(fresh, home, by)
    access.copied_on(record=fresh.pk, before=row.pk, registration=fresh.registration_id, by=by)
    return fresh.pk


@transaction.atomic
def agree(*, registration: str, agreed_by: str, by: Access, words: str = "") -> str:
    """The person (or the writer's service) agrees the plan as the writer may see it now; returns the agreement's id.

    What is added later is not agreed until somebody agrees again.
    """
    by.check_may("care")
    anchor = allowed.require_own(by, registration, "plan")
    if agreed_by not in set(AgreedBy):
        raise Invalid("agreed_by", f"Choose who agreed: {', '.join(AgreedBy)}.")
    items = queries.items(people.joined(registration, access=by), access=by)
    if not items:
        raise Invalid("plan", "There is nothing in the plan to agree yet. Add a goal first.")
    made = Agreement.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=NEEDS,
        author=by.actor,
        occurred_at=clock.now(),
        agreed_by=agreed_by,
        items=items,
        words=words.strip(),
    )
    _log("agree", made, by)
    return made.pk


@transaction.atomic
def reroute(*, registration: str, by: Access) -> None:
    """Put right what a change of sharing from `registration` touched: called by `sharing`, in its transaction.

    An open action that came from this registration, and whose owner may no longer read its plan, is closed there and
    stands again here, with whoever gave it.
    """
    away = Action.objects.filter(came_from_registration=registration, state=ActionState.OPEN).order_by("pk")
    for row in away:
        if not _still_shared(row, by):
            _pass_on(row, _back(row, by), row.due_on, by)
            access.log(by=by, act="plan.reroute", subject=row.pk, about=[registration])


def _still_shared(row: Action, by: Access) -> bool:
    linked = row.registration_id in people.joined(row.came_from_registration, access=by)
    reader = organisations.reader(row.owner, row.service, access=by)
    if _was_passed_on(row):
        reader = _through_colleagues(reader, by)
    return linked and allowed.opens(reader, row.came_from_registration, "plan")


def _was_passed_on(row: Action) -> bool:
    """Whether a colleague passed the action on inside the owner's service, after it had come there."""
    return Action.objects.filter(pk=row.came_from, registration=row.registration_id).exists()


def _through_colleagues(reader: Access, by: Access) -> Access:
    """The reader with the needs of everybody in their service: whoever was passed an action keeps it as long as one of
    them may read where it came from, and the person has not refused the reader by name."""
    there = {one.id for one in organisations.colleagues(reader.service, access=by)}
    everybody = (organisations.reader(one, reader.service, access=by) for one in sorted(there))
    return replace(reader, speaks_for=tuple(handle for one in everybody for handle in one.speaks_for))


def _back(row: Action, by: Access) -> _Home:
    [home] = access.lock(registrations=[row.came_from_registration], by=by)
    stays = organisations.works_in(row.given_by, home.service, access=by) or by.service != home.service
    return _Home(row.given_by if stays else by.actor, home.service, home.pk)


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access) -> None:
    """Every open action of a leaver in a service is a colleague's, and what they gave to the other service would come
    back to the colleague. Called by `sharing`, which has locked them."""
    open_ones = Action.objects.filter(state=ActionState.OPEN, superseded_by="")
    away = Anchor.objects.filter(service=service).values("pk")
    open_ones.filter(given_by=leaver, came_from_registration__in=away).update(given_by=to)
    for row in open_ones.filter(owner=leaver, service=service).order_by("pk"):
        Action.objects.filter(pk=row.pk).update(owner=to, version=F("version") + 1)
        tasks.hand_over(room=ROOM, about=row.pk, holder=Holder(practitioner=to), by=by)
        _log("take_over", row, by)
