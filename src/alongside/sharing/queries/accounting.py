"""The account of disclosures: who was shown or told what about somebody, what was sent, and why it was open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.queries import Recalled, Session, Then
from alongside.audit import queries as ledger
from alongside.audit.queries import Line, Without
from alongside.definitions import policy
from alongside.kernel.periods import Period
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
    registration: str,
    *,
    since: datetime,
    until: datetime,
    of: Collection[Kind],
    access: Access,
    start: int,
    most: int,
    to_give: bool = False,
    by: Collection[str] | None = None,
) -> list[Accounted]:
    """Who was shown or told what about somebody of the reader's own service, and what was sent, from `since` until
    `until` (not included), the newest first.

    Attempts that were refused are for whoever oversees privacy. What is withheld from the person is marked for staff;
    in the person's own view, and in what they are given (`to_give`), it is left out and takes no place of a page.
    `NotThere` where the registration is another's or what was shared is closed. Where `by` names consents, only what
    was open by one of them.
    """
    allowed.require_own(access, registration, "choices")
    wanted = {act for kind in of for act in ACTS[kind] if kind is not Kind.REFUSED or access.may("oversee")}
    staff = policy.roles()[access.role].staff
    kept = _withheld(registration, access) if staff else _closed_to_the_person(registration, access)
    left_out = kept if to_give or not staff else Without()
    period = {"since": since, "until": until, "acts": wanted, "without": left_out}
    lines = _lines(registration, period, by, start, most)
    why = allowed.recalled(registration, [_then(one) for one in lines], access=access)
    looks = safety.looks_into(registration, access=access) if any(one.looks for one in why) else {}
    return [Accounted(one, found, kept.omits(one), _look(found, looks)) for one, found in zip(lines, why, strict=True)]


def _lines(registration: str, asked: dict[str, Any], by: Collection[str] | None, start: int, most: int) -> list[Line]:
    if by is None:
        return ledger.accounting(registration, **asked, start=start, most=most)
    found = ledger.accounting(registration, **asked, most=EVERY) if by else []
    return [one for one in found if not set(by).isdisjoint(one.because)][start : start + most]


def _look(why: Recalled, looks: Mapping[str, EmergencyLook]) -> EmergencyLook | None:
    return next((looks[one] for one in why.looks if one in looks), None)


def _then(one: Line) -> Then:
    kinds = one.kinds if one.act == "shown" else 0
    return Then(one.service, one.actor, one.role, one.purpose, kinds, one.at, one.because)


EVERY = 1_000_000  # entries about one person: by which consent each was open stands in the entry itself
WITHHELD = (*ACTS[Kind.TOLD], *ACTS[Kind.HEARD])  # what may be withheld from the person, beside looks in an emergency


def _withheld(registration: str, access: Access) -> Without:
    """What staff read as withheld: disclosures and copies of them, and what somebody was shown while they looked in an
    emergency that the person may not know of."""
    every = safety.withheld_of(registration, access=access)
    about = {key for key, one in every.items() if one.state != Review.NOT_UPHELD}
    looked = allowed.sessions(registration, access=access) if about else []
    return Without(WITHHELD, about, shown=_shown(one for one in looked if one.id in about))


def _closed_to_the_person(registration: str, access: Access) -> Without:
    """The same as the person's own view has it: what they do not see."""
    told = [*safety.disclosures(registration, access=access), *safety.received_of(registration, access=access)]
    looked = allowed.sessions(registration, access=access)
    seen = safety.looks_into(registration, access=access) if looked else {}
    closed = _shown(one for one in looked if one.id not in seen)
    return Without(WITHHELD, only={one.id for one in told}, shown=closed)


def _shown(looked: Iterable[Session]) -> list[tuple[str, str, Period]]:
    return [(one.practitioner, one.service, one.when) for one in looked]
