"""That two registrations of one service are of the same human. Called by `sharing`, which asks who may."""

from django.db import connection
from django.db.models import Q

from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.people.models import Merge
from alongside.people.rules import LIVE, Same, check_why_same

CHOICES = policy.categories_mask("choices")  # which no other service reads, whatever was agreed


def propose_same(*, registration: str, other: str, reason: str, by: Access) -> str:
    """Somebody thinks that two locked registrations of their service are one human's; returns the merge's id.

    Raises `Invalid` naming `other` or `reason`.
    """
    _inside()
    said = check_why_same(reason)
    if registration == other:
        raise Invalid("other", "Choose the other record of the same person.")
    if _live(registration, other).exists():
        raise Invalid("other", "One of the two is joined with another record here already. Take those apart first.")
    row = Merge(registration_id=registration, service=by.service, needs=CHOICES, author=by.actor)
    row.occurred_at, row.other, row.state, row.reason = clock.now(), other, Same.PROPOSED, said
    Merge.objects.insert([row])
    return row.pk


def decide_same(*, registration: str, same: bool, by: Access) -> tuple[str, str, str]:
    """A second person decides; returns the merge's id and both registrations. Raises `NotAllowed` for whoever proposed
    it, `Stale` where nothing waits to be decided."""
    _inside()
    row = _live(registration).filter(state=Same.PROPOSED).first()
    if row is None:
        raise Stale("Somebody has decided about this already. Look at the record again.")
    if row.author == by.actor:
        raise NotAllowed("You proposed this yourself. Somebody else of your service has to decide.")
    state = Same.STANDS if same else Same.REFUSED
    ended = {} if same else {"ended_at": clock.now()}
    Merge.objects.filter(pk=row.pk).update(state=state, decided_by=by.actor, **ended)
    return row.pk, row.registration_id, row.other


def confirm_same(*, registration: str, by: Access) -> tuple[str, str, str]:
    """The person said that both are theirs; returns as `decide_same`. `Stale` where that is not to be confirmed."""
    _inside()
    row = _live(registration).filter(state=Same.STANDS, confirmed_at=None).first()
    if row is None:
        raise Stale("This was confirmed or taken apart meanwhile. Look at the record again.")
    Merge.objects.filter(pk=row.pk).update(confirmed_at=clock.now())
    return row.pk, row.registration_id, row.other


def end_same(*, registration: str, reason: str, by: Access) -> tuple[str, str, str]:
    """They are two people again; returns as `decide_same`. `Stale` where they are already."""
    _inside()
    said = check_why_same(reason)
    row = _live(registration).filter(state=Same.STANDS).first()
    if row is None:
        raise Stale("These two were taken apart a moment ago. Look at the record again.")
    Merge.objects.filter(pk=row.pk).update(state=Same.ENDED, ended_at=clock.now(), ended_because=said)
    return row.pk, row.registration_id, row.other


def pair_of(*, registration: str, by: Access) -> tuple[str, str]:
    """Both registrations of what is proposed or stands, to be locked. `NotThere` where nothing is."""
    row = _live(registration).first()
    if row is None:
        raise NotThere()
    return row.registration_id, row.other


def _live(*registrations: str):
    either = Q(registration__in=registrations) | Q(other__in=registrations)
    return Merge.objects.filter(either, state__in=LIVE)


def _inside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("Who may see changes together with it.")
