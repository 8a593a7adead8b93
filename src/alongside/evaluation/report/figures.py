"""Numbers in words for one audience. The report says every number through this, so that none slips past."""

from collections.abc import Mapping

from alongside.evaluation.rows import Row, with_intervals
from alongside.evaluation.rules.audience import Audience
from alongside.evaluation.rules.disclosure import HIDDEN, hidden_groups, rounded, whole_percent
from alongside.kernel.language import gettext as _
from alongside.kernel.numbers import half_up, percent


class Figures:
    """Counts and rates as `audience` may read them."""

    def __init__(self, audience: Audience) -> None:
        self.exact = audience.exact

    def count(self, count: int) -> str:
        """One count that stands alone."""
        if self.exact:
            return f"{count:,}"
        found = rounded(count)
        return HIDDEN if found is None else _("about {count}").format(count=f"{found:,}")

    def counts(self, counts: Mapping[str, int]) -> dict[str, str]:
        """The parts of a total that the reader also sees."""
        hidden = frozenset() if self.exact else hidden_groups(counts)
        return {name: HIDDEN if name in hidden else self.count(count) for name, count in counts.items()}

    def rate(self, numerator: int, denominator: int) -> str:
        """`7 of 9, 77.8 % (45.3 to 93.7)`: the count, its denominator, the percentage and Wilson's 95 % limits."""
        if not denominator:
            return _("none to count")
        [row] = with_intervals([Row("", "total", "", numerator, denominator)])
        return self._exact_rate(row) if self.exact else self._public_rate(row)

    def _exact_rate(self, row: Row) -> str:
        # Only rows with a denominator come here, so the limits are there.
        return _("{n} of {of}, {percent} % ({lower} to {upper})").format(
            n=f"{row.numerator:,}",
            of=f"{row.denominator:,}",
            percent=percent(row.numerator, row.denominator or 0),
            lower=half_up(100 * (row.lower or 0.0), 1),
            upper=half_up(100 * (row.upper or 0.0), 1),
        )

    def _public_rate(self, row: Row) -> str:
        whole = whole_percent(row.numerator, row.denominator or 0)
        if whole is None or row.lower is None or row.upper is None:
            return HIDDEN
        lower, upper = half_up(100 * row.lower), half_up(100 * row.upper)
        return _("{percent} % ({lower} to {upper})").format(percent=whole, lower=lower, upper=upper)
