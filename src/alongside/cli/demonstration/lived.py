"""Events and changes of medicine of those whom the demonstration names or joins, told while they are in treatment."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from alongside.access.context import Access
from alongside.cli.demonstration.assumptions import numbers
from alongside.cli.demonstration.calendar import instant
from alongside.cli.demonstration.living import Walk
from alongside.cli.demonstration.shapes import Course
from alongside.cli.demonstration.texts import texts
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.lives import actions as lives
from alongside.lives.rules import Certainty, Told
from alongside.medication import actions as medication
from alongside.medication.rules import Source, What
from alongside.medication.rules import Told as Changed

SOON, LATE = 9, 70  # days after the first meeting between which something happens
TOLD = 4  # days until the service hears of it
MORE = 28  # days after which a dose is raised


class Lived:
    """One stay's. Drawn from a source of its own, so that nobody's life is another for what happened in it."""

    def __init__(
        self, walk: Walk, course: Course, registration: str, by: Access, still_here: Callable[[], bool]
    ) -> None:
        self.walk, self.course, self.registration = walk, course, registration
        self.by, self.still_here = by, still_here
        self.random = Random(f"lived {walk.life.key} {course.service}")  # noqa: S311 - repeatability is the point here
        self.began = clock.now().astimezone(LONDON).date()

    def begin(self) -> None:
        """Draw what will happen from the first meeting on, and put its telling on the agenda."""
        if self._falls("event"):
            self._happen()
        if self._falls("medicine"):
            self._change()

    def _falls(self, what: str) -> bool:
        return self.random.random() < numbers("lived")[what] or bool(self.walk.life.worker)

    def _happen(self) -> None:
        one = self.random.choice([text for text in texts().happened if text.service == self.course.service])
        day = self.began + timedelta(days=self.random.randint(SOON, LATE))
        certainty = Certainty.CERTAIN if self.random.random() < numbers("lived")["certain"] else Certainty.DAY_UNSURE
        told = Told(one.kind, day, certainty=certainty, words=one.words)
        self._on(day, lambda: lives.record(registration=self.registration, told=told, by=self.by))

    def _change(self) -> None:
        fitting = [one for one in texts().medicines if one.for_whom in (self.course.service, self.course.group)]
        if not fitting:
            return
        one = self.random.choice(fitting)
        day = self.began + timedelta(days=self.random.randint(SOON, SOON + MORE))
        for place, dose in enumerate(one.doses):
            what = What.DOSE_CHANGED if place else What.STARTED
            self._tell(Changed(one.medicine, what, day + timedelta(days=place * MORE), dose, Source.PRESCRIBER))

    def _tell(self, told: Changed) -> None:
        self._on(told.day, lambda: medication.record(registration=self.registration, told=told, by=self.by))

    def _on(self, day: date, tell: Callable[[], object]) -> None:
        at = instant(day + timedelta(days=TOLD), f"16:{self.random.randint(10, 50)}")
        self.walk.on(at, lambda: self.still_here() and tell())
