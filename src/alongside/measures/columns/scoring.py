"""Which way a table of answers is scored, and what it needs for that."""

import re

import ibis.expr.types as ir

from alongside.definitions.instruments import UK, Instrument
from alongside.kernel.errors import Invalid
from alongside.measures.columns.answers import WORKING
from alongside.measures.columns.plain import PlainScoring, is_plain
from alongside.measures.columns.steps import Scoring, score_columns


def score_table(instrument: Instrument, table: ir.Table, prefix: str = "", jurisdiction: str = UK) -> ir.Table:
    """The table with the columns of `score_columns` added, each with `prefix` before its name.

    Reads `item1`, `item2`, … (or the items' own keys) after the same prefix; every other column passes through.
    `score` and the parts are null where the answers cannot be scored; `flags` are those that the answers raise all the
    same, parted by `; `; `status` is `scored`, with the items that were left out, or each item that stands in the way
    and why. Bands are those of `jurisdiction`. Raises `Invalid` for missing item columns, for columns that are in the
    way, for answers to questions that the instrument does not have, and for one that is entered by total only.
    """
    _check_columns(instrument, table, prefix)
    way = PlainScoring if is_plain(instrument, table, prefix) else Scoring
    return way(instrument, table, prefix, jurisdiction).table()


def _check_columns(instrument: Instrument, table: ir.Table, prefix: str) -> None:
    if not instrument.by_items:
        raise Invalid("instrument", "{name} is entered by total only: we hold no items for it.", name=instrument.name)
    missing = [prefix + name for name in instrument.item_columns if prefix + name not in table.columns]
    if missing:
        raise Invalid(
            missing[0], "{name} needs the columns {known}: add them.", name=instrument.name, known=", ".join(missing)
        )
    if surplus := _surplus(instrument, table, prefix):
        raise Invalid(
            surplus,
            "{name} has {count} questions, and there is no {column} among them: is it another questionnaire's file? "
            "Name that one, or leave the column out.",
            name=instrument.name,
            count=len(instrument.items),
            column=surplus,
        )
    added = {prefix + name for name in score_columns(instrument)}
    in_the_way = [name for name in table.columns if name.casefold() in added or name.startswith(WORKING)]
    if in_the_way:
        raise Invalid(in_the_way[0], "There is already a column of this name: rename it or leave it out.")


def _surplus(instrument: Instrument, table: ir.Table, prefix: str) -> str | None:
    """The first column that is named as a question which the instrument does not have: the file is of a longer one,
    and its first questions would be scored as if they were this one's."""
    known = {prefix + name for name in instrument.item_columns}
    question = re.compile(rf"{re.escape(prefix)}item[0-9]+")
    return next((name for name in table.columns if question.fullmatch(name) and name not in known), None)
