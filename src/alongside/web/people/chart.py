"""Both services' measures on one time axis, as coordinates for the template. Pure.

Each measure has a lane of its own with its own range: above them scores as lines with their cut-off and the band in
which a change from the first score is not reliable, below days of use in 28 as bars, at the foot what happened. Nothing
is told by colour alone: lanes are named, marks of the other service are hollow, those with an answer about self-harm
have a ring, and the same numbers stand in a table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from alongside.measures.rules import OF_DAYS
from alongside.web.people.axis import LEFT, RIGHT, WIDTH, Axis
from alongside.web.people.foot import Happened, Numbered, in_time, rows

TITLE = 32  # above each lane, for its name and what it came to
SCORES, USE = 76, 44  # how high a lane is drawn
BELOW = 10
UNCHECKED = "*"  # behind a figure that nobody has checked against its source; the key says so
EVENTS, MONTHS = 26, 26


@dataclass(frozen=True, slots=True)
class Reading:
    """One number on a day, and how it is written. `own` says whether the reader's own service took it."""

    on: date
    value: Decimal
    said: str
    own: bool = True
    clouded: bool = False  # taken while intoxicated or in withdrawal
    harm: bool = False  # a question about self-harm was answered with more than “not at all”


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn in one lane: a range, readings, the cut-off and the least reliable change where there are any."""

    key: str
    name: str
    readings: Sequence[Reading]
    most: Decimal
    least: Decimal = Decimal(0)
    cutoff: Decimal | None = None
    reliable: Decimal | None = None
    told: str = ""  # what it came to, in words, beside the name
    cutoff_checked: bool = True  # against its source
    unchecked: str = ""  # which of what is drawn was not, in words
    joined: bool = True  # false where not all are out of one maximum: a line would draw a change that is none


@dataclass(frozen=True, slots=True)
class Dot:
    """One score; `harm` is drawn as a ring."""

    x: str
    y: str
    own: bool
    clouded: bool
    said: str
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    height: str
    own: bool
    said: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One measure: its name, its frame, and either dots joined by a line or bars."""

    key: str
    name: str
    told: str
    title_y: str
    top: str
    bottom: str
    most: str
    points: str = ""
    dots: tuple[Dot, ...] = ()
    cutoff_y: str = ""
    cutoff: str = ""
    band: tuple[str, str] | None = None  # y and height
    unchecked: str = ""
    bars: tuple[Bar, ...] = ()

    @property
    def told_of_harm(self) -> int:
        """How many of its scores have a ring."""
        return sum(dot.harm for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Mark:
    x: str
    label: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws, in a box of `width` by `height`. `earlier` counts numbered marks that are left out
    because they were long before anything else, `left_out` names measures without a lane: both stand in the table."""

    lanes: tuple[Lane, ...]
    events: tuple[Mark, ...]
    events_y: int
    notes: tuple[Numbered, ...]
    months: tuple[tuple[str, str], ...]
    months_y: int
    bar_width: str
    height: int
    earlier: int = 0
    left_out: tuple[str, ...] = ()
    width: int = WIDTH
    left: int = LEFT
    right: int = field(default=WIDTH - RIGHT)

    @property
    def told_of_harm(self) -> bool:
        """Whether the key has a ring to explain."""
        return any(lane.told_of_harm for lane in self.lanes)

    @property
    def unchecked(self) -> tuple[Lane, ...]:
        """The lanes with a figure that nobody has checked against its source: the key has a sign to explain."""
        return tuple(lane for lane in self.lanes if lane.unchecked)


def draw(
    measures: Iterable[Drawn],
    used: Iterable[Drawn],
    events: Iterable[Happened],
    *,
    until: date,
    month: Callable[[date], str],
    left_out: Iterable[str] = (),
) -> Chart | None:
    """The chart, or None where nothing was measured. `events` come the newest first; `month` writes the first day of a
    month in words; `left_out` names what was measured and has no lane."""
    scored = [one for one in measures if one.readings]
    bars = [one for one in used if one.readings]
    days = [reading.on for one in [*scored, *bars] for reading in one.readings]
    if not days:
        return None
    marks, noted, earlier = in_time(events, min(days))
    axis = Axis(min([*days, *(one.on for one in [*marks, *noted])]), max([until, *days]))
    width = axis.bar_width(max([len(one.readings) for one in bars], default=1))
    lanes, top = _lanes(scored, bars, axis)
    notes, foot = rows(noted, axis, top + EVENTS)
    return Chart(
        lanes=lanes,
        events=tuple(Mark(_f(axis.x(one.on)), one.words, one.shape) for one in marks),
        events_y=top + EVENTS // 2,
        notes=notes,
        months=tuple((_f(axis.x(day)), month(day)) for day in axis.months()),
        months_y=foot,
        bar_width=_f(width),
        height=foot + MONTHS,
        earlier=earlier,
        left_out=tuple(left_out),
    )


def _lanes(scored: Sequence[Drawn], used: Sequence[Drawn], axis: Axis) -> tuple[tuple[Lane, ...], int]:
    """Every lane from the top, and where the foot begins."""
    found, top = [], 0
    for one in scored:
        found.append(_line(one, axis, top + TITLE))
        top += TITLE + SCORES + BELOW
    for one in used:
        found.append(_bars(one, axis, top + TITLE))
        top += TITLE + USE + BELOW
    return tuple(found), top


def _line(one: Drawn, axis: Axis, top: int) -> Lane:
    dots = tuple(_dot(one, reading, axis, top) for reading in one.readings)
    # A line joins what one service took: two services' answers of one week are not a fall or a rise.
    joined = ([dot for dot in dots if dot.own] or dots) if one.joined else ()
    return Lane(
        key=one.key,
        name=one.name,
        told=one.told,
        title_y=str(top - 8),
        top=str(top),
        bottom=str(top + SCORES),
        most=_plain(one.most),
        points=" ".join(f"{dot.x},{dot.y}" for dot in joined),
        dots=dots,
        cutoff_y=_f(_y(one, one.cutoff, top)) if one.cutoff is not None else "",
        cutoff=_cutoff(one),
        band=_band(one, top),
        unchecked=one.unchecked,
    )


def _cutoff(one: Drawn) -> str:
    if one.cutoff is None:
        return ""
    return _plain(one.cutoff) + ("" if one.cutoff_checked else UNCHECKED)


def _dot(one: Drawn, reading: Reading, axis: Axis, top: int) -> Dot:
    x, y = axis.x(reading.on), _y(one, reading.value, top)
    said = f"{one.name} {reading.said}"
    return Dot(_f(x), _f(y), reading.own, reading.clouded, said, harm=reading.harm)


def _band(one: Drawn, top: int) -> tuple[str, str] | None:
    """Where a change from the first own score would not be reliable; a change of exactly the least one is."""
    own = [reading.value for reading in one.readings if reading.own] or [reading.value for reading in one.readings]
    if one.reliable is None or len(own) < 2:
        return None
    high, low = _y(one, own[0] + one.reliable, top), _y(one, own[0] - one.reliable, top)
    return _f(high), _f(low - high)


def _y(one: Drawn, value: Decimal, top: int) -> Decimal:
    inside = max(one.least, min(value, one.most))
    return top + SCORES - (inside - one.least) * SCORES / max(one.most - one.least, Decimal(1))


def _bars(one: Drawn, axis: Axis, top: int) -> Lane:
    return Lane(
        key=one.key,
        name=one.name,
        told=one.told,
        title_y=str(top - 8),
        top=str(top),
        bottom=str(top + USE),
        most=str(OF_DAYS),
        bars=tuple(_bar(reading, axis, top) for reading in one.readings),
    )


def _bar(reading: Reading, axis: Axis, top: int) -> Bar:
    height = max(Decimal("1.5"), reading.value * USE / OF_DAYS)
    return Bar(_f(axis.x(reading.on)), _f(top + USE - height), _f(height), reading.own, reading.said)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _f(value: Decimal) -> str:
    return f"{value:.1f}"
