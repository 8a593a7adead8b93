"""One clock for everything, read once an act and set still for tests and demonstrations.

Instants are aware and in UTC. Civil dates are dates in the zone of the service, London unless it says otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_still: ContextVar[datetime | None] = ContextVar("still_clock", default=None)


def now() -> datetime:
    """The present instant in UTC."""
    return _still.get() or datetime.now(UTC)


def today(zone: ZoneInfo = LONDON) -> date:
    """The civil date in `zone` at the present instant."""
    return now().astimezone(zone).date()


def instant_of(day: date, zone: ZoneInfo = LONDON) -> datetime:
    """An instant of something of which only the day is known: its noon; of today, which noon may not have reached, the
    present one."""
    return now() if day == today(zone) else datetime.combine(day, time(12), tzinfo=zone)


def end_of(day: date, zone: ZoneInfo = LONDON) -> datetime:
    """The last second of a civil day, or the present instant while it is not over."""
    return min(now(), datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC))


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant`, which must be aware. For the demonstration, benchmarks and tests."""
    if instant.tzinfo is None:
        raise ValueError("The clock needs an instant with a zone.")
    token = _still.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _still.reset(token)
