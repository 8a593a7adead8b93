"""Screening of those whom the demonstration names or joins: asked at the first meeting, and what followed."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random

from alongside.access.context import Access
from alongside.cli.demonstration.assumptions import numbers
from alongside.cli.demonstration.calendar import instant
from alongside.cli.demonstration.chance import pick
from alongside.cli.demonstration.living import Walk
from alongside.cli.demonstration.texts import texts
from alongside.definitions import screening as content
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.screening import actions
from alongside.screening.rules import Asked, State, Step

TALKED, ENDED = 3, 17  # days after asking: when it was talked about, and when it came to its end
LATELY = 2  # days ago, when those with a name were asked about the last topic: its yes is still open
WITH_BOTH = ("alcohol", "mood", "anxiety")  # what somebody on a joint journey is in treatment for


class Screened:
    """One stay's screening. Drawn from a source of its own, so that nobody's life is another for having been asked."""

    def __init__(self, walk: Walk, kind: str, registration: str, by: Access, still_here: Callable[[], bool]) -> None:
        self.walk, self.registration, self.by, self.still_here = walk, registration, by, still_here
        self.random = Random(f"screened {walk.life.key} {kind}")  # noqa: S311 - repeatability is the point here
        self.topics = content.asked_at(kind)

    def begin(self) -> None:
        """Ask now what is asked at this door; of those with a name, all but the last of it."""
        if self.walk.life.worker:
            lately = instant(self.walk.today - timedelta(days=LATELY), "16:20")
            if clock.now() < lately:
                self.ask(self.topics[:-1])
                self.walk.on(lately, lambda: self.still_here() and self.ask(self.topics[-1:]))
                return
        self.ask(self.topics)

    def ask(self, topics: Iterable[str]) -> None:
        asked = [Asked(key, self._found(key)) for key in topics]
        made = actions.record(registration=self.registration, asked=asked, by=self.by) if asked else []
        for one, screening in zip(asked, made, strict=True):
            if one.found == State.POSITIVE:
                self._follow(one.topic, screening)

    def _found(self, key: str) -> State:
        if self._treated(key):
            return State.POSITIVE
        if self.random.random() < numbers("screened")["did_not_say"]:
            return State.DID_NOT_SAY
        return State.POSITIVE if self.random.random() < numbers("screened")[key] else State.NEGATIVE

    def _treated(self, key: str) -> bool:
        return self.walk.life.joining is not None and key in WITH_BOTH

    def _follow(self, key: str, screening: str) -> None:
        said = texts().screened
        end = State.IN_TREATMENT if self._treated(key) else State(pick(self.random, numbers("screened_end")))
        talked = [Step(State.DISCUSSED, said["discussed"])]
        if end in (State.IN_TREATMENT, State.NOTHING_NEEDED):
            self._on(TALKED, screening, [*talked, Step(end, said[end])])
            return
        self._on(TALKED, screening, [*talked, Step(State.OFFERED, said["offered"])])
        self._on(ENDED, screening, [Step(end, said[end])])

    def _on(self, days: int, screening: str, steps: list[Step]) -> None:
        at = instant(clock.now().astimezone(LONDON).date() + timedelta(days=days), f"17:{self.random.randint(10, 50)}")
        self.walk.on(at, lambda: self.still_here() and actions.take_on(screening=screening, steps=steps, by=self.by))
