"""One question about one record in a small drawn world: what each law is held against."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from hypothesis import strategies as st

from alongside.access.rules import Facts, Line, Question, decide
from tests.law import worlds
from tests.law.matching import Matching

See = Callable[[Facts, Question], bool]
FEW = tuple(replace(bias, needs=(1, 7), signatures=(0, 5), onward=0.3) for bias in worlds.BIASES)


def decided(facts: Facts, asked: Question) -> bool:
    return decide(facts, asked).permitted


def compiled(facts: Facts, asked: Question) -> bool:
    """What the predicate would let through, of the grants and bars that the same facts compile to."""
    everybody = {one.facts.registration: one.facts for one in asked.sources} | {facts.registration: facts}
    return Matching(everybody.values()).visible(facts, asked)


@dataclass(frozen=True, slots=True)
class Case:
    """A question about a record, in a world of three registrations; `draw` decides what a law does to it."""

    world: worlds.World
    row: worlds.Row
    reader: worlds.Reader
    now: datetime
    draw: Random

    @property
    def facts(self) -> Facts:
        return self.row.facts

    @property
    def asked(self) -> Question:
        return worlds.question(self.row, self.reader, self.now)


def of(world: worlds.World, draw: Random) -> Case:
    return Case(world, draw.choice(world.rows), draw.choice(world.readers), draw.choice(world.moments), draw)


def seeded(seed: int) -> Case:
    draw = Random(f"law {seed}")
    return of(worlds.drawn(draw, draw.choice(FEW), "x", 1, 1, 1), draw)


def drawn() -> st.SearchStrategy[Case]:
    """Cases out of Hypothesis's own draws, which it makes smaller where one breaks a law."""
    return st.builds(
        lambda draw, bias: of(worlds.drawn(draw, bias, "x", 1, 1, 1), draw),
        st.randoms(use_true_random=False),
        st.sampled_from(FEW),
    )


def everywhere(case: Case, change: Callable[[Facts], Facts]) -> tuple[Facts, Question]:
    """The question in a world in which each registration's facts are changed, sources' too."""
    sources = tuple(replace(one, facts=change(one.facts)) for one in case.asked.sources)
    return change(case.facts), replace(case.asked, sources=sources)


def lines_of(case: Case) -> list[Line]:
    """Every line that could decide the question."""
    found = (case.facts, *(one.facts for one in case.row.sources))
    return [line for facts in found for line in facts.lines]


def another_line(case: Case) -> Line:
    """A line of a world drawn beside it, to be said in one of this world's registrations."""
    aside = worlds.drawn(case.draw, case.draw.choice(FEW), "x", 1, 1, 1)
    lines = [line for facts in aside.facts for line in facts.lines]
    return case.draw.choice(lines) if lines else _to_the_reader(case)


def _to_the_reader(case: Case) -> Line:
    return worlds.line(case.draw, case.draw.choice(FEW), "cns_new")
