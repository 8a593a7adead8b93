"""That two registrations of one service are of the same human: what is refused at one is refused at both."""

from django.db import transaction

from alongside.access.actions.compiled import recompile
from alongside.access.actions.locking import lock
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel.errors import Invalid

PAIR = 2


@transaction.atomic
def pair(*, one: str, other: str, by: Access) -> None:
    """From now on what is refused at one is refused at both, and what is agreed opens what is agreed at both.

    Raises `Invalid("other", …)` where the two are not of one service, are paired already, or are kept to a few.
    """
    rows = lock(registrations=[one, other], by=by)
    if len({row.service for row in rows}) > 1 or any(row.twin for row in rows) or len(rows) != PAIR:
        raise Invalid("other", "Only two records of your service that are joined with no other can be joined.")
    if any(row.restricted for row in rows):
        raise Invalid("other", "One of the two is kept to a few. Lift that first.")
    for this, that in ((one, other), (other, one)):
        Anchor.objects.filter(pk=this).update(twin=that, confirmed=False)
    recompile(registration=one, by=by)


@transaction.atomic
def confirm(*, one: str, other: str, by: Access) -> None:
    """The person said that both are theirs: what they agreed at each holds there again."""
    lock(registrations=[one, other], by=by)
    Anchor.objects.filter(pk__in=[one, other]).exclude(twin="").update(confirmed=True)
    recompile(registration=one, by=by)


@transaction.atomic
def part(*, one: str, other: str, by: Access) -> None:
    """They are two people again, and each is open as if they had never been one."""
    lock(registrations=[one, other], by=by)
    Anchor.objects.filter(pk__in=[one, other]).update(twin="", confirmed=False)
    for registration in sorted([one, other]):
        recompile(registration=registration, by=by)
