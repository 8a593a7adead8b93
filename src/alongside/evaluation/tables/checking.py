"""Whether the tables say what they are declared to say. Every mistake is named at once, none is mended silently."""

from collections.abc import Iterator, Mapping

import ibis.expr.types as ir

from alongside.evaluation.tables.catalogue import (
    ALWAYS,
    BY_NAME,
    FOR_TALKING_THERAPIES,
    TALKING_THERAPIES,
)
from alongside.evaluation.tables.declared import Column, Holds, Table
from alongside.evaluation.tables.files import ROW
from alongside.evaluation.tables.parsing import YEARS, can_be_wrong, is_empty, is_wrong
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import later, said

_ADVICE = {
    Holds.TEXT: later("Write text."),
    Holds.DATE: later("Write dates as YYYY-MM-DD, and leave the cell empty where there is none."),
    Holds.INSTANT: later("Write dates and times as YYYY-MM-DDTHH:MM, and leave the cell empty where there is none."),
    Holds.NUMBER: later("Write a number such as 14 or 2.3, without a plus or leading zeros."),
    Holds.WHOLE: later("Write a whole number such as 14, without a plus or leading zeros."),
    Holds.FLAG: later("Write true or false."),
    Holds.DECISION: later("Write true, false or a date as YYYY-MM-DD."),
    Holds.CHOICE: later("Write one of these words."),
}

_KINDS = {
    Holds.TEXT: later("text"),
    Holds.CHOICE: later("text"),
    Holds.DATE: later("a date from {first} to {last}"),
    Holds.INSTANT: later("a date and time from {first} to {last}"),
    Holds.NUMBER: later("a number"),
    Holds.WHOLE: later("a whole number"),
    Holds.FLAG: later("true or false"),
    Holds.DECISION: later("true, false or a date"),
}


def require_columns(tables: Mapping[str, ir.Table]) -> None:
    """Raises, naming every required column of every table that is not there."""
    _raise(problem for name, rows in tables.items() for problem in _column_problems(BY_NAME[name], rows))


def _column_problems(table: Table, present: ir.Table) -> Iterator[Invalid]:
    ours = [column.name for column in table.columns]
    found = ", ".join(name for name in present.columns if name in ours) or said("none of ours")
    for column in table.columns:
        if column.required and column.name not in present.columns:
            missing = later("The column {column} is missing (found: {found}). Add it.")
            yield Invalid(f"{table.name}.{column.name}", missing, column=column.name, found=found)


def require_values(tables: Mapping[str, ir.Table], typed: Mapping[str, ir.Table]) -> None:
    """Raises, naming each column with cells that are not of its kind, or empty where none may be, with an example.

    `typed` are the same tables, parsed.
    """
    _raise(problem for name, rows in tables.items() for problem in _faulty_columns(BY_NAME[name], rows, typed[name]))


def _faulty_columns(table: Table, raw: ir.Table, typed: ir.Table) -> Iterator[Invalid]:
    columns = [column for column in table.columns if column.name in raw.columns]
    empty = _one_row(raw.aggregate(rows=raw.count(), **{c.name: is_empty(raw[c.name]).sum() for c in columns}))
    judged = [c for c in columns if can_be_wrong(raw[c.name], c)]
    # What is neither empty nor read says something else. Counted, so that no cell is parsed a second time for it.
    read = _one_row(typed.aggregate(**{c.name: typed[c.name].count() for c in judged})) if judged else {}
    for column in columns:
        wrong = empty["rows"] - empty[column.name] - read[column.name] if column in judged else 0
        yield from _value_problems(table, column, raw, wrong, empty[column.name] if column.filled else 0)


def _value_problems(table: Table, column: Column, raw: ir.Table, wrong: int, empty: int) -> Iterator[Invalid]:
    cell, place = raw[column.name], f"{table.name}.{column.name}"
    if wrong:
        row, value = _example(raw, is_wrong(cell, column), cell)
        yield Invalid(
            place,
            "“{value}” in row {row} is not {expected}{more}. {advice}",
            value=value,
            row=row,
            expected=_expected(column),
            more=_more(wrong),
            advice=_advice(column),
        )
    if empty:
        row, _ = _example(raw, is_empty(cell), cell)
        yield Invalid(place, "Row {row} is empty{more}. Every row needs a value here.", row=row, more=_more(empty))


