"""A population of any size, written in bulk: row for row what the actions would have written for the same people.

Every shape and phase of a life is walked once through the actions (`template`); everybody else of that shape and phase
gets the same rows with their own ids, names, staff and numbers. `tests/integration/benchmarks` holds the two equal.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from itertools import count
from random import Random

from django.db import transaction

from alongside.kernel.ids import ALPHABET, LENGTH
from benchmarks import who, writing
from benchmarks.lives import template_of
from benchmarks.staff import World
from benchmarks.template import Template

BITS = LENGTH * 5
PAIRS = [low + high for high in ALPHABET for low in ALPHABET]
CHUNK = 2_000
MANY = 5_000  # from here on indexes are built afterwards
Progress = Callable[[int], None]


class Seeder:
    """Catches each kind of life the first time somebody lives it. Begin before anybody is in the record."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.models = writing.tables()
        self._templates: dict[tuple[str, int, bool], Template] = {}

    def prepare(self, people: Iterable[int]) -> None:
        """Walk every kind of life that these people live.

        Two registrations are linked and locked in the order of their ids, so a life with two is walked twice: once
        with ids that rise, once with ids that fall.
        """
        for kind in dict.fromkeys(template_of(person) for person in people):
            if (*kind, True) in self._templates:
                continue
            first = self._template(kind, seed=0)
            other = first
            if len(first.registrations) > 1:
                other = self._template(kind, seed=_turned(first))
            self._templates |= {(*kind, first.rises()): first, (*kind, not first.rises()): other}

    def _template(self, kind: tuple[str, int], *, seed: int) -> Template:
        person = next(one for one in count() if template_of(one) == kind)
        therapist, keyworker = self.world.northside.of(person), self.world.riverside.of(person)
        slots = who.slots(who.NOBODY, therapist, keyworker, stored=False)
        return Template(self.world, person, who.NOBODY, slots, seed)

    def write(self, people: Iterable[int], progress: Progress = lambda done: None) -> None:
        """Add these people, in this order, as if each had lived after the one before."""
        wanted = list(people)
        self.prepare(wanted)
        last = writing.last_numbers(self.models)
        with writing.bulk(self.models) if len(wanted) >= MANY else nullcontext():
            for begin in range(0, len(wanted), CHUNK):
                self._write_chunk(wanted[begin : begin + CHUNK], last)
                progress(min(begin + CHUNK, len(wanted)))
        writing.set_last_numbers(self.models, last)

    def _write_chunk(self, people: list[int], last: list[int]) -> None:
        buffers: list[writing.Rows] = [[] for _ in self.models]
        for person in people:
            template, ids = self._ids(person)
            template.add(buffers, ids, who.of(person, self.world), last)
            for table, number in enumerate(template.numbers):
                last[table] += number
        with transaction.atomic():
            for model, rows in zip(self.models, buffers, strict=True):
                if rows:
                    writing.write(model, rows)

    def _ids(self, person: int) -> tuple[Template, list[str]]:
        """The ids that the actions would draw for this person, and the kind of life that they make."""
        kind = template_of(person)
        for rising in (True, False):
            template = self._templates[*kind, rising]
            ids = _draw(seed_of(person), template)
            if _rise(ids, template) is rising or len(template.registrations) == 1:
                break
        return template, ids


def seed_of(person: int) -> int:
    """The seed of a person's ids, for the actions and for the bulk."""
    return who.SEED + person


def _draw(seed: int, template: Template) -> list[str]:
    """The ids that `kernel.ids` gives under this seed, spelt two letters at a time: it is most of the seeder's work."""
    draw = Random(seed).getrandbits
    return [prefix + _spelt(draw(BITS)) for prefix in template.prefixes]


def _spelt(bits: int) -> str:
    return "".join([PAIRS[bits >> place & 1023] for place in range(0, BITS, 10)])


def _rise(ids: list[str], template: Template) -> bool:
    chosen = [ids[place] for place in template.registrations]
    return chosen == sorted(chosen)


def _turned(template: Template) -> int:
    """A seed that draws the ids of this life's registrations in the other order."""
    return next(seed for seed in count(1) if _rise(_draw(seed, template), template) is not template.rises())
