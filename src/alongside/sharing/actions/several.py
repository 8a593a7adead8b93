"""Agreeing with several recipients in one breath: all of it is saved, or nothing."""

from collections.abc import Collection, Sequence

from django.db import transaction

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import actions as consent
from alongside.consent.rules import Choice, Given
from alongside.kernel.errors import Invalid
from alongside.sharing.actions.choosing import CONFIRMED, confirm, give_together, reroute


@transaction.atomic
def agree_several(
    *, registration: str, said: Sequence[Sequence[Choice]], seen: Collection[str], by: Access, submission: str = ""
) -> str:
    """What the person agrees with each of some recipients (care and evaluation of one, as in `agree_all`); returns the
    first consent's id. What was said by voice is confirmed once.

    `seen` are the ids of everything that stood on the page: raises `Duplicate` and `Stale` as `consent.check_drawn`,
    and `Invalid("said", …)` where nothing is said.
    """
    consent.check_drawn(registration=registration, seen=seen, submission=submission, by=by)
    if not said:
        raise Invalid("said", "Nothing was changed, so there is nothing to save.")
    first, *others = in_order(said)
    made = give_together(registration, first, by, submission=submission)
    for one in others:
        give_together(registration, one, by)
    reroute(registration, by)
    if first[0].given is Given.VERBAL:
        confirm(registration, CONFIRMED, made, by)
    return made


def in_order(said: Sequence[Sequence[Choice]]) -> list[Sequence[Choice]]:
    """Classes first: whether nothing for a service has to close it by name is known once its class has been said."""
    return sorted(said, key=lambda one: Handle.kind(one[0].recipient) != "class")
