"""The table engine, set so that it reads what a file holds."""

import ibis
from ibis.backends.duckdb import Backend

# A Parquet file notes the least and the greatest value of a column and, by its own definition, leaves not-a-number out
# of both. The engine believes these two of every row: it would read a missing answer as the one answer that is there.
# Source: duckdb/duckdb issue 25521. Without these two shortcuts it looks at the cells.
BELIEVES_THE_NOTES = ("statistics_propagation", "filter_pushdown")

# How much of a result the engine may work out ahead of whoever takes it. At its own megabyte, less than a batch of
# rows, it waits for them each time.
AHEAD = "64MB"


def connect() -> Backend:
    """A connection of its own, in memory."""
    connection = ibis.duckdb.connect()
    connection.raw_sql(f"SET disabled_optimizers = '{','.join(BELIEVES_THE_NOTES)}'")
    connection.raw_sql(f"SET streaming_buffer_size = '{AHEAD}'")
    return connection
