"""The printed result: each figure beside its bar, pass or fail, and what it was measured on."""

from dataclasses import dataclass

from benchmarks.measuring import Figure

WIDTH = 32


@dataclass(frozen=True, slots=True)
class Bar:
    """The most that an act may take at the larger size; None where nothing was promised."""

    statements: int
    p95: float | None = None  # milliseconds
    cpu: float | None = None  # milliseconds


BARS = {
    "caseload page": Bar(12, p95=60),
    "person page": Bar(16, p95=80),
    "record a contact, two measures": Bar(12, cpu=10),
    "answer a consultation": Bar(12, cpu=10),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise about one act: what was found, what was promised (at most, or at `least`), whether it was kept."""

    act: str
    what: str
    found: float
    bar: float
    least: bool = False

    @property
    def kept(self) -> bool:
        return self.found >= self.bar if self.least else self.found <= self.bar


def verdicts(small: list[Figure], large: list[Figure]) -> list[Verdict]:
    """Every promise, about the larger size; the number of statements must also be the same at both."""
    found = []
    for few, many in zip(small, large, strict=True):
        bar = BARS[many.act]
        found.append(Verdict(many.act, "statements", many.statements, bar.statements))
        found.append(Verdict(many.act, "statements more than at the smaller size", many.statements - few.statements, 0))
        if bar.p95 is not None:
            found.append(Verdict(many.act, "p95 ms", many.p95, bar.p95))
        if bar.cpu is not None:
            found.append(Verdict(many.act, "CPU ms", many.cpu, bar.cpu))
    return found


def figures(people: int, found: list[Figure]) -> list[str]:
    """One size as lines of a table."""
    head = f"{f'{people:,} people':<{WIDTH}}{'statements':>11}{'CPU ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'times':>7}"
    return [head, *(_line(one) for one in found)]


def _line(one: Figure) -> str:
    return f"{one.act:<{WIDTH}}{one.statements:>11}{one.cpu:>9.1f}{one.p50:>9.1f}{one.p95:>9.1f}{one.times:>7}"


def judged(found: list[Verdict]) -> list[str]:
    """Every promise with pass or fail."""
    return [
        f"{'pass' if one.kept else 'FAIL'}  {one.act + ': ' + one.what:<72} {one.found:>8.1f}"
        f"   at {'least' if one.least else 'most'} {one.bar:g}"
        for one in found
    ]


def compared(ours: Figure, other: Figure) -> str:
    """The predicate in the database against the same page with every row read and then decided about in Python."""
    return (
        f"{ours.act}, consent decided after reading in Python: p50 {other.p50:.0f} ms, {other.statements} statements, "
        f"CPU {other.cpu:.0f} ms; {other.p50 / ours.p50:.1f} times as long and {other.cpu / ours.cpu:.1f} times the CPU"
    )


def yardsticks(found: list[tuple[float, float]]) -> str:
    """How fast the machine itself was meanwhile: where wall is longer than CPU, other work was running on it."""
    spelt = ", ".join(f"{cpu:.0f} ({wall:.0f})" for cpu, wall in found)
    return f"A fixed piece of plain Python before and after each size, CPU ms (wall ms): {spelt}"
