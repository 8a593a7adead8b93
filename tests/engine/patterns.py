"""Every set of answers that an instrument allows, and what each is worth by another route: counting.

The edges here are written out once more, from the published bands, so that a slip in a definition is seen too.
"""

from collections.abc import Iterator

import ibis
import numpy as np
import pyarrow as pa

from alongside.definitions.instruments import Instrument, instrument
from alongside.measures import columns
from alongside.measures.rules import score

# The least total of each band, from the lowest band on.
EDGES = {
    "phq9": {"minimal": 0, "mild": 5, "moderate": 10, "moderately_severe": 15, "severe": 20},
    "gad7": {"minimal": 0, "mild": 5, "moderate": 10, "severe": 15},
    "audit": {"lower_risk": 0, "increasing_risk": 8, "higher_risk": 16, "possible_dependence": 20},
    "sds": {},
}
FLAGS = {"phq9": ("self_harm_item", 9, 1)}
SHOWN = ("score", "band", "flags", "status")


def every(measure: Instrument) -> pa.Table:
    """One row for each set of answers."""
    grid = np.meshgrid(*(np.array(item.values, np.int8) for item in measure.items), indexing="ij")
    return pa.table({name: one.ravel() for name, one in zip(measure.item_columns, grid, strict=True)})


def expected(key: str, answers: pa.Table) -> dict[str, np.ndarray]:
    """By counting how often each answer was given; bands by looking the count's total up among the edges."""
    given = np.stack([column.to_numpy() for column in answers.columns])
    total = sum(value * np.count_nonzero(given == value, axis=0) for value in (1, 2, 3, 4))
    names, least = list(EDGES[key]), list(EDGES[key].values())
    band = np.array(names, object)[np.searchsorted(least, total, side="right") - 1] if names else _none(total)
    flags = _none(total)
    if key in FLAGS:
        name, item, at_least = FLAGS[key]
        flags[given[item - 1] >= at_least] = name
    return {"score": total, "band": band, "flags": flags, "status": np.full(len(total), "scored", object)}


def _none(like: np.ndarray) -> np.ndarray:
    return np.full(len(like), None, object)


def by_columns(measure: Instrument, answers: pa.Table) -> dict[str, np.ndarray]:
    # In a fixed order of its own, since a table has none.
    numbered = ibis.memtable(answers.append_column("place", pa.array(range(len(answers)))))
    scored = columns.score_table(measure, numbered).order_by("place").select(*SHOWN).to_pyarrow()
    return {name: scored[name].to_numpy(zero_copy_only=False) for name in SHOWN}


def by_rules(measure: Instrument, answers: pa.Table) -> dict[str, np.ndarray]:
    found = [_alone(measure, row) for row in _rows(answers)]
    return {name: np.array(values, object) for name, values in zip(SHOWN, zip(*found, strict=True), strict=True)}


def _alone(measure: Instrument, row: list[int]) -> tuple[object, ...]:
    worth = score(measure, row)
    return worth.value, worth.band, "; ".join(worth.flags) or None, worth.status


def _rows(answers: pa.Table) -> Iterator[list[int]]:
    for batch in answers.to_batches(max_chunksize=50_000):
        yield from np.stack([column.to_numpy() for column in batch.columns], axis=1).tolist()


def wrong(found: dict[str, np.ndarray], right: dict[str, np.ndarray]) -> int:
    """On how many rows anything differs."""
    differs = np.zeros(len(right["score"]), bool)
    for name in SHOWN:
        differs |= found[name] != right[name]
    return int(differs.sum())


def checked(key: str, scorer, answers: pa.Table | None = None) -> tuple[int, int]:
    """How many sets of answers were scored, and how many of them wrongly."""
    measure = instrument(key)
    answers = every(measure) if answers is None else answers
    return len(answers), wrong(scorer(measure, answers), expected(key, answers))
