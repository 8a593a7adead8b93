"""Actions that come back when the person no longer shares the plan they came from, and those of somebody who leaves."""

from dataclasses import replace

from django.db import transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.plan.actions.doing import Home
from alongside.plan.actions.passing import pass_on
from alongside.plan.actions.rows import ROOM, log
from alongside.plan.models import Action
from alongside.plan.rules import ActionState
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder


@transaction.atomic
def reroute(*, registration: str, by: Access) -> None:
    """Put right what a change of sharing from `registration` touched: called by `sharing`, in its transaction.

    An open action that came from this registration, and whose owner may no longer read its plan, is closed there and
    stands again here, with whoever gave it.
    """
    away = Action.objects.filter(came_from_registration=registration, state=ActionState.OPEN).order_by("pk")
    for row in away:
        if not _still_shared(row, by):
            pass_on(row, _back(row, by), row.due_on, by)
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


def _back(row: Action, by: Access) -> Home:
    [home] = access.lock(registrations=[row.came_from_registration], by=by)
    stays = organisations.works_in(row.given_by, home.service, access=by) or by.service != home.service
    return Home(row.given_by if stays else by.actor, home.service, home.pk)


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access, of: str = "") -> None:
    """Every open action of a leaver in a service is a colleague's, and what they gave to the other service would come
    back to the colleague. One that is closed to the colleague by name comes back at once. Called by `sharing`, which
    has locked them. `of` one registration alone, where the person wants somebody else."""
    open_ones = Action.objects.filter(state=ActionState.OPEN, superseded_by="")
    away = [of] if of else Anchor.objects.filter(service=service).values("pk")
    open_ones.filter(given_by=leaver, came_from_registration__in=away).update(given_by=to)
    owned = open_ones.filter(owner=leaver, service=service, **({"registration": of} if of else {}))
    for row in owned.order_by("pk"):
        if row.came_from_registration and not _reads(to, row, by):
            pass_on(row, _back(row, by), row.due_on, by)
        else:
            Action.objects.filter(pk=row.pk).update(owner=to, version=F("version") + 1)
            tasks.hand_over(room=ROOM, about=row.pk, holder=Holder(practitioner=to), by=by)
        log("take_over", row, by)


def _reads(practitioner: str, row: Action, by: Access) -> bool:
    reader = _through_colleagues(organisations.reader(practitioner, row.service, access=by), by)
    return allowed.opens(reader, row.came_from_registration, "plan")
