"""Questions that fall away by earlier answers, as a page tells its script: the rule that skips them, turned into words.

Without the script they stand there like any other, and are accepted without an answer.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.definitions.instruments import Instrument, Item, Skip
from alongside.measures.rules import question_said


@dataclass(frozen=True, slots=True)
class Away:
    """When a question falls away (`audit_item2:0,away audit_item3:0,away`, all of which have to hold), and why."""

    by: str
    why: str


def away(measure: Instrument, item: Item) -> Away | None:
    """None where it is always asked."""
    if item.skip is None:
        return None
    earlier = [measure.items[number - 1] for number in item.skip.items]
    by = " ".join(f"{measure.key}_{one.key}:{','.join(_skipping(one, item.skip))}" for one in earlier)
    named = ", ".join(question_said(one) for one in earlier)
    return Away(by, _("Not asked, because of the answer to: %(earlier)s.") % {"earlier": named})


def _skipping(earlier: Item, skip: Skip) -> list[str]:
    """The answers to an earlier question that skip this one. Several skip another at nought together only, which is
    nought each; one that fell away itself counts as nought."""
    values = [str(value) for value in earlier.values if earlier.points(value) in skip.sums]
    return values + ["away"] * (earlier.skip is not None and 0 in skip.sums)
