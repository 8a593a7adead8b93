"""Walking one invented person through the actions, with the clock held at each instant and ids from the seed.

What happens is put on an agenda and lived in order of time; what lies after the start of today is not lived, so that
open things are open, and due when they would be.
"""

import hashlib
import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from django.db import transaction

from alongside.cli.demonstration import names
from alongside.cli.demonstration.calendar import Diary, instant
from alongside.cli.demonstration.chance import source
from alongside.cli.demonstration.partnership import World
from alongside.cli.demonstration.shapes import Life
from alongside.kernel import clock, ids
from alongside.kernel.clock import LONDON
from alongside.people.rules import Identity, NumberStatus

Act = Callable[[], object]
TO_THE_DEMONSTRATION = 10  # days within which a contact to come may be brought forward to today


class Walk:
    """One person's agenda. `place` numbers the person among all: their NHS number and their ids hang on it."""

    def __init__(self, world: World, life: Life, diary: Diary, *, place: int, seed: int, now: datetime) -> None:
        self.world, self.life, self.diary, self.place = world, life, diary, place
        self.now, self.today = now, now.astimezone(LONDON).date()
        self.random: Random = source(seed, f"walk {life.key}")
        self._seed = int.from_bytes(hashlib.sha256(f"{seed}/ids/{life.key}".encode()).digest()[:8])
        self._until = instant(self.today, "00:00")
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def on(self, at: datetime, act: Act, *, today: bool = False) -> None:
        """Put something on the agenda; it is dropped if it lies in the future. `today` lets it reach up to now."""
        if at < self._until or (today and at <= self.now):
            heapq.heappush(self._agenda, (at, next(self._order), act))

    def go(self) -> None:
        """Live the agenda, one transaction for the whole person."""
        with ids.seeded_ids(self._seed), transaction.atomic():
            while self._agenda:
                at, _, act = heapq.heappop(self._agenda)
                with clock.at(at):
                    act()

    def identity(self) -> Identity:
        """Who the person says they are, to every service alike."""
        traits = self.life.traits
        given, family = self.life.given_name, self.life.family_name
        if not given:
            given, family = names.name(self.random, traits)
        return Identity(
            given_name=given,
            family_name=family,
            birth_date=date(self.today.year - 1 - traits.age, 1, 1) + timedelta(days=traits.birthday - 1),
            nhs_number=names.nhs_number(self.place),
            nhs_number_status=NumberStatus.PRESENT_NOT_TRACED,
            sex=traits.sex,
            pronouns=traits.pronouns,
            ethnicity=names.ethnic_category(traits.ethnicity),
            language=traits.language,
            interpreter=traits.interpreter,
            access_needs=traits.access_needs,
            phone=names.phone(self.random),
            address=traits.address or names.address(self.random),
            deprivation_decile=traits.decile,
            safe_contact=traits.safe_contact,
            text_is_safe=not traits.safe_contact,
        )
