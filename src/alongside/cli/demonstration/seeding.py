"""Seeding: the partnership, the people of the stories, the nine, and everybody else, one after the other."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.test.utils import override_settings

from alongside.audit import actions as audit
from alongside.cli.demonstration import nine, population, stories, turns
from alongside.cli.demonstration.calendar import Diary, instant
from alongside.cli.demonstration.living import Walk
from alongside.cli.demonstration.partnership import World, keep_duty_rota, set_up
from alongside.cli.demonstration.shapes import Life
from alongside.cli.demonstration.stays import Stay
from alongside.cli.demonstration.together import Together
from alongside.kernel import clock, ids
from alongside.kernel.clock import LONDON

QUICK = "alongside.cli.demonstration.hashing.Quick"
LONG_AGO = timedelta(days=365 * population.YEARS + 7)


def fewest() -> int:
    """The people of the stories and the nine are always there."""
    return len(stories.stories()) + nine.COUNT


def everybody(people: int, seed: int) -> Iterator[Life]:
    """All of them: the stories first, so that they find their hours in the diary, then the nine and the rest."""
    yield from (story.life for story in stories.stories())
    yield from nine.lives(seed)
    yield from population.people(people - fewest(), seed)


def seed_partnership(now: datetime, seed: int) -> World:
    """Set up the partnership two years ago, and its duty rota around today."""
    today = now.astimezone(LONDON).date()
    quicker = override_settings(PASSWORD_HASHERS=[QUICK])
    with ids.seeded_ids(seed), clock.at(instant(today - LONG_AGO, "09:00")), quicker:
        world = set_up()
        keep_duty_rota(world, today)
    return world


def seed_people(world: World, *, people: int, seed: int, now: datetime) -> Iterator[Life]:
    """Live every person's life up to today, in turn; yields each when it is done, for whoever shows progress."""
    diary = Diary()
    told = {story.life.key: story.turns for story in stories.stories()}
    for place, life in enumerate(everybody(people, seed)):
        walk = Walk(world, life, diary, place=place, seed=seed, now=now)
        stays = _stays(walk)
        for turn in told.get(life.key, ()):
            turns.prepare(turn, walk, *stays)
        walk.go()
        yield life


def _stays(walk: Walk) -> tuple[list[Stay], Together | None]:
    life, identity = walk.life, walk.identity()
    received = walk.today - timedelta(days=life.entered)
    if life.joining is None:
        alone = [Stay(walk, course, received + timedelta(days=3 * turn)) for turn, course in enumerate(life.courses)]
        for stay in alone:
            stay.begin(identity)
        return alone, None
    first = Stay(walk, life.courses[0], received)
    second = Stay(walk, life.courses[1], received + timedelta(days=life.joining.after))
    together = Together(walk, first, second, life.joining)
    first.begin(identity)
    together.begin()
    return [first, second], together


def sign(now: datetime) -> int | None:
    """Sign the ledger over everything that was lived; how many entries it has."""
    with clock.at(now):
        audit.number(batch=10_000_000)
        return audit.sign()
