"""The second wall, on PostgreSQL: the predicate once more, as row-level security for a query that forgot to ask it.

Each table of records has a policy out of the predicate's own words. Where a statement has placeholders for what the
reader brings, a policy asks the settings of the transaction. A page is read as a role that owns nothing and may only
read; where nothing was set, it sees no record. On SQLite there is no second wall.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from alongside.access import predicate
from alongside.access.context import Access
from alongside.access.models import Record
from alongside.access.statements import array
from alongside.kernel import clock

READER = "alongside_reader"  # as whom a page is read
READERS = "alongside_readers"  # as whom it is read where several look at one screen
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
_NUMBERED = re.compile(r"current_setting\('alongside\.(\w+)', true\)")
_COUNT = "NULLIF(current_setting('alongside.readers', true), '')::bigint"
_ALL_ARE_SET = f"(SELECT num_nulls({', '.join(_SETTING.format(name=name) for name in KINDS)}) = 0)"

# All that a page's read does past the wall. Beside these only acts, jobs and commands do, which are no page's reads.
PAST = {
    "access.page",  # which rows of many come first: their ids alone, and each is asked about before it is shown
    "access.log",  # looking at an evaluation has an entry of its own in the ledger, which no reader may write
    "referral.offered",  # a sender hears what was offered instead, and nothing else of the other service's decision
}
_up: ContextVar[str] = ContextVar("wall", default="")  # the role of the page that is being read

# The predicate twice looks costly, and what looks costly PostgreSQL compiles first, which takes longer than to run it.
_ENTER = "SET LOCAL ROLE {role}; SET LOCAL jit = off; SELECT {settings}"
_LEAVE = "SET LOCAL ROLE NONE; SELECT {settings}"


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


def of_several(words: str) -> str:
    """What a policy says of one reader, of each of several: whoever looks has settings with their number behind, and
    where one of them is not let in, nobody is. Its own role has these, so that planning a page for one takes no longer.
    """
    numbered = _NUMBERED.sub(r"current_setting('alongside.\1_' || w.place, true)", words)
    if numbered == words:
        return words  # a part asks for its record, whose policy is of several too
    each = f"SELECT 1 FROM generate_series(1, {_COUNT}) w(place) WHERE ({numbered}) IS NOT TRUE"  # noqa: S608 - ours
    return f"{_COUNT} > 0 AND NOT EXISTS ({each})"


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
    brought = _brought(access)
    settings = ", ".join(f"set_config('alongside.{name}', %s, true)" for name in brought)
    role = READERS if access.present else READER
    _say(first + _ENTER.format(role=role, settings=settings), list(brought.values()))
    token = _up.set(role)
    try:
        yield
    finally:
        _up.reset(token)
    _say(_LEAVE.format(settings=settings), [""] * len(brought))


@contextmanager
def past(what: str) -> Iterator[None]:
    """Inside a page's read: what does not go through the wall, and is in `PAST` with the reason why."""
    role = _up.get()
    if not role:
        yield
        return
    if what not in PAST:
        raise ValueError(f"{what!r} is not among what may go past the wall.")
    _say("SET LOCAL ROLE NONE")
    token = _up.set("")
    try:
        yield
    finally:
        _up.reset(token)
    _say(f"SET LOCAL ROLE {role}")


def _brought(access: Access) -> dict[str, str]:
    """The settings of a page's read: of one reader by their names, of several by name and number, with how many."""
    now = clock.now()
    if not access.present:
        return _settings(access, now)
    numbered = {
        f"{name}_{place}": value
        for place, one in enumerate(access.present, 1)
        for name, value in _settings(one, now).items()
    }
    return {"readers": str(len(access.present))} | numbered


def _settings(access: Access, now: datetime) -> dict[str, str]:
    brought = predicate.brought(access, now)
    return {name: _written(brought[name], kind) for name, kind in KINDS.items()}


def _written(values: list[Any], kind: str) -> str:
    if kind == "text[]":
        return array(values)
    [value] = values
    return value.isoformat() if kind == "timestamptz" else str(value)


def _say(words: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, values)
