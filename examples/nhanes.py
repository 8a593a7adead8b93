"""Turns the public NHANES questionnaire files, joined as one Parquet file, into a file that can be scored.

    python examples/nhanes.py phq9_alcohol.parquet answers.parquet
    alongside score phq9 answers.parquet --out scored.parquet

The input has one row a person: the PHQ-9 items `DPQ010` … `DPQ090` (0 to 3; 7 refused, 9 don't know, blank
missing), sex `RIAGENDR`, age `RIDAGEYR`, the two-year examination weight `WTMEC2YR`, the survey `cycle` and the
design variables. The items become `item1` … `item9` just as they were answered: a 7 or a 9 is not a number here
but a reason why there is no score, and the scorer says so. Nothing of the survey's data comes with this file.

Source of the data: US National Center for Health Statistics, public domain.
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ITEMS = {f"DPQ{n:02}0": f"item{n}" for n in range(1, 10)}
SEXES = {1: "male", 2: "female"}


def convert(source: Path, target: Path) -> int:
    """Writes `target` with columns person_id, cycle, sex, age, weight, stratum, unit and item1 … item9.

    `weight` is the two-year examination weight; divide it by the number of cycles that are pooled. `stratum` and
    `unit` are the design variables. Returns the number of people.
    """
    survey = pq.read_table(source)
    missing = [name for name in (*ITEMS, "SEQN", "RIAGENDR", "RIDAGEYR", "WTMEC2YR") if name not in survey.column_names]
    if missing:
        raise SystemExit(f"{source}: this is not the joined survey file; it lacks {', '.join(missing)}.")
    columns = {
        "person_id": survey["SEQN"],
        "cycle": survey["cycle"],
        "sex": _words(survey["RIAGENDR"]),
        "age": survey["RIDAGEYR"],
        "weight": survey["WTMEC2YR"],
        "stratum": survey["SDMVSTRA"],
        "unit": survey["SDMVPSU"],
    }
    columns |= {item: survey[name] for name, item in ITEMS.items()}
    pq.write_table(pa.table(columns), target)
    return survey.num_rows


def _words(codes: pa.ChunkedArray) -> pa.ChunkedArray:
    places = pc.index_in(codes, pa.array(list(SEXES), codes.type))
    return pc.take(pa.array(list(SEXES.values())), places)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("Usage: python examples/nhanes.py SURVEY.parquet ANSWERS.parquet")
    people = convert(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"{people:,} people. Next: alongside score phq9 {sys.argv[2]} --out scored.parquet")