def _expected(column: Column) -> str:
    if column.choices:
        return said("one of {choices}", choices=", ".join(column.choices))
    first, last = YEARS
    return said(_KINDS[column.holds], first=first, last=last) + _within(column)


def _within(column: Column) -> str:
    if column.most is not None:
        return said(" from {least} to {most}", least=column.least, most=column.most)
    return "" if column.least is None else said(" of {least} or more", least=column.least)


def _advice(column: Column) -> str:
    return said(_ADVICE[column.holds])


def _more(count: int) -> str:
    return said(" (and {count} more like it)", count=count - 1) if count > 1 else ""


def require_keys(tables: Mapping[str, ir.Table]) -> None:
    """Raises where an id names two rows, or a row points at something that is not there."""
    _raise(
        problem
        for name, table in tables.items()
        for problem in (*_duplicates(BY_NAME[name], table), *_dangling(BY_NAME[name], tables))
    )


def _duplicates(table: Table, rows: ir.Table) -> Iterator[Invalid]:
    if not table.key:
        return
    twice = rows.group_by(table.key).aggregate(times=rows.count()).filter(lambda t: t.times > 1)
    if found := _first(twice, table.key):
        value, count = found
        twice_used = later("“{value}” names more than one row{more}. Each row needs an id of its own.")
        yield Invalid(f"{table.name}.{table.key}", twice_used, value=value, more=_more(count))


def _dangling(table: Table, tables: Mapping[str, ir.Table]) -> Iterator[Invalid]:
    rows = tables[table.name]
    for column, target in table.points_at.items():
        if column not in rows.columns or target not in tables:
            continue
        lost = rows.filter(rows[column].notnull()).anti_join(tables[target], column)
        if found := _first(lost, column):
            value, count = found
            astray = later("“{value}” is not in {target}{more}. Add it there, or leave out the row.")
            yield Invalid(f"{table.name}.{column}", astray, value=value, target=target, more=_more(count))


def require_tables(tables: Mapping[str, ir.Table]) -> None:
    """Raises where a table is missing without which figures would be wrong rather than merely absent."""
    _raise(_missing(name) for name in ALWAYS if name not in tables)
    episodes = tables["episodes"]
    count = episodes.filter(episodes.service_kind == TALKING_THERAPIES).count().execute()
    if count:
        _raise(_missing(name) for name in FOR_TALKING_THERAPIES if name not in tables)


def _missing(name: str) -> Invalid:
    needed = said(" (there are Talking Therapies episodes)") if name in FOR_TALKING_THERAPIES else ""
    return Invalid(name, "The table is missing{needed}. Add {name}.parquet or {name}.csv.", needed=needed, name=name)


def _raise(problems: Iterator[Invalid]) -> None:
    found = list(problems)
    if len(found) == 1:
        raise found[0]
    if found:
        raise Several(found)


def _one_row(table: ir.Table) -> dict[str, int]:
    return {name: int(value or 0) for name, value in table.to_pyarrow().to_pylist()[0].items()}


def _example(raw: ir.Table, fault: ir.BooleanValue, cell: ir.Value) -> tuple[int, str]:
    """The first row at fault, counted from 1 without the header, and what it says."""
    first = raw.filter(fault).order_by(ROW).select(row=raw[ROW], value=cell.cast("string")).limit(1)
    [found] = first.to_pyarrow().to_pylist()
    return found["row"] + 1, found["value"] or ""


def _first(rows: ir.Table, column: str) -> tuple[str, int] | None:
    summary = rows.aggregate(value=rows[column].min(), count=rows.count())
    [found] = summary.to_pyarrow().to_pylist()
    return (found["value"], found["count"]) if found["count"] else None
