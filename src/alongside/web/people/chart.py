"""Both services' measures on one time axis, as coordinates for the template. Pure.

Above, scores as lines with their cut-offs; below, days of use in 28 as bars; at the foot, what happened. Nothing is
told by colour alone: lines differ by their marks and are named, and the same numbers stand in a table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

WIDTH, LEFT, RIGHT = 720, 66, 66
TOP, SCORES = 14, 150  # the band of scores
USE_TOP, USE = 190, 56  # the band of days
EVENTS = 268
HEIGHT = 312
HIGHEST, DAYS = 27, 28
MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Reading:
    """One number on a day. `own` says whether the reader's own service took it."""

    on: date
    value: Decimal
    own: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of one instrument. `cutoff` is None where it has none."""

    key: str
    name: str
    readings: Sequence[Reading]
    cutoff: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something at the foot of the chart: `shape` is one of triangle, diamond, circle, cross."""

    on: date
    shape: str
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    own: bool
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    name: str
    points: str
    dots: tuple[Dot, ...]
    label_y: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    height: str
    said: str


@dataclass(frozen=True, slots=True)
class Mark:
    x: str
    label: str
    shape: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws, in a box of `WIDTH` by `HEIGHT`. `months` are written below."""

    lines: tuple[Line, ...]
    cutoffs: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    use_name: str
    events: tuple[Mark, ...]
    months: tuple[tuple[str, str], ...]
    bar_width: str
    width: int = WIDTH
    height: int = HEIGHT
    grid: tuple[tuple[str, str], ...] = field(default=())


def draw(
    measures: Iterable[Drawn],
    used: Drawn | None,
    events: Iterable[Happened],
    *,
    until: date,
    month: Callable[[date], str],
) -> Chart | None:
    """The chart, or None where nothing was measured. `month` writes the first day of a month in words."""
    measured = [one for one in measures if one.readings]
    days = [reading.on for one in [*measured, *([used] if used else [])] for reading in one.readings]
    if not days:
        return None
    happened = list(events)
    axis = _Axis(min([*days, *(one.on for one in happened)]), max([until, *days]))
    return Chart(
        lines=_lines(measured, axis),
        cutoffs=tuple(
            Mark("", f"{one.name} {one.cutoff.normalize():f}", shape=one.key, y=_f(_score_y(one.cutoff)))
            for one in measured
            if one.cutoff is not None
        ),
        bars=tuple(_bar(reading, axis) for reading in used.readings) if used else (),
        use_name=used.name if used else "",
        events=tuple(Mark(_f(axis.x(one.on)), one.words, one.shape) for one in happened),
        months=tuple((_f(axis.x(day)), month(day)) for day in axis.months()),
        bar_width=_f(axis.bar_width(len(used.readings) if used else 1)),
        grid=tuple((_f(_score_y(Decimal(value))), str(value)) for value in (0, HIGHEST)),
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> Decimal:
        span = max(1, (self.last - self.first).days)
        return LEFT + Decimal((day - self.first).days * (WIDTH - LEFT - RIGHT)) / span

    def months(self) -> list[date]:
        """First days of months, thinned until they fit."""
        found, day = [], self.first.replace(day=1) + MONTH
        while (day := day.replace(day=1)) <= self.last:
            found.append(day)
            day += MONTH
        return found[:: max(1, -(-len(found) // 8))] or [self.first]

    def bar_width(self, count: int) -> Decimal:
        return max(Decimal(3), min(Decimal(12), Decimal(WIDTH - LEFT - RIGHT) / (2 * max(1, count))))


def _score_y(value: Decimal) -> Decimal:
    return TOP + SCORES - value * SCORES / HIGHEST


def _lines(measured: Sequence[Drawn], axis: _Axis) -> tuple[Line, ...]:
    ends: list[Decimal] = []
    found = []
    for one in measured:
        end = _score_y(min(one.readings[-1].value, Decimal(HIGHEST)))
        while any(abs(end - other) < 13 for other in ends):
            end += 13  # two names never lie on one another
        ends.append(end)
        found.append(_line(one, axis, end))
    return tuple(found)


def _line(one: Drawn, axis: _Axis, label_y: Decimal) -> Line:
    dots = tuple(
        Dot(
            _f(axis.x(reading.on)),
            _f(_score_y(min(reading.value, Decimal(HIGHEST)))),
            reading.own,
            f"{one.name} {reading.value.normalize():f}",
        )
        for reading in one.readings
    )
    # A line joins what one service took: two services' answers of one week are not a fall or a rise.
    joined = [dot for dot in dots if dot.own] or dots
    return Line(one.key, one.name, " ".join(f"{dot.x},{dot.y}" for dot in joined), dots, _f(label_y))


def _bar(reading: Reading, axis: _Axis) -> Bar:
    height = max(Decimal("1.5"), reading.value * USE / DAYS)
    return Bar(_f(axis.x(reading.on)), _f(USE_TOP + USE - height), _f(height), f"{reading.value.normalize():f}")


def _f(value: Decimal) -> str:
    return f"{value:.1f}"
