"""The second wall, on PostgreSQL: the predicate once more, as row-level security for a query that forgot to ask it.

Each table of records has a policy out of the predicate's own words. Where a statement has placeholders for what the
reader brings, a policy asks the settings of the transaction. A page is read as a role that owns nothing and may only
read; where nothing was set, it sees no record. On SQLite there is no second wall.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from alongside.access import predicate
from alongside.access.context import Access
from alongside.access.models import Record
from alongside.kernel import clock

READER = "alongside_reader"  # as whom a page is read
ACTS = "alongside_acts"  # whoever may look past the wall: acts, jobs and commands

# What the reader brings, by what the database reads it as: a setting is text.
KINDS = {
    "service": "text",
    "own": "bigint",
    "other": "bigint",
    "purpose": "bigint",
    "role": "bigint",
    "now": "timestamptz",
    "speaks_for": "text[]",
    "hats": "text[]",
    "human": "text",
    "actor": "text",
}
# Where an earlier transaction of the connection had one, a setting is empty afterwards and not NULL.
_SETTING = "NULLIF(current_setting('alongside.{name}', true), '')"
_ALL_ARE_SET = f"(SELECT num_nulls({', '.join(_SETTING.format(name=name) for name in KINDS)}) = 0)"

# All that a page's read does past the wall. Beside these only acts, jobs and commands do, which are no page's reads.
PAST = {
    "access.log",  # looking at an evaluation has an entry of its own in the ledger, which no reader may write
    "referral.offered",  # a sender hears what was offered instead, and nothing else of the other service's decision
}
_up: ContextVar[bool] = ContextVar("wall", default=False)

_SET = ", ".join(f"set_config('alongside.{name}', %s, true)" for name in KINDS)
# The predicate twice looks costly, and what looks costly PostgreSQL compiles first, which takes longer than to run it.
_ENTER = f"SET LOCAL ROLE {READER}; SET LOCAL jit = off; SELECT {_SET}"
_LEAVE = f"SET LOCAL ROLE NONE; SELECT {_SET}"


def policies() -> dict[str, str]:
    """Which rows a reader may see, by table: of every kind of record that is installed, so that a new room's cannot be
    forgotten, and of the parts that hang on a record."""
    return dict(_policies())


def _policies() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if issubclass(model, Record):
            yield model._meta.db_table, visible(model)
        elif record := next(_hangs_on(model), None):
            yield model._meta.db_table, _as_its_record(model, record)


def visible(model: type[Record]) -> str:
    """The predicate over a table's columns, for whoever the transaction says is reading."""
    columns = [f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in predicate.COLUMNS]
    text = predicate.sql(*columns)
    for name, kind in KINDS.items():
        text = text.replace(*_asked(name, kind)).replace(f"%({name})s", _read(name, kind))
    if "%(" in text:
        raise ValueError("The predicate asks for something that no setting holds.")
    return f"{_ALL_ARE_SET} AND {text}"


def _asked(name: str, kind: str) -> tuple[str, str]:
    """A list's place in the predicate, and in a policy, where it is one value."""
    given = f"({_read(name, kind)}::text[])"  # said again: ANY (SELECT …) would be a list of rows
    return (f"IN (%({name})s)", f"= ANY {given}") if kind == "text[]" else ("", "")


def _read(name: str, kind: str) -> str:
    asked = f"{_SETTING.format(name=name)}::{kind}"
    # A list or an instant takes longer to read than a number: in a SELECT of its own it is read once and not for each
    # row. For the others such a SELECT takes longer to plan than it saves.
    return f"(SELECT {asked})" if kind in ("text[]", "timestamptz") else asked


def _hangs_on(model: type[Model]) -> Iterator[ForeignKey]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Record):
            yield field


def _as_its_record(model: type[Model], field: ForeignKey) -> str:
    """A part is seen with its record, whose own policy decides."""
    record, here = field.related_model._meta, f"{model._meta.db_table}.{field.column}"
    return f"EXISTS (SELECT 1 FROM {record.db_table} w WHERE w.{record.pk.column} = {here})"  # noqa: S608 - our own names


@contextmanager
def around(access: Access, *, first: str = "") -> Iterator[None]:
    """Until the block ends, this transaction reads as this reader and writes nothing. What fails inside undoes it.

    `first` are words that have to come before, in the same trip to the database.
    """
    if connection.vendor != "postgresql":
        yield
        return
    if _up.get():
        raise RuntimeError("A page is read once: a second reading inside it would end with the first one's wall down.")
    _say(first + _ENTER, _brought(access))
    token = _up.set(True)
    try:
        yield
    finally:
        _up.reset(token)
    _say(_LEAVE, [""] * len(KINDS))


@contextmanager
def past(what: str) -> Iterator[None]:
    """Inside a page's read: what does not go through the wall, and is in `PAST` with the reason why."""
    if not _up.get():
        yield
        return
    if what not in PAST:
        raise ValueError(f"{what!r} is not among what may go past the wall.")
    _say("SET LOCAL ROLE NONE")
    token = _up.set(False)
    try:
        yield
    finally:
        _up.reset(token)
    _say(f"SET LOCAL ROLE {READER}")


def _brought(access: Access) -> list[Any]:
    brought = predicate.brought(access, clock.now())
    return [_written(brought[name], kind) for name, kind in KINDS.items()]


def _written(values: list[Any], kind: str) -> str:
    if kind == "text[]":
        return "{" + ",".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values) + "}"
    [value] = values
    return value.isoformat() if kind == "timestamptz" else str(value)


def _say(words: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, values)
