"""An episode as every act finds it: the service's own, open and locked."""

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.journey.models import Episode
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.kernel.periods import FOR_EVER

TEAM = policy.categories_mask("team")


def own_open(episode: str, by: Access) -> Episode:
    row = Episode.objects.filter(pk=episode, service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "team")
    access.lock(registrations=[row.registration_id], by=by)
    row.refresh_from_db()  # a colleague may have taken or ended it until now
    if row.ended_at != FOR_EVER:
        raise NotAllowed("This episode has ended. Refer the person again to open a new one.")
    return row
