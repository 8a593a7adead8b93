"""The account of disclosures: who was shown or told what about somebody, what was sent, and why it was open."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.queries import Recalled, Session, Then
from alongside.audit import queries as ledger
from alongside.audit.queries import Line
from alongside.definitions import policy
from alongside.safety import queries as safety
from alongside.safety.queries import Look as EmergencyLook
from alongside.safety.rules import Review


class Kind(StrEnum):
    """What an account of disclosures tells of."""

    LOOKED = "looked"  # a page that was shown
    TAKEN = "taken"  # a list that was taken away as a file
    TOLD = "told"  # told without the person's consent
    HEARD = "heard"  # told to this service by another one, without the person's consent
    SENT = "sent"  # a message to the person, or a referral to another service
    REFUSED = "refused"  # an address that was asked for and is closed to whoever asked


# What the ledger calls each of them. A file that is taken away is a page, too: which ones are files, the pages say.
ACTS = {
    Kind.LOOKED: ("shown",),
    Kind.TAKEN: ("shown",),
    Kind.TOLD: ("safety.disclose",),
    Kind.HEARD: ("safety.received",),
    Kind.SENT: ("post.sent", "referral.send"),
    Kind.REFUSED: ("refused",),
}


@dataclass(frozen=True, slots=True)
class Accounted:
    """One line of an account: what the ledger says, why it was open, by the facts as they stood then, and the look in
    an emergency by which it was, where the reader may know of one. `withheld` is what the person may not know of, so
    that it is not on what they are given."""

    line: Line
    why: Recalled
    withheld: bool = False
    look: EmergencyLook | None = None


def account(
    registration: str, *, since: datetime, until: datetime, of: Collection[Kind], access: Access, start: int, most: int
) -> list[Accounted]:
    """Who was shown or told what about somebody of the reader's own service, and what was sent, from `since` until
    `until` (not included), the newest first.

    Attempts that were refused are for whoever oversees privacy. What is withheld from the reader is left out: only the
    person's own view has such entries. `NotThere` where the registration is another's or what was shared is closed.
    """
    allowed.require_own(access, registration, "choices")
    wanted = {act for kind in of for act in ACTS[kind] if kind is not Kind.REFUSED or access.may("oversee")}
    period = {"since": since, "until": until, "acts": wanted}
    found = start + most
    while True:
        every = ledger.accounting(registration, **period, start=0, most=found)
        kept = _kept_from_the_person(registration, every, access)
        lines = every if policy.roles()[access.role].staff else [one for one in every if not kept(one)]
        # What is left out is made up for, so that a page that is not full does not say that something was.
        if len(lines) >= start + most or len(every) < found:
            break
        found *= 2
    lines = lines[start : start + most]
    why = allowed.recalled(registration, [_then(one) for one in lines], access=access)
    looks = safety.looks_into(registration, access=access) if any(one.looks for one in why) else {}
    return [Accounted(one, found, kept(one), _look(found, looks)) for one, found in zip(lines, why, strict=True)]


def _look(why: Recalled, looks: Mapping[str, EmergencyLook]) -> EmergencyLook | None:
    return next((looks[one] for one in why.looks if one in looks), None)


def _then(one: Line) -> Then:
    kinds = one.kinds if one.act == "shown" else 0
    return Then(one.service, one.actor, one.role, one.purpose, kinds, one.at, one.because)


def _kept_from_the_person(registration: str, lines: list[Line], access: Access) -> Callable[[Line], bool]:
    """Which lines are withheld from the person: disclosures and copies of them, and what somebody was shown while they
    looked in an emergency that the person may not know of."""
    told, looked = _told_withheld(registration, lines, access), _looks_withheld(registration, access)

    def withheld(line: Line) -> bool:
        if line.act not in ACTS[Kind.LOOKED]:
            return line.subject in told
        same = (one for one in looked if (one.practitioner, one.service) == (line.actor, line.service))
        return any(line.at in one.when for one in same)

    return withheld


def _looks_withheld(registration: str, access: Access) -> list[Session]:
    every = allowed.sessions(registration, access=access)
    if not every:
        return []
    if not policy.roles()[access.role].staff:
        seen = safety.looks_into(registration, access=access)
        return [one for one in every if one.id not in seen]
    found = safety.withheld([one.id for one in every], access=access)
    return [one for one in every if one.id in found and found[one.id].state != Review.NOT_UPHELD]


def _told_withheld(registration: str, lines: list[Line], access: Access) -> set[str]:
    """Told by what stands of them for staff, and for the person by what they do not see."""
    told = {one.subject for one in lines if one.act in (*ACTS[Kind.TOLD], *ACTS[Kind.HEARD])}
    if not told:
        return set()
    if policy.roles()[access.role].staff:
        found = safety.withheld(told, access=access)
        return {about for about, one in found.items() if one.state != Review.NOT_UPHELD}
    seen = [*safety.disclosures(registration, access=access), *safety.received_of(registration, access=access)]
    return told - {one.id for one in seen}
