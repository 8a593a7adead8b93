"""Two registrations of one service that turn out to be one human: proposed, decided by somebody else, confirmed by the
person, and taken apart again. Nothing of either is moved."""

from datetime import timedelta

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Same
from alongside.sharing.actions.choosing import reroute
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

CHOICES = policy.categories_mask("choices")  # which no other service reads, whatever was agreed
WITHIN = timedelta(days=7)
ROOM, KIND = "people", "same_human"


@transaction.atomic
def propose_same(*, registration: str, other: str, reason: str, by: Access) -> str:
    """Somebody thinks that two records of their service are one person's; their team has it to decide. Returns the
    merge's id. Raises `Invalid` naming `other` or `reason`."""
    _gate(by, "identity", registration, other)
    if any(allowed.keeper_of(one, access=by) for one in (registration, other)):
        raise Invalid("other", "One of the two is kept to a few. Lift that first.")
    made = people.propose_same(registration=registration, other=other, reason=reason, by=by)
    team = organisations.intake_team(by.service, access=by)
    owed = {"room": ROOM, "about": made, "kind": KIND, "registration": registration, "service": by.service}
    tasks.open_task(**owed, needs=CHOICES, holder=Holder(team=team), due_at=clock.now() + WITHIN, by=by)
    _enter("sharing.propose_same", made, (registration, other), by)
    return made


@transaction.atomic
def decide_same(*, registration: str, same: bool, by: Access) -> None:
    """Somebody else of the service decides. Where they are the same, they read as one from now on: what is refused at
    one is refused at both, and until the person confirms it what is open is what they agreed at both."""
    _gate(by, "identity", registration)
    made, *both = people.decide_same(registration=registration, same=same, by=by)
    tasks.close(room=ROOM, about=made, outcome=Same.STANDS if same else Same.REFUSED, by=by)
    if same:
        access.pair(one=both[0], other=both[1], by=by)
        _reroute(both, by)
    _enter("sharing.decide_same", made, both, by, same=same)


@transaction.atomic
def confirm_same(*, registration: str, by: Access) -> None:
    """The person said that both records are theirs: what they agreed at each holds there again."""
    by.check_may("consent")
    _gate(by, "choices", registration)
    made, *both = people.confirm_same(registration=registration, by=by)
    access.confirm(one=both[0], other=both[1], by=by)
    _reroute(both, by)
    _enter("sharing.confirm_same", made, both, by)


@transaction.atomic
def part_same(*, registration: str, reason: str, by: Access) -> None:
    """They are two people after all: each record is open as if they had never been joined."""
    _gate(by, "identity", registration)
    made, *both = people.end_same(registration=registration, reason=reason, by=by)
    access.part(one=both[0], other=both[1], by=by)
    _reroute(both, by)
    _enter("sharing.part_same", made, both, by)


def _gate(by: Access, kind: str, registration: str, other: str = "") -> None:
    """Both have to be open to whoever acts: where only one is named, the other is the one it is joined with."""
    by.check_may("correct")
    allowed.require_own(by, registration, kind)
    pair = (registration, other) if other else people.pair_of(registration=registration, by=by)
    for one in pair:
        allowed.require_own(by, one, kind)
    access.lock(registrations={each for one in pair for each in persons.joined(one, access=by)}, by=by)


def _reroute(both: list[str], by: Access) -> None:
    for registration in both:
        reroute(registration, by)


def _enter(act: str, made: str, both: tuple[str, ...] | list[str], by: Access, **detail: object) -> None:
    access.log(by=by, act=act, subject=made, about=both, detail=detail)
