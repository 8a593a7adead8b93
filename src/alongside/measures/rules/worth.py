"""What scoring says of a set of answers: what they are worth, or what stands in the way."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from alongside.measures.rules.answers import Problem
from alongside.measures.rules.indexes import Index


class Scored(NamedTuple):
    """What answers are worth.

    `value` is None where the instrument has no total. `band` is the key of its band or label, or the profile of one
    that has a profile (None where no bands are published); `flags` are those that the answers raise; `parts` are the
    subscales by key, None where a gap leaves one open; `gaps` are the items that were not answered and did not have
    to be; `out_of` is the greatest total where items that did not apply have lowered it: no band is named then, because
    bands are of the whole scale. `indexed` is what the
    profile is worth by the value set of the jurisdiction, None where none is used here.
    """

    value: Decimal | None
    band: str | None
    flags: tuple[str, ...]
    parts: tuple[tuple[str, Decimal | None], ...] = ()
    gaps: tuple[str, ...] = ()
    out_of: Decimal | None = None
    indexed: Index | None = None

    @property
    def status(self) -> str:
        """`scored`, with the items that were left out."""
        return "scored" + (f" without {', '.join(self.gaps)}" if self.gaps else "")


@dataclass(frozen=True, slots=True)
class Refused:
    """No score, and every item that stands in the way. `flags` are raised by the answers that were given all
    the same: a gap elsewhere on the page must not hide an answer about self-harm."""

    problems: tuple[Problem, ...]
    flags: tuple[str, ...]

    @property
    def status(self) -> str:
        """Every problem as one line: `item3: not answered; item5: 7 is not one of 0, 1, 2, 3`."""
        return "; ".join(f"{problem.field}: {problem.reason}" for problem in self.problems)
