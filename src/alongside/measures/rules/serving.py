"""One set of answers serves both services, so that nobody is asked the same twice in a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Both look back one or two weeks with the common measures: after a week an answer is about other days.
SERVES_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Taken:
    """That one instrument was answered, of one substance where it is asked about one; not what was answered."""

    instrument: str
    substance: str
    at: datetime
    service: str
    registration: str
    response: str

    @property
    def serves_until(self) -> datetime:
        """Until when it serves the other service too."""
        return self.at + SERVES_FOR


def serves(one: Taken, service: str, now: datetime) -> bool:
    """Whether an answer serves `service` now: its own always do, another's for a week, the last moment included."""
    return one.service == service or now <= one.serves_until


def from_elsewhere(taken: Iterable[Taken], service: str, now: datetime) -> list[Taken]:
    """What another service took that serves `service` now: the newest of each instrument and substance, the newest
    first, and none that `service` has asked again since."""
    newest: dict[tuple[str, str], Taken] = {}
    for one in sorted(taken, key=lambda one: (one.at, one.response), reverse=True):
        newest.setdefault((one.instrument, one.substance), one)
    return [one for one in newest.values() if one.service != service and now <= one.serves_until]
