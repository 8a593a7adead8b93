"""Asked across every room: whether anything is nowhere, who looked at whom, and what was put right."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.queries import Recalled, Session, Then
from alongside.audit import queries as ledger
from alongside.audit.queries import Act, Line
from alongside.consent import queries as consent
from alongside.consultation import queries as consultation
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.definitions.retention import Retention
from alongside.journey import queries as journey
from alongside.kernel.language import later, said
from alongside.people import queries as people
from alongside.plan import queries as plan
from alongside.post import queries as post
from alongside.referral import queries as referral
from alongside.safety import queries as safety
from alongside.safety.queries import Look as EmergencyLook
from alongside.safety.rules import Review
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
    """One line of an account: what the ledger says, and why it was open, by the facts as they stood then. `withheld`
    is what the person may not know of, so that it is not on what they are given."""

    line: Line
    why: Recalled
    withheld: bool = False


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
    return [Accounted(one, found, kept(one)) for one, found in zip(lines, why, strict=True)]


def _then(one: Line) -> Then:
    return Then(one.service, one.actor, one.role, one.purpose, one.kinds if one.act == "shown" else 0, one.at)


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
        seen = safety.looks_to_read(registration, access=access)
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


# What the ledger calls putting a record right.
PUT_RIGHT = (
    "contacts.correct",
    "contacts.correct_note",
    "contacts.wrong_person",
    "lives.correct",
    "lives.wrong_person",
    "measures.correct",
    "measures.withdraw_wrong_person",
    "medication.correct",
    "medication.wrong_person",
    "people.correct_identity",
    "screening.correct",
    "screening.wrong_person",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What one practitioner was shown about one registration: on how many pages, which kinds, and when last."""

    actor: str
    role: str
    service: str
    registration: str
    pages: int
    kinds: int
    last: datetime


def looks(*, since: datetime, access: Access) -> list[Look]:
    """Who was shown what about whom of the reader's service since an instant, the latest first.

    For whoever oversees privacy (`NotAllowed` for others). Of a busy time the newest 2,000 disclosures.
    """
    access.check_may("oversee")
    return _looks(_about_our_own(ledger.newest(acts=["shown"], since=since), access))


def _looks(acts: list[Act]) -> list[Look]:
    found: dict[tuple[str, str, str, str], list[Act]] = {}
    for one in acts:
        found.setdefault((one.actor, one.role, one.service, one.registration), []).append(one)
    return [_look(same) for same in found.values()]


def _look(acts: list[Act]) -> Look:
    newest = acts[0]
    kinds = 0
    for one in acts:
        kinds |= one.kinds
    return Look(newest.actor, newest.role, newest.service, newest.registration, len(acts), kinds, newest.at)


RESTORED = ("sharing.replay", "sharing.close")
DONE = (*PUT_RIGHT, *RESTORED, *ACTS[Kind.TOLD])
JOINED = ("people.link", "people.unlink")


@dataclass(frozen=True, slots=True)
class Done:
    """What a service put right in its own records, what it told without the person's consent, and which of its records
    were joined with another service's or taken apart, whichever of the two did it; the newest first."""

    put_right: list[Act]
    told: list[Act]
    joined: list[Act]


def done(*, since: datetime, access: Access) -> Done:
    """What the reader's service did since an instant that somebody should look over.

    For whoever oversees privacy (`NotAllowed` for others).
    """
    access.check_may("oversee")
    return _done(_about_our_own(ledger.newest_each([(DONE, access.service), (JOINED, "")], since=since), access))


def overseen(*, since: datetime, access: Access) -> tuple[list[Look], Done]:
    """`looks` and `done` in one: whose they are of the reader's own service is asked once for both."""
    access.check_may("oversee")
    asked = [(["shown"], ""), (DONE, access.service), (JOINED, "")]
    ours = _about_our_own(ledger.newest_each(asked, since=since), access)
    return _looks([one for one in ours if one.act == "shown"]), _done([one for one in ours if one.act != "shown"])


def _done(acts: list[Act]) -> Done:
    told = [one for one in acts if one.act in ACTS[Kind.TOLD]]
    joined = [one for one in acts if one.act in JOINED]
    return Done([one for one in acts if one.act not in {*ACTS[Kind.TOLD], *JOINED}], told, joined)


def _about_our_own(acts: list[Act], access: Access) -> list[Act]:
    ours = people.own_among((one.registration for one in acts), access=access)
    return [one for one in acts if one.registration in ours]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown at one moment: a page's kinds of information."""

    at: datetime
    kinds: int


def shown_in(look: EmergencyLook, *, access: Access) -> list[Shown]:
    """What whoever looked was shown of our record while it was open to them, the latest first. For whoever oversees
    privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    acts = ledger.newest(acts=["shown"], since=look.at, service=look.reader_service)
    return [
        Shown(one.at, one.kinds)
        for one in _about_our_own([one for one in acts if one.registration == look.registration], access)
        if one.actor == look.reader and one.at < look.until
    ]


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
