"""Who looked at whom, and what was put right: for whoever oversees privacy."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access.context import Access
from alongside.audit import queries as ledger
from alongside.audit.queries import Act
from alongside.people import queries as people
from alongside.people.queries import PersonHeader
from alongside.safety.queries import Look as EmergencyLook
from alongside.sharing.queries.accounting import ACTS, Kind

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


@dataclass(frozen=True, slots=True)
class Overseen:
    """`looks` and `done`; where more was shown than is read at once, the instant from which all of it is in `looks`."""

    looks: list[Look]
    done: Done
    whole_since: datetime | None = None


def overseen(*, since: datetime, access: Access) -> Overseen:
    """`looks` and `done` in one: whose they are of the reader's own service is asked once for both."""
    access.check_may("oversee")
    asked = [(["shown"], ""), (DONE, access.service), (JOINED, "")]
    every = ledger.newest_each(asked, since=since)
    shown = [one for one in every if one.act == "shown"]
    ours = _about_our_own(every, access)
    looks = _looks([one for one in ours if one.act == "shown"])
    done = _done([one for one in ours if one.act != "shown"])
    return Overseen(looks, done, shown[-1].at if ledger.is_cut(shown) else None)


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


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose record it was, and what was shown of it, the latest first. Nobody's, and nothing, where it is closed."""

    about: PersonHeader | None
    shown: list[Shown]


def shown_in(look: EmergencyLook, *, access: Access) -> Seen:
    """Into whose record of ours somebody looked, and what they were shown of it while it was open to them. For whoever
    oversees privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    about = people.headers([look.registration], access=access).get(look.registration)
    if about is None or about.service != access.service:
        return Seen(None, [])
    who = {"actor": look.reader, "service": look.reader_service}
    found = ledger.shown_to(look.registration, **who, since=look.at, until=look.until)
    return Seen(about, [Shown(at, kinds) for at, kinds in found])
