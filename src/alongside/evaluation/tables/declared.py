"""The shape of a declaration: what a column of an evaluation table is called, holds and means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    INSTANT = "date and time"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "true or false"
    DECISION = "true or false, or the date of the decision"
    CHOICE = "one of a list"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `required`: the column must be there. `filled`: no cell of it may be empty."""

    name: str
    holds: Holds
    meaning: str
    required: bool = False
    filled: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` names its rows; `points_at` says which column must name a row of which other table."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | None = None
    points_at: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def key(name: str, meaning: str) -> Column:
    """An id that every row must have."""
    return Column(name, Holds.TEXT, meaning, required=True, filled=True)


def text(name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, Holds.TEXT, meaning, required=required)


def day(name: str, meaning: str, required: bool = False, filled: bool = False) -> Column:
    return Column(name, Holds.DATE, meaning, required=required, filled=filled)


def flag(name: str, meaning: str) -> Column:
    return Column(name, Holds.FLAG, meaning)


def choice(name: str, meaning: str, choices: tuple[str, ...], filled: bool = True) -> Column:
    return Column(name, Holds.CHOICE, meaning, required=True, filled=filled, choices=choices)
