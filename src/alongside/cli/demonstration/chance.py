"""Drawing at random, always from a source that is handed in, so that the same seed draws the same people."""

import math
from collections.abc import Mapping
from random import Random


def pick(random: Random, weights: Mapping[str, float]) -> str:
    """One of the names, each by its weight."""
    point = random.random() * sum(weights.values())
    for name, weight in weights.items():
        point -= weight
        if point < 0:
            return name
    return next(reversed(weights))


def whole(random: Random, mean: float, spread: float, least: int, most: int) -> int:
    """A whole number about `mean`, cut off at both ends."""
    return bounded(random.gauss(mean, spread), least, most)


def bounded(value: float, least: int, most: int) -> int:
    return max(least, min(most, math.floor(value + 0.5)))


def source(seed: int, key: str) -> Random:
    """A source of its own for each person: adding one more changes nobody else."""
    return Random(f"{seed}/{key}")  # noqa: S311 - repeatability is the point here


def shifted_odds(share: float, odds_ratio: float) -> float:
    """The share whose odds are `odds_ratio` times those of `share`."""
    odds = share / (1 - share) * odds_ratio
    return odds / (1 + odds)
