"""`decide` beside whoever else says what it says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alongside.access.rules import Facts, decide
from tests.law import cedar, database, small, worlds
from tests.law.matching import Matching

SEED = 20_260_306


@dataclass(frozen=True, slots=True)
class Found:
    """How many decisions were compared, how many of them were permits, and how many differed."""

    decisions: int = 0
    permits: int = 0
    differing: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(self.decisions + other.decisions, self.permits + other.permits, self.differing + other.differing)


def by_compiler(world: worlds.World) -> Found:
    """`decide` beside the grants and bars that the same facts compile to."""
    compiled = Matching(world.facts)
    return _compared(
        (decide(row.facts, asked).permitted, compiled.visible(row.facts, asked)) for row, _, asked in world.questions()
    )


def by_cedar(world: worlds.World) -> Found:
    """`decide` beside Cedar."""
    said = (decide(row.facts, asked).permitted for row, _, asked in world.questions())
    return _compared(zip(said, cedar.answers(world), strict=True))


def by_small_world(facts: Facts) -> Found:
    """`decide` beside the compiler, for one of all small worlds."""
    compiled = Matching([facts])
    return _compared((decide(facts, one).permitted, compiled.visible(facts, one)) for one in small.questions())


def _compared(pairs: Iterable[tuple[bool, bool]]) -> Found:
    counted = Counter(pairs)
    differing = counted[True, False] + counted[False, True]
    return Found(counted.total(), counted[True, True] + counted[True, False], differing)


def drawn(count: int) -> Iterator[worlds.World]:
    return (worlds.world(SEED + number) for number in range(count))


def by_database(world: worlds.World) -> Found:
    """`decide` beside the predicate, as a queryset and as a statement that is written out; the world is stored."""
    questions = list(world.questions())
    permits = sum(decide(row.facts, asked).permitted for row, _, asked in questions)
    database.store(world)
    return Found(len(questions), permits, sum(len(rows) for _, _, rows in database.differences(world)))
