"""Every worked case of every instrument, by the scorer for tables: all cases of an instrument at once."""

import ibis
import pyarrow as pa
import pytest

from alongside.definitions.instruments import instrument
from alongside.measures import columns
from tests.spec import instrument_cases as cases
from tests.spec.test_instrument_cases import expected

BY_ANSWERS = [case for case in cases.every() if case.answers is not None]


@pytest.mark.parametrize("key", sorted({case.instrument for case in BY_ANSWERS}))
def test_the_scorer_for_tables_says_the_same(key):
    """All cases of an instrument at once, those of each jurisdiction together."""
    measure = instrument(key)
    for jurisdiction in sorted({case.jurisdiction for case in cases.of(key)}):
        asked = [case for case in BY_ANSWERS if case.instrument == key and case.jurisdiction == jurisdiction]
        rows = [_by_column(measure, case) for case in asked]
        table = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in measure.item_columns})
        got = columns.score_table(measure, ibis.memtable(table), jurisdiction=jurisdiction).to_pyarrow().to_pylist()
        assert [_told_of_row(case, row) for case, row in zip(asked, got, strict=True)] == list(map(expected, asked))


def _by_column(measure, case):
    answers = case.answers
    if not isinstance(answers, dict):
        answers = dict(zip(measure.item_columns, answers, strict=True))
    return {name: _spelt(answers.get(name)) for name in measure.item_columns}


def _told_of_row(case, row):
    flags = tuple(row["flags"].split("; ")) if row["flags"] else ()
    parts = {key: row[key] for key in case.parts} if row["status"].startswith("scored") else {}
    return row.get("score"), row["band"], flags, parts, row.get("out_of"), row["status"]


def _spelt(answer):
    return None if answer in (None, "") else str(answer)
