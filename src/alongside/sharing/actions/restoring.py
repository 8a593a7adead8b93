"""An older copy of the database was restored: what was taken back since is ended again, or all is closed to others."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consent import actions as consent
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.people import actions as people
from alongside.sharing.actions.choosing import reroute

# Nobody else is let in: what stands where it is not known what was taken back.
NOTHING: dict[str, Any] = {
    "agreed": [],
    "refused": {},
    "needs": [],
    "glasses": [],
    "links": [],
    "sign_ins": [],
    "twin": "",
    "confirmed": False,
    "restricted": False,
    "keeper": "",
}


def replay(*, registration: str, stands: Mapping[str, Any], by: Access) -> bool:
    """End in a restored database whatever lets others in to a registration and is not among what `stands` names
    (`queries.standing`), and refuse again what it says was refused; returns whether anything changed.

    It opens nothing: what was agreed since has to be agreed again. Only the installation's own job may. `NotThere` for
    a registration that the database does not know.
    """
    return _put_right(registration, stands, "sharing.replay", by)


def close(*, registration: str, by: Access) -> bool:
    """Close a registration to everybody but its own service, because nobody knows what was taken back; returns whether
    anything was open. Only the installation's own job may."""
    return _put_right(registration, NOTHING, "sharing.close", by)


@transaction.atomic
def _put_right(registration: str, stands: Mapping[str, Any], act: str, by: Access) -> bool:
    if by.role != "system":
        raise NotAllowed("Only the installation's own job puts a restored database right.")
    before = allowed.standing([registration], access=by).get(registration)
    if before is None:
        raise NotThere()
    if stands["twin"] not in ("", before["twin"]):  # what was refused at the other one closed this one, too
        stands = NOTHING | {"refused": stands["refused"]}
    [anchor] = access.lock(registrations=[registration], by=by)
    ours = Access.system(by.actor, anchor.service)  # the entry is for those of this service who oversee privacy
    count = sum(room.replay(registration=registration, stands=stands, by=ours) for room in (people, consent, access))
    if count:
        reroute(registration, ours)
        access.log(by=ours, act=act, subject=registration, about=[registration], detail={"changed": count})
    return bool(count)
