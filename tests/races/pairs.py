"""Pairs of changes at the same moment: whatever their order was, the grants follow from the facts."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.races.changes import CHANGES, differs, epoch
from tests.races.made import Somebody
from tests.races.racing import SOON, Process

APART = 0.004  # seconds between the two at most


@dataclass(slots=True)
class Paired:
    """`both`: pairs of which each changed something."""

    pairs: int = 0
    both: int = 0
    faults: list[str] = field(default_factory=list)


def pair(made: Sequence[Process], everybody: Sequence[Somebody], pairs: int, seed: int, *, fault: str = "") -> Paired:
    """So many pairs; with a planted fault no more than until it shows."""
    found, chance = Paired(), random.Random(f"{seed} pairs {fault}")
    for one in made:
        one.plant(fault)
    while found.pairs < pairs and not (fault and found.faults):
        who = everybody[found.pairs % len(everybody)]
        before, changes, start = epoch(who.here), chance.choices(list(CHANGES), k=2), time.monotonic() + SOON
        for process, change in zip(made, changes, strict=False):
            process.ask(change, who, start + chance.uniform(0, APART))
        stuck = [process.heard()["saw"] for process, _change in zip(made, changes, strict=False)]
        found.pairs += 1
        found.both += epoch(who.here) - before > 1
        if any(stuck) or differs(who.here):
            found.faults.append(" beside ".join(changes))
    return found
