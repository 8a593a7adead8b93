"""From the cells of a file to typed columns, as Ibis expressions.

A CSV cell is text and a Parquet cell may be anything, so each declared kind says what it makes of each: a parsed
value, or null where the cell says something else. What is null here but not empty there is a mistake in the file.
"""

from collections.abc import Callable

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from alongside.evaluation.tables.declared import Column, Holds

YES = ("true", "t", "yes", "y", "1", "1.0")
NO = ("false", "f", "no", "n", "0", "0.0")
NUMBER = dt.Decimal(18, 6)
# Other programs write 9999-12-31 or 0001-01-01 where there is no date, which would count as one: a discharge, say.
YEARS = (1900, 2199)
_VISIBLE = "!"  # the first sign that can be seen: every blank comes before it
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}([T ].*)?$"
# As people write it in a form, but for 14.0: programs write that for 14 in a column with gaps. 014 is a slip.
_NUMBER = r"^-?(0|[1-9]\d*)(\.\d+)?$"

DTYPE: dict[Holds, dt.DataType] = {
    Holds.TEXT: dt.string,
    Holds.CHOICE: dt.string,
    Holds.DATE: dt.date,
    Holds.INSTANT: dt.timestamp,
    Holds.NUMBER: NUMBER,
    Holds.WHOLE: dt.int64,
    Holds.FLAG: dt.boolean,
    Holds.DECISION: dt.boolean,
}


def is_empty(cell: ir.Value) -> ir.BooleanValue:
    """Whether the cell holds nothing: null, blank text, or the not-a-number that some programs write for null."""
    if cell.type().is_string():
        return cell.isnull() | ibis.ifelse(cell < _VISIBLE, cell.strip() == "", False)
    if cell.type().is_floating():
        return cell.isnull() | cell.isnan()
    return cell.isnull()


def parsed(cell: ir.Value, column: Column) -> ir.Value:
    """The cell as its column's kind; null where it is empty or is not of that kind."""
    wanted = DTYPE[column.holds]
    if cell.type().is_null():
        return ibis.null(wanted)
    value = _PARSERS[column.holds](cell)
    if column.holds in (Holds.DATE, Holds.INSTANT):
        value = _where(value.year().between(*YEARS), value)
    if column.least is not None:
        value = _where(value >= column.least, value)
    if column.most is not None:
        value = _where(value <= column.most, value)
    if column.choices:
        value = _where(value.isin(column.choices), value)
    return value


def is_wrong(cell: ir.Value, column: Column) -> ir.BooleanValue:
    """Whether the cell says something, and not what its column holds."""
    return ~is_empty(cell) & parsed(cell, column).isnull()


def can_be_wrong(cell: ir.Value, column: Column) -> bool:
    """Whether the cells must be read to know: not where the file has typed the column as we want it."""
    kind = cell.type()
    match column.holds:
        case Holds.TEXT:
            return False
        case Holds.DECISION:
            return not (kind.is_date() or kind.is_timestamp())
        case Holds.FLAG:
            return not kind.is_boolean()
    return True


def _trimmed(text: ir.StringValue) -> ir.StringValue:
    # Looking at both ends first, because trimming a million cells that need none is most of the time it takes to read.
    return ibis.ifelse((text < _VISIBLE) | (text.right(1) < _VISIBLE), text.strip(), text)


def _where(condition: ir.BooleanValue, value: ir.Value) -> ir.Value:
    return ibis.cases((condition, value), else_=ibis.null(value.type()))


def _text(cell: ir.Value) -> ir.Value:
    if cell.type().is_floating():
        # An id column with a gap comes out of some programs as 1.0, 2.0: the id is 1, 2.
        whole = cell.try_cast("int64")
        spelt = ibis.ifelse(whole.cast(cell.type()) == cell, whole.cast("string"), cell.cast("string"))
        return _where(~is_empty(cell), spelt)
    return _trimmed(cell.cast("string")).nullif("")


def _day(cell: ir.Value) -> ir.Value:
    if cell.type().is_string():
        text = _trimmed(cell)
        return _where(text.re_search(_ISO_DAY), text.left(10)).try_cast("date")
    if cell.type().is_date() or cell.type().is_timestamp():
        return cell.cast("date")
    return ibis.null(dt.date)


def _instant(cell: ir.Value) -> ir.Value:
    if cell.type().is_string():
        text = _trimmed(cell)
        return _where(text.re_search(_ISO_DAY), text).try_cast("timestamp")
    if cell.type().is_date() or cell.type().is_timestamp():
        return cell.cast(dt.timestamp)
    return ibis.null(dt.timestamp)


def _number(cell: ir.Value) -> ir.Value:
    if cell.type().is_string():
        text = _trimmed(cell)
        return _where(text.re_search(_NUMBER), text).try_cast(NUMBER)
    if cell.type().is_numeric():
        return cell.try_cast(NUMBER)
    return ibis.null(NUMBER)


def _whole(cell: ir.Value) -> ir.Value:
    number = _number(cell)
    return _where(number == number.floor(), number).cast("int64")


def _flag(cell: ir.Value) -> ir.Value:
    if cell.type().is_boolean():
        return cell
    word = _trimmed(cell.cast("string")).lower()
    yes_or_no = [(word.isin(YES), ibis.literal(True)), (word.isin(NO), ibis.literal(False))]
    return ibis.cases(*yes_or_no, else_=ibis.null(dt.boolean))


def _decision(cell: ir.Value) -> ir.Value:
    # The day of acceptance says that the referral was accepted, so a date is a yes.
    dated = ibis.cases((_day(cell).notnull(), ibis.literal(True)), else_=ibis.null(dt.boolean))
    if cell.type().is_date() or cell.type().is_timestamp():
        return dated
    return ibis.coalesce(_flag(cell), dated)


_PARSERS: dict[Holds, Callable[[ir.Value], ir.Value]] = {
    Holds.TEXT: _text,
    Holds.CHOICE: _text,
    Holds.DATE: _day,
    Holds.INSTANT: _instant,
    Holds.NUMBER: _number,
    Holds.WHOLE: _whole,
    Holds.FLAG: _flag,
    Holds.DECISION: _decision,
}
