"""Whom an evaluation of the record is about."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whom an evaluation is about: an arm of the pathway, and referrals received within a period. Empty means all."""

    arm: str = ""
    received_from: date | None = None
    received_until: date | None = None

    def holds(self, received: date, arm: str) -> bool:
        """Whether a referral received on that day, on that arm (empty: none), belongs to it."""
        after = self.received_from is None or received >= self.received_from
        before = self.received_until is None or received <= self.received_until
        return after and before and (not self.arm or arm == self.arm)


EVERYBODY = Cohort()
