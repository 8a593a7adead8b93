"""Ending in a restored database the links and sign-ins that had ended when it was lost."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.people import standing
from alongside.people.actions.registering import unlink


@transaction.atomic
def replay(*, registration: str, stands: Mapping[str, Any], by: Access) -> int:
    """End what is linked, or signs in as the person, and is not among what `stands` names; returns how many. Called by
    `sharing`."""
    access.lock(registrations=[registration], by=by)
    gone = standing.live_links([registration]).exclude(pk__in=stands["links"])
    links = sorted(gone.values_list("pk", flat=True))
    for link in links:
        unlink(link=link, by=by)
    sign_ins = standing.live_sign_ins([registration]).exclude(pk__in=stands["sign_ins"])
    return len(links) + sign_ins.update(ended_at=clock.now())
