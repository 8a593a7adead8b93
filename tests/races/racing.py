"""Races between processes: one says no while the others look. Whoever looks begins a little before or after.

A race is one withdrawal and one look at the same moment. Two things may never be: a *stale read* begins after the
acknowledgement and shows what was lost; a *late disclosure* is entered in the ledger by a transaction that commits
after that of the withdrawal. The order of commits is the database's own word.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db import connection

from tests.races.doors import DOORS
from tests.races.entered import Entered, begun_at, entered_since, without
from tests.races.made import Somebody

LOOKING = 3  # processes beside the one that withdraws
SOON = 0.002  # seconds until the first of them begins
SPREAD = (-1.3, 1.3)  # when another begins to look, after the withdrawal began: in times that a look took lately


@dataclass(slots=True)
class Raced:
    """What races came to. `inside`: the acknowledgement fell between a look's beginning and its end; `after`: before
    it began."""

    races: int = 0
    inside: int = 0
    after: int = 0
    saw: int = 0
    stale: int = 0
    late: int = 0
    takes: float = 0.03  # seconds that a look takes, smoothed
    faults: list[str] = field(default_factory=list)

    def __iadd__(self, other: Self) -> Self:
        for name in ("races", "inside", "after", "saw", "stale", "late"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults
        self.takes = 0.8 * self.takes + 0.2 * other.takes
        return self


class Process:
    """One of those that race."""

    def __init__(self) -> None:
        program = [sys.executable, "-m", "tests.races.process"]
        self.running = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        self.plant("")

    def plant(self, fault: str) -> None:
        self._say(database=str(connection.settings_dict["NAME"]), fault=fault)

    def ask(self, act: str, one: Somebody, at: float = 0) -> None:
        self._say(act=act, somebody=asdict(one), at=at)

    def heard(self) -> dict[str, Any]:
        assert self.running.stdout is not None
        answer = self.running.stdout.readline()
        if not answer:
            raise RuntimeError("A process that raced has ended: it said why.")
        return json.loads(answer)

    def done(self, act: str, one: Somebody) -> dict[str, Any]:
        self.ask(act, one)
        return self.heard()

    def end(self) -> None:
        for pipe in (self.running.stdin, self.running.stdout):
            with suppress(BrokenPipeError):
                pipe.close()
        self.running.wait()

    def _say(self, **words: Any) -> None:
        assert self.running.stdin is not None
        print(json.dumps(words), file=self.running.stdin, flush=True)


@contextmanager
def processes(count: int = 1 + LOOKING) -> Iterator[list[Process]]:
    """The one that withdraws, then those that look."""
    made = [Process() for _ in range(count)]
    try:
        yield made
    finally:
        for one in made:
            one.end()


def race(
    made: Sequence[Process], door: str, everybody: Sequence[Somebody], races: int, seed: int, *, fault: str = ""
) -> Raced:
    """So many races at one door, each act of it in turn; with a planted fault no more than until it shows."""
    found, chance = Raced(), random.Random(f"{seed} {door} {fault}")
    for one in made:
        one.plant(fault)
    while found.races < races and not (fault and found.faults):
        one = everybody[found.races % len(everybody)]
        act = chance.choice(list(DOORS[door].acts))
        found += _round(made, door, act, one, chance, found.takes)
    return found


def _round(made: Sequence[Process], door: str, act: str, one: Somebody, chance: random.Random, takes: float) -> Raced:
    withdrawing, *looking = made
    if door == "message":
        withdrawing.done("be_written_to", one)
    since, start = begun_at(), time.monotonic() + SOON - SPREAD[0] * takes
    for each in looking:
        each.ask(door, one, start + chance.uniform(*SPREAD) * takes)
    withdrawing.ask(act, one, start)
    acknowledged = withdrawing.heard()["ended"]
    looks = [each.heard() for each in looking]
    lost = without(door, one, looking[0])
    late = [entry for entry in entered_since(since) if lost(entry)]
    withdrawing.done(DOORS[door].acts[act], one)
    return _judged(looks, acknowledged, late, f"{door}, {act}")


def _judged(looks: list[dict[str, Any]], acknowledged: float, late: list[Entered], what: str) -> Raced:
    stale = [one for one in looks if one["saw"] and one["begun"] > acknowledged]
    return Raced(
        races=len(looks),
        inside=sum(one["begun"] < acknowledged < one["ended"] for one in looks),
        after=sum(one["begun"] > acknowledged for one in looks),
        saw=sum(one["saw"] for one in looks),
        stale=len(stale),
        late=len(late),
        takes=sum(one["ended"] - one["begun"] for one in looks) / len(looks),
        faults=[f"stale: {what}"] * len(stale) + [f"late: {what}"] * len(late),
    )
