"""Whether anything is nowhere: asked across every room with a state table."""

from collections.abc import Iterator

from alongside.access.context import Access
from alongside.consultation import queries as consultation
from alongside.contacts import queries as contacts
from alongside.journey import queries as journey
from alongside.plan import queries as plan
from alongside.referral import queries as referral
from alongside.tasks import queries as tasks
from alongside.transitions import queries as transitions

OPEN_THINGS = {
    "journey": journey.open_things,
    "contacts": contacts.open_contacts,
    "plan": plan.open_things,
    "consultation": consultation.open_things,
    "referral": referral.open_things,
    "transitions": transitions.open_things,
}


def nowhere(*, access: Access) -> Iterator[str]:
    """What breaks the promise that nothing is nowhere, in sentences with ids; nothing where it holds.

    Every open thing has exactly one open task, nothing that is over has one, and every open journey has had exactly
    one lead practitioner since it opened.
    """
    for room, open_things in OPEN_THINGS.items():
        owed = tasks.open_things(room, access=access)
        things = set(open_things(access=access))
        for thing in sorted(things | set(owed)):
            if thing not in things:
                yield f"{room} {thing} is over and still has an open task."
            elif owed[thing] != 1:
                yield f"{room} {thing} is open and has {owed[thing]} open tasks instead of one."
    for spine in journey.continuity_problems(access=access):
        yield f"Journey {spine} has not had exactly one lead practitioner all the time."
