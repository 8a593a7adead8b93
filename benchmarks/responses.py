"""Many invented PHQ-9 and GAD-7 responses in Parquet, scored by our columns and by vectorised pandas."""

from collections.abc import Iterator
from pathlib import Path

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from alongside.definitions.instruments import Instrument, instrument
from alongside.measures.columns import score_table

SEED = 20260306
MEASURES = ("phq9", "gad7")
ODD = 0.01  # how many cells are refused (7), not known (9) or missing, a third each
BLOCK = 1_000_000
TOLD = [f"{key}_{name}" for key in MEASURES for name in ("score", "band", "flags")]
STATUS = [f"{key}_status" for key in MEASURES]


def items(key: str) -> list[str]:
    return [f"{key}_{name}" for name in instrument(key).item_columns]


ITEMS = [name for key in MEASURES for name in items(key)]


def write(rows: int, file: Path) -> None:
    chance = np.random.default_rng(SEED)
    schema = pa.schema([(name, pa.int8()) for name in ITEMS])
    with pq.ParquetWriter(file, schema) as parquet:
        for begun in range(0, rows, BLOCK):
            count = min(BLOCK, rows - begun)
            parquet.write_table(pa.table([_cells(chance, count) for _ in ITEMS], schema=schema))


def _cells(chance: np.random.Generator, count: int) -> pa.Array:
    given = chance.integers(0, 4, count, dtype=np.int8)
    odd = chance.random(count, dtype=np.float32) < ODD
    kind = chance.integers(0, 3, count)
    given = np.where(odd, np.where(kind == 0, 7, 9), given).astype(np.int8)
    return pa.array(given, mask=odd & (kind == 2))


def scored(engine: Backend, file: Path) -> ir.Table:
    """Both instruments scored on one table, by `score_table`."""
    table = engine.read_parquet(str(file))
    for key in MEASURES:
        table = score_table(instrument(key), table, prefix=f"{key}_")
    return table


def by_pandas(file: Path) -> pd.DataFrame:
    """The same with pandas: bands and flags as categories, no score where any answer is missing or not allowed."""
    given = pd.read_parquet(file)
    found: dict[str, pd.Series] = {}
    for key in MEASURES:
        measure, answers = instrument(key), given[items(key)]
        usable = ((answers >= 0) & (answers <= 3)).all(axis=1)
        found[f"{key}_score"] = answers.sum(axis=1).where(usable)
        found[f"{key}_band"] = _band(measure, found[f"{key}_score"])
        found[f"{key}_flags"] = _flag(measure, given)
    return pd.DataFrame(found)


def _band(measure: Instrument, score: pd.Series) -> pd.Series:
    banding = measure.banding("uk")
    edges = [-1, *(int(band.maximum) for band in banding.bands)]
    return pd.cut(score, edges, labels=[band.key for band in banding.bands])


def _flag(measure: Instrument, given: pd.DataFrame) -> pd.Series:
    codes = np.full(len(given), -1, dtype=np.int8)
    for flag in measure.flags:
        answer = given[f"{measure.key}_item{flag.items[0]}"]
        codes[((answer >= flag.at_least) & (answer <= 3)).to_numpy()] = 0
    return pd.Series(pd.Categorical.from_codes(codes, [flag.key for flag in measure.flags] or ["none"]))


def differing(ours: Iterator[pa.RecordBatch], theirs: pd.DataFrame) -> int:
    """How many rows differ in any column."""
    begun = different = 0
    for batch in ours:
        mine = batch.to_pandas()
        other = theirs.iloc[begun : begun + len(mine)].reset_index(drop=True)
        unlike = np.zeros(len(mine), dtype=bool)
        for name in TOLD:
            one, two = mine[name], other[name].astype(float if name.endswith("score") else object)
            unlike |= ~((one == two) | (one.isna() & two.isna())).to_numpy()
        begun, different = begun + len(mine), different + int(unlike.sum())
    return different + abs(len(theirs) - begun)
