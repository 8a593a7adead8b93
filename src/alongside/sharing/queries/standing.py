"""Whether anything is nowhere, what stands, what somebody holds, and how long it is kept: asked across every room."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consent import queries as consent
from alongside.consultation import queries as consultation
from alongside.contacts import queries as contacts
from alongside.definitions.retention import Retention
from alongside.journey import queries as journey
from alongside.kernel.language import later, said
from alongside.people import queries as people
from alongside.plan import queries as plan
from alongside.post import queries as post
from alongside.referral import queries as referral
from alongside.safety import queries as safety
from alongside.screening import queries as screening
from alongside.sharing import ending
from alongside.sharing.ending import Keeping
from alongside.tasks import queries as tasks
from alongside.transitions import queries as transitions

OPEN_THINGS = {
    "people": people.open_things,
    "post": post.open_things,
    "safety": safety.open_things,
    "journey": journey.open_things,
    "contacts": contacts.open_contacts,
    "plan": plan.open_things,
    "consultation": consultation.open_things,
    "referral": referral.open_things,
    "screening": screening.open_things,
    "transitions": transitions.open_things,
}


def nowhere(*, access: Access) -> Iterator[str]:
    """What breaks the promise that nothing is nowhere, in sentences with ids; nothing where it holds.

    Every open thing has exactly one open task, with somebody who works there now; nothing that is over has one; and
    every open journey has had exactly one lead practitioner since it opened.
    """
    for room, open_things in OPEN_THINGS.items():
        owed = tasks.open_things(room, access=access)
        things = set(open_things(access=access))
        for thing in sorted(things | set(owed)):
            if thing not in things:
                yield said("{room} {thing} is over and still has an open task.", room=room, thing=thing)
            elif owed[thing] != 1:
                many = later("{room} {thing} is open and has {count} open tasks instead of one.")
                yield said(many, room=room, thing=thing, count=owed[thing])
    for room, thing in tasks.left_behind(access=access):
        left = later("{room} {thing} is owed by somebody who left the service. Hand over what they held.")
        yield said(left, room=room, thing=thing)
    for spine in journey.continuity_problems(access=access):
        yield said("Journey {spine} has not had exactly one lead practitioner all the time.", spine=spine)


def standing(registrations: Collection[str], *, access: Access) -> dict[str, dict[str, Any]]:
    """Who is let in to these registrations and to those that were ever linked to them, by registration: ids, masks and
    times, and no words. What `actions.replay` closes an older copy of the database by."""
    wanted = people.with_linked(registrations, access=access)
    facts = allowed.standing(wanted, access=access)
    agreed = consent.standing(list(facts), access=access)
    linked = people.standing(list(facts), access=access)
    return {one: facts[one] | agreed[one] | linked[one] for one in facts}


def everybody(*, access: Access) -> list[str]:
    """Every registration there is, by its id; for the installation's own job."""
    return allowed.everybody(access=access)


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody holds in one service: people on their caseload, open questions, and whatever they owe."""

    service: str
    people: int
    questions: int
    tasks: int


def held(practitioner: str, *, access: Access) -> list[Held]:
    """What somebody holds in each service where they hold anything; what `leaver` hands over."""
    caseload = journey.held_by(practitioner, access=access)
    questions = consultation.held_by(practitioner, access=access)
    owed = tasks.held_by(practitioner, access=access)
    return [Held(one, caseload[one], questions[one], owed[one]) for one in sorted({*caseload, *questions, *owed})]


def keeping(registration: str, *, access: Access, died: date | None = None) -> Keeping:
    """How long a registration of the reader's own service has to be kept, from a day of death where one is given, and
    what else stands in the way of erasing it. `NotThere` where it is closed to the reader."""
    allowed.require_own(access, registration, "identity", "choices")
    return ending.keeping(registration, died, access)


def period(*, access: Access) -> Retention | None:
    """How long records are kept in the country of the reader's service; None where nobody wrote anything down."""
    return ending.period(access)


def period_over(*, after: str = "", access: Access) -> tuple[list[tuple[str, date, date]], str]:
    """Registrations of the reader's own service whose period is over, some at a time, each with the day of the last
    contact and the last day of its period; and from where (`after`) to go on, empty at the end. For whoever oversees
    privacy (`NotAllowed` for others). Who died sooner is not among them: nobody writes that down here."""
    access.check_may("oversee")
    return ending.over(after, access)
