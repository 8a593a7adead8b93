"""A whole walk: what was seen, and what is where nobody should have put it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.canaries import spilled
from tests.canaries.looking import Judge, Looked, walk
from tests.canaries.made import Canaries

# A sender hears what was offered instead, and nothing else of a decision that is the other service's.
HEARD = ("GET referrals-sent: Decision.offered", "GET referral-told: Decision.offered", "POST referral-told: Decision")


@dataclass(frozen=True, slots=True)
class Found:
    looked: Looked
    leaked: list[str]
    unaudited: list[str]
    over_audited: list[str]
    spilled: list[str]

    @property
    def faults(self) -> list[str]:
        return [*self.leaked, *self.unaudited, *self.over_audited, *self.spilled, *self.looked.broken]


def walked(world: Canaries, judge: Judge, every: int, only: Sequence[str] = ()) -> Found:
    with spilled.listening() as logs:
        looked = walk(world, judge, every, only)
    leaked = [one for one in looked.leaked if not any(heard in one for heard in HEARD)]
    out = [
        *spilled.in_logs(logs),
        *spilled.in_headers(looked.answers),
        *spilled.in_columns(),
        *spilled.in_sessions(),
        *spilled.in_caches(),
        *spilled.in_letters(),
    ]
    return Found(looked, leaked, looked.unaudited, looked.over_audited, out)
