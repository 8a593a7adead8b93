"""First and last scores of a course, and those between.

What becomes of a course is drawn from the published shares first; scores are then drawn until the national
definitions (`outcomes.rules`, the same that the evaluation uses) say just that of them.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from random import Random

from alongside.cli.demonstration.assumptions import number, numbers
from alongside.cli.demonstration.chance import bounded, pick, shifted_odds
from alongside.definitions import talking_therapies
from alongside.definitions.instruments import Instrument, instrument
from alongside.kernel.numbers import half_up
from alongside.outcomes.rules import DEPRESSION, FALLBACK, Ends, InForce, Outcomes, outcomes

TRIES = 20
# Latent change by fate: the mean and spread of the fall in PHQ-9 and in GAD-7, or (`to`) of where they end.
_FALLS = {
    "recovered": ((2.0, 1.6), (1.6, 1.2)),
    "improved": ((5.2, 3.2), (4.2, 2.6)),
    "deteriorated": ((-5.0, 3.0), (-4.0, 2.5)),
    "no_change": ((0.4, 2.4), (0.3, 2.0)),
}
_RECOVERED_AT = ((6.2, 2.6), (5.2, 2.0))


@dataclass(frozen=True, slots=True)
class Pair:
    """PHQ-9 and GAD-7 at one moment."""

    phq9: int
    gad7: int


@dataclass(frozen=True, slots=True)
class Mood:
    """The ends of a course. `own` is the key of the problem's own measure where it is taken, `severity` latent."""

    fate: str
    at_caseness: bool
    first: Pair
    last: Pair
    severity: float
    own: str = ""

    @property
    def better(self) -> bool:
        return self.fate in ("recovered_reliably", "improved")


def draw(random: Random, descriptor: str, decile: int, *, fate: str = "") -> Mood:
    """Scores of a finished course; `fate` (a key of the shares, or `unpaired`) is drawn unless a story names it."""
    own = _own(random, descriptor)
    at_caseness = bool(fate) or random.random() >= number("not_at_caseness")
    chosen = fate or _fate(random, descriptor, decile, at_caseness)
    while True:
        severity, first = start(random)
        if _judged(first, first, own).at_caseness != at_caseness:
            continue
        for _ in range(TRIES):
            last = _last(random, first, chosen)
            if _fits(_judged(first, last, own), chosen):
                return Mood(chosen, at_caseness, first, last, severity, own)


def start(random: Random) -> tuple[float, Pair]:
    """How somebody is when they come: latent severity, and the two scores it shows in."""
    severity, other = random.gauss(0, 1), random.gauss(0, 1)
    together = number("phq9_with_gad7")
    phq9, gad7 = numbers("phq9_first"), numbers("gad7_first")
    worry = together * severity + (1 - together**2) ** 0.5 * other
    return severity, Pair(
        bounded(phq9["mean"] + phq9["sd"] * severity, 0, 27), bounded(gad7["mean"] + gad7["sd"] * worry, 0, 21)
    )


def _own(random: Random, descriptor: str) -> str:
    key = talking_therapies.instrument_for(descriptor) or ""
    if not key or instrument(key).reliable_change is None or instrument(key).caseness is None:
        return ""
    return key if random.random() < number("own_measure") else ""


def _fate(random: Random, descriptor: str, decile: int, at_caseness: bool) -> str:
    if random.random() < number("unpaired"):
        return "unpaired"
    if not at_caseness:
        return pick(random, numbers("change_when_not_at_caseness"))
    if random.random() < recovery(descriptor, decile):
        return "recovered_reliably" if random.random() < number("reliable_when_recovered") else "recovered"
    return pick(random, numbers("change_when_not_recovered"))


def recovery(descriptor: str, decile: int) -> float:
    """The chance of recovery: the descriptor's published share, its odds moved by the decile's."""
    by_descriptor, by_decile = numbers("recovery"), numbers("recovery_by_decile")
    usual, here = by_descriptor["none"], by_decile[str(decile)]
    ratio = here / (1 - here) / (usual / (1 - usual))
    return shifted_odds(by_descriptor[descriptor or "none"], ratio)


def _last(random: Random, first: Pair, fate: str) -> Pair:
    if fate == "recovered_reliably":
        (phq9, spread), (gad7, wide) = _RECOVERED_AT
        return Pair(bounded(random.gauss(phq9, spread), 0, 27), bounded(random.gauss(gad7, wide), 0, 21))
    (phq9, spread), (gad7, wide) = _FALLS.get(fate, _FALLS["no_change"])
    return Pair(
        bounded(first.phq9 - random.gauss(phq9, spread), 0, 27), bounded(first.gad7 - random.gauss(gad7, wide), 0, 21)
    )


@lru_cache(maxsize=100_000)
def _judged(first: Pair, last: Pair, own: str) -> Outcomes:
    phq9 = Ends(Decimal(first.phq9), Decimal(last.phq9))
    if own:
        return outcomes(True, phq9, InForce(own, Ends(own_score(own, first.gad7), own_score(own, last.gad7))))
    return outcomes(True, phq9, InForce(FALLBACK, Ends(Decimal(first.gad7), Decimal(last.gad7))))


def _fits(found: Outcomes, fate: str) -> bool:
    improved, worse = found.reliable_improvement, found.reliable_deterioration
    match fate:
        case "recovered_reliably":
            return found.reliable_recovery
        case "recovered":
            return found.recovery and not improved and not worse
        case "improved":
            return improved and not found.recovery
        case "deteriorated":
            return worse and not found.recovery
        case "no_change":
            return found.no_reliable_change and not found.recovery
    return True  # unpaired: the last scores are never taken


@cache
def own_score(key: str, gad7: int) -> Decimal:
    """The problem's own measure where the GAD-7 stands at `gad7`: cut-off to cut-off, a reliable change to another."""
    measure, usual = instrument(key), instrument(FALLBACK)
    if not (measure.caseness and measure.reliable_change and usual.caseness and usual.reliable_change):
        raise ValueError(f"{key} has no figures to follow the GAD-7 by.")
    beyond = (Decimal(gad7) - usual.caseness.value) / usual.reliable_change.value
    just_above = Decimal("0.01") if measure.caseness.operator == ">" else Decimal(0)
    return within(measure, measure.caseness.value + just_above + beyond * measure.reliable_change.value)


def within(measure: Instrument, score: Decimal) -> Decimal:
    """A score as the instrument writes it, inside its range."""
    cut = max(measure.range.minimum, min(measure.range.maximum, score))
    return half_up(cut, measure.decimals[1])


def between(random: Random, first: int, last: int, count: int, most: int) -> list[int]:
    """`count` scores from first to last: most of the change early, with some noise on the way."""
    if count < 2:
        return [first][:count]
    steps = [(place / (count - 1)) ** 0.7 for place in range(count)]
    path = [bounded(first + (last - first) * step + random.gauss(0, 1.3), 0, most) for step in steps]
    return [first, *path[1:-1], last]


def scores(pair: Pair, own: str) -> tuple[tuple[str, Decimal], ...]:
    """What is entered at one contact, by instrument."""
    entered = [(DEPRESSION, Decimal(pair.phq9)), (FALLBACK, Decimal(pair.gad7))]
    return tuple(entered + ([(own, own_score(own, pair.gad7))] if own else []))
