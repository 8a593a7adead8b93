"""Reliable and clinically significant change by Jacobson and Truax, from norms that are stated with the result.

Jacobson and Truax 1991, Journal of Consulting and Clinical Psychology 59:12-19. S_diff = √2 · SD · √(1 − r); a change
beyond 1.96 S_diff is reliable. The published fixed values of the national outcome rules come first
(`outcomes.rules.change`); this is for instruments and populations that have none.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from alongside.definitions.instruments import Instrument

CRITICAL = Decimal("1.96")


@dataclass(frozen=True, slots=True)
class Norms:
    """Figures of the people a change is judged against, and where they were published.

    `sd` and `mean` are of people in treatment at the start; `reliability` (0 to 1, 1 excluded) is the instrument's;
    `functional_mean` and `functional_sd` are of people without the problem, where they are known.
    """

    population: str
    source: str
    mean: Decimal
    sd: Decimal
    reliability: Decimal
    functional_mean: Decimal | None = None
    functional_sd: Decimal | None = None

    def __post_init__(self) -> None:
        if self.sd <= 0:
            raise ValueError("sd: a standard deviation is more than nought")
        if not 0 <= self.reliability < 1:
            raise ValueError("reliability: from 0 to below 1")
        if (self.functional_mean is None) != (self.functional_sd is None):
            raise ValueError("functional_sd: give both functional figures or neither")

    @property
    def standard_error_of_difference(self) -> Decimal:
        return (2 * (1 - self.reliability)).sqrt() * self.sd

    @property
    def least_reliable_change(self) -> Decimal:
        """The change that has to be exceeded, unrounded."""
        return CRITICAL * self.standard_error_of_difference

    def cutoff(self, higher_is_worse: bool = True) -> Decimal:
        """Where a score is as likely to be of the one as of the other population (criterion c). Where only people in
        treatment are known, two of their standard deviations from their mean, on the better side (criterion a)."""
        if self.functional_mean is None or self.functional_sd is None:
            return self.mean - 2 * self.sd if higher_is_worse else self.mean + 2 * self.sd
        weighted = self.sd * self.functional_mean + self.functional_sd * self.mean
        return weighted / (self.sd + self.functional_sd)


def stated_norms(instrument: Instrument) -> Norms | None:
    """The norms that the instrument's definition states; None where nobody could source any, or where a score has no
    better and no worse."""
    found = instrument.norms
    if found is None or instrument.higher_is == "neither":
        return None
    figures = found.model_dump(exclude={"verified"})
    return Norms(**figures)


class Significance(StrEnum):
    """The four results of Jacobson and Truax."""

    RECOVERED = "recovered"  # reliably better, and across the cut-off; said of scores, never of a person
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


def significance(first: Decimal, last: Decimal, norms: Norms, higher_is_worse: bool = True) -> Significance:
    """What the change from `first` to `last` amounts to. A change of exactly the least is not reliable: it has to be
    exceeded."""
    better = first - last if higher_is_worse else last - first
    if abs(better) <= norms.least_reliable_change:
        return Significance.UNCHANGED
    if better < 0:
        return Significance.DETERIORATED
    cutoff = norms.cutoff(higher_is_worse)
    crossed = last < cutoff <= first if higher_is_worse else first <= cutoff < last
    return Significance.RECOVERED if crossed else Significance.IMPROVED
