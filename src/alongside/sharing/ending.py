"""How long a record has to be kept, asked of every room: what its period is counted from, and what is still open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consultation import queries as consultation
from alongside.contacts import queries as contacts
from alongside.definitions import retention
from alongside.definitions.retention import Retention
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.kernel.language import gettext as _
from alongside.measures import queries as measures
from alongside.people import queries as people
from alongside.people import rules
from alongside.people.rules import Life
from alongside.referral import queries as referral
from alongside.safety import queries as safety
from alongside.tasks import queries as tasks

LASTS = (journey.last_of, contacts.last_of, measures.last_of, referral.last_of, consultation.last_of)
DECIDING = "decide_erasure"  # what the second person owes: it stands in nobody's way
CHUNK, MOST, LOOKED = 200, 25, 5_000  # registrations: asked about at once, of a page, looked through for a page


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when a registration has to be kept (None where nobody wrote down how long), since when nobody of its
    service has had to do with the person, whether a legal hold stands, and words for what is still open.

    `if_died` is the last day had the person died, which whoever proposes to erase it may know first."""

    registration: str
    last: date
    until: date | None
    held: bool
    unfinished: tuple[str, ...]
    if_died: date | None = None

    @property
    def over(self) -> bool:
        return self.until is not None and clock.today() > self.until

    @property
    def erasable(self) -> bool:
        return self.over and not self.held and not self.unfinished

    @property
    def proposable(self) -> bool:
        """Whether it may be erased now, or might be where the person has died."""
        by_death = self.if_died is not None and clock.today() > self.if_died
        return (self.over or by_death) and not self.held and not self.unfinished

    @property
    def opens(self) -> tuple[date, date] | None:
        """The first day on which it may be proposed, and where the person has died; None where nothing is written down
        or its period is no longer what stands in the way."""
        if self.until is None or self.if_died is None or self.over:
            return None
        day = timedelta(days=1)
        return self.until + day, self.if_died + day


def period(access: Access) -> Retention | None:
    """The periods of the country of the reader's service."""
    return retention.retention(allowed.pack_of(access.service, access=access))


def keeping(registration: str, died: date | None, access: Access) -> Keeping:
    """How long one registration of the reader's service has to be kept, and what else stands in the way."""
    life = _lives([registration], died, access)[registration]
    known = period(access)
    return Keeping(
        registration,
        life.last,
        rules.kept_until(known, life) if known else None,
        people.is_held(registration, access=access),
        _unfinished(registration, access),
        rules.kept_if_died(known, life) if known else None,
    )


def check(registration: str, died: date | None, access: Access) -> None:
    """Raise `NotAllowed` with what stands in the way of erasing a locked registration now."""
    found, known = keeping(registration, died, access), period(access)
    why = known.words if known else ""
    rules.check_erasable(found.until, clock.today(), why_unknown=why, held=found.held, unfinished=found.unfinished)


def over(after: str, access: Access) -> tuple[list[tuple[str, date, date]], str]:
    """Registrations of the reader's service whose period is over, from the one after `after`: each with the day of the
    last contact and the last day of its period; and from where to go on, empty at the end."""
    known = period(access)
    if known is None or known.after_contact is None:
        return [], ""
    day = rules.years_after(clock.today(), -known.after_contact)
    before = datetime.combine(day, datetime.min.time(), tzinfo=LONDON)
    found: list[tuple[str, date, date]] = []
    for _turn in range(LOOKED // CHUNK):
        some = people.registered_before(before, after=after, most=CHUNK, access=access)
        lives = _lives(some, None, access)
        for one in some:
            after, until = one, rules.kept_until(known, lives[one])
            if until and clock.today() > until:
                found.append((one, lives[one].last, until))
            if len(found) == MOST:
                return found, after
        if len(some) < CHUNK:
            return found, ""
    return found, after


def _lives(registrations: Collection[str], died: date | None, access: Access) -> dict[str, Life]:
    lasts = [found for room in LASTS for found in room(registrations, access=access)]
    made = people.born_and_registered(registrations, access=access)
    return {
        one: Life(born, max([at, *(found[one] for found in lasts if one in found)]).astimezone(LONDON).date(), died)
        for one, (born, at) in made.items()
    }


def _unfinished(registration: str, access: Access) -> tuple[str, ...]:
    every = [registration, *safety.stand_ins(registration, access=access)]
    standing = {
        _("a stay or a joint journey"): journey.is_open(registration, access=access),
        _("a referral"): referral.is_open(registration, access=access),
        _("a question between teams"): consultation.is_open(registration, access=access),
        _("another record here of the same person"): allowed.is_paired(registration, access=access),
        _("something that somebody owes"): tasks.is_owed(every, but_for=DECIDING, access=access),
    }
    return tuple(words for words, open_ in standing.items() if open_)
