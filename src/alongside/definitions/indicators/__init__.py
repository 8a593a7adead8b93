"""What an evaluation counts, as data: each measure's title, numerator, denominator, source and standing."""

from functools import cache
from typing import Literal

from alongside.definitions.loader import load_all
from alongside.definitions.provenance import Content, Definition, Text

Flag = Literal[
    "referred",
    "finished",
    "at_caseness",
    "not_at_caseness",
    "could_recover",
    "recovery",
    "reliable_improvement",
    "reliable_deterioration",
    "no_reliable_change",
    "reliable_recovery",
    "within_6_weeks",
    "within_18_weeks",
    "phq9_caseload",
    "phq9_response",
    "phq9_remission",
    "phq9_five_points",
    "opened",
    "both_services",
    "inducted",
]
ServiceKind = Literal["talking_therapies", "substance_use", "other"]


class Indicator(Content):
    """One measure. A rate is `numerator` of `denominator`; a count has no denominator.

    Numerator and denominator name flags of an episode or, in a set that counts journeys, of a journey. `applies_to`
    lists the kinds of service whose episodes are counted; every kind where it is empty. `period_anchor` is the date
    that puts an episode into a period. `short` heads a column.
    """

    id: Text
    title: Text
    short: Text
    asks: Text
    why_it_matters: Text
    cannot_say: Text
    numerator: Flag
    denominator: Flag | None = None
    applies_to: tuple[ServiceKind, ...] = ()
    period_anchor: Literal["referral_received", "discharged", "opened"]
    direction: Literal["higher_is_better", "lower_is_better", "neither"]
    definition: Text
    source: Text
    verified: bool


class Set(Definition):
    """One file: measures that belong together, with who wrote and who checked them."""

    order: int
    counts: Literal["episodes", "journeys"] = "episodes"
    indicators: tuple[Indicator, ...]


@cache
def sets() -> tuple[Set, ...]:
    """Every set of measures, in the order in which a report shows them."""
    return tuple(sorted(load_all(__name__, Set), key=lambda found: found.order))


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every measure of episodes, in the order in which a report shows it."""
    return _counting("episodes")


@cache
def journey_indicators() -> tuple[Indicator, ...]:
    """Every measure of joint journeys, in the order in which a report shows it."""
    return _counting("journeys")


def _counting(what: str) -> tuple[Indicator, ...]:
    return tuple(one for found in sets() if found.counts == what for one in found.indicators)
