"""Both sides of every edge: answers that give exactly the total at which a band begins or a cut-off lies."""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import pyarrow as pa

from alongside.definitions.instruments import Instrument, instruments
from alongside.measures import columns
from alongside.measures.rules import score


@dataclass(frozen=True, slots=True)
class Edge:
    total: int
    answers: tuple[int, ...]
    band: str | None


def added_up() -> list[Instrument]:
    """The instruments whose total is the sum of their answers and means something: others have no such edges."""
    return [one for one in instruments() if one.by_items and one.rule == "sum" and totals(one)]


def totals(measure: Instrument) -> list[int]:
    """Every total beside an edge: the ends of each band, each cut-off and its neighbours, and of the whole range."""
    found = {int(measure.range.minimum), int(measure.range.maximum)}
    found |= {
        int(end) for banding in measure.bandings for band in banding.bands for end in (band.minimum, band.maximum)
    }
    for cutoff in measure.cutoffs:
        found |= set() if cutoff.part else {int(cutoff.value) + step for step in (-1, 0, 1)}
    return sorted(one for one in found if one in measure.range)


def edges(measure: Instrument) -> Iterator[Edge]:
    """Each total that answers can give, with such answers, and the band whose two ends hold it."""
    sums = _sums(measure)
    banding = measure.banding("uk")
    for total in totals(measure):
        if total in sums:
            held = [band.key for band in banding.bands if band.minimum <= total <= band.maximum] if banding else [None]
            yield Edge(total, sums[total], held[0])


def _sums(measure: Instrument) -> dict[int, tuple[int, ...]]:
    """Answers for every total there can be, found item by item. Whole answers only, that contradict nothing."""
    found: dict[int, tuple[int, ...]] = {0: ()}
    for item in measure.items:
        further: dict[int, tuple[int, ...]] = {}
        for total, answers in found.items():
            # A question that is not scored asks whether the others apply: its highest answer says so.
            for value in sorted(item.values) if item.scored else [max(item.values)]:
                further.setdefault(total + (item.points(value) if item.scored else 0), (*answers, value))
        found = further
    return found


def by_rules(measure: Instrument, asked: list[Edge]) -> list[tuple[object, object]]:
    worths = [score(measure, edge.answers) for edge in asked]
    return [(worth.value, worth.band) for worth in worths]


def by_columns(measure: Instrument, asked: list[Edge]) -> list[tuple[object, object]]:
    rows = zip(*(edge.answers for edge in asked), strict=True)
    table = pa.table(dict(zip(measure.item_columns, map(list, rows), strict=True)))
    scored = columns.score_table(measure, ibis.memtable(table)).select("score", "band").to_pyarrow().to_pylist()
    return [(row["score"], row["band"]) for row in scored]
