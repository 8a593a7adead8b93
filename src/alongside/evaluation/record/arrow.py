"""Rows as the tables declare them."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.declared import Holds

_TYPES = {
    Holds.TEXT: pa.string(),
    Holds.WHOLE: pa.int64(),
    Holds.NUMBER: pa.decimal128(12, 6),  # as fine as a score is kept
    Holds.FLAG: pa.bool_(),
    Holds.DATE: pa.date32(),
    Holds.INSTANT: pa.timestamp("us", tz="UTC"),
    Holds.DECISION: pa.date32(),
}


def table(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The rows with the declared types, so that a table without rows still has its columns."""
    schema = pa.schema([(column.name, _TYPES.get(column.holds, pa.string())) for column in BY_NAME[name].columns])
    return pa.Table.from_pylist(list(rows), schema=schema)
