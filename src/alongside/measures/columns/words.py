"""Columns that hold one of a few words.

Spelt out on every row, words cost more than all the sums before them. The embedded engine can keep them as a list and
one number a row, and hands them over so: a dictionary in Arrow, categories in pandas, few words in Parquet. To every
expression, and in every file, they are text.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from ibis.common.exceptions import IbisError
from sqlglot import expressions as spelt  # Ibis names an engine's own types in its words


def keeps_words(table: ir.Table) -> bool:
    """Whether the engine of this table is one that can."""
    try:
        return table.get_backend().name == "duckdb"
    except IbisError:  # it is not bound to an engine yet
        return False


def word_at(words: Sequence[str], place: ir.IntegerValue) -> ir.StringValue:
    """The word at this place, of which the first is 1; null at 0, beyond the last, and where the place is null."""
    held = ibis.literal(list(words), "array<string>").cast(dt.Array(_one_of(words)))
    found: ir.StringValue = list_extract(held, place)
    return found


def _one_of(words: Sequence[str]) -> dt.Unknown:
    # By the alphabet, because the engine sorts them in this order: as the same text would be.
    listed = [spelt.Literal.string(word) for word in sorted(set(words))]
    return dt.Unknown(raw_type=spelt.DataType(this=spelt.DataType.Type.ENUM, expressions=listed))


@ibis.udf.scalar.builtin
def list_extract(words, place: int) -> str:
    """The engine's own."""
