"""Ending in a restored database what had ended when it was lost."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from alongside.access import standing
from alongside.access.actions.together import changed, hold
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.kernel import clock


@transaction.atomic
def replay(*, registration: str, stands: Mapping[str, Any], by: Access) -> int:
    """End the needs of others and the emergencies that are not among those that `stands` names (`standing`), and keep
    to a few what was kept to a few; returns how many facts changed. Nothing is opened by it."""
    hold(registration, by)
    now = clock.now()
    count = standing.live_needs([registration]).exclude(pk__in=stands["needs"]).update(until_at=now)
    count += standing.live_glasses([registration]).exclude(pk__in=stands["glasses"]).update(until_at=now)
    if stands["restricted"]:
        few = {"restricted": True, "keeper": stands["keeper"]}
        count += Anchor.objects.filter(pk=registration, restricted=False).update(**few)
    if not stands["confirmed"]:
        count += Anchor.objects.filter(pk=registration, confirmed=True).update(confirmed=False)
    if count:
        changed(registration, by)
    return count
