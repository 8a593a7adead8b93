"""What the ledger holds about one registration in a period: who looked, who was told, what was sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.audit.models import Entry, Pseudonym
from alongside.audit.queries.looking import entries_of
from alongside.audit.queries.omitting import NOTHING, Without


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it names one registration. `because` is by what that one was open, where it is noted: consents and
    looks in an emergency. `policy` is the edition of the policy that decided, where that is."""

    at: datetime
    actor: str
    role: str
    service: str
    purpose: str
    act: str
    subject: str
    kinds: int
    detail: dict[str, Any]
    because: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        return str(self.detail.get("policy", ""))


def accounting(
    registration: str,
    *,
    since: datetime,
    until: datetime,
    acts: Collection[str],
    start: int = 0,
    most: int = 50,
    without: Without = NOTHING,
) -> list[Line]:
    """Entries of these acts from `since` until `until` (not included) that name a registration, the newest first, from
    `start`; what is left out (`without`) takes no place."""
    found = entries_of(registration, since=since, until=until, acts=acts, most=start + most, without=without)
    found.sort(key=lambda one: (one[0].at, one[0].pk), reverse=True)
    called = Pseudonym.objects.filter(registration=registration).values_list("pseudonym", flat=True).first()
    return [_line(entry, kinds, called) for entry, kinds in found[start : start + most]]


def _line(entry: Entry, kinds: int, called: str | None) -> Line:
    return Line(
        at=entry.at,
        actor=entry.actor,
        role=entry.role,
        service=entry.service,
        purpose=entry.purpose,
        act=entry.act,
        subject=entry.subject,
        kinds=kinds,
        detail=entry.detail,
        because=tuple(why for one, why in entry.detail.get("because", ()) if one == called),
    )
