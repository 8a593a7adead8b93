"""A table of every profile with its value, as CSV: read strictly, and refused by line."""

import csv
import re
from decimal import Decimal
from pathlib import Path

from alongside.definitions.instruments import Instrument
from alongside.definitions.loader import text_of
from alongside.definitions.value_sets.model import DECIMALS, FULL_HEALTH, profiles
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later

HEADER = ["profile", "value"]
NUMBER = re.compile(rf"-?[0-9]{{1,3}}(\.[0-9]{{1,{DECIMALS}}})?")
NAMED = 5  # missing profiles that a refusal names; there may be three thousand


def read_table(file: Path, measure: Instrument) -> dict[str, Decimal]:
    """The value of every profile of `measure`. Raises `Invalid(file, …)` naming the line of the first fault, or the
    profiles that have no value."""
    rows = csv.reader(text_of(file).removeprefix("\ufeff").splitlines())
    if next(rows, None) != HEADER:
        raise Invalid(file.name, "line {line}: The first line has to be {header}.", line=1, header=",".join(HEADER))
    known, lines = frozenset(profiles(measure)), dict[str, int]()
    values: dict[str, Decimal] = {}
    for line, row in enumerate(rows, 2):
        if row:
            profile, value = _row(file, line, row)
            _check_profile(file, line, profile, measure, known, lines)
            lines[profile], values[profile] = line, value
    _check_whole(file, measure, values)
    return values


def _row(file: Path, line: int, row: list[str]) -> tuple[str, Decimal]:
    if len(row) != len(HEADER):
        raise Invalid(file.name, "line {line}: There are {count} cells, not 2.", line=line, count=len(row))
    profile, written = (cell.strip() for cell in row)
    if not NUMBER.fullmatch(written):
        sentence = later("line {line}: “{written}” is not a number with at most {most} decimals.")
        raise Invalid(file.name, sentence, line=line, written=written, most=DECIMALS)
    value = Decimal(written)
    if value > FULL_HEALTH:
        sentence = later("line {line}: {value} is above 1, which is full health.")
        raise Invalid(file.name, sentence, line=line, value=value)
    return profile, value


def _check_profile(
    file: Path, line: int, profile: str, measure: Instrument, known: frozenset[str], lines: dict[str, int]
) -> None:
    if profile not in known:
        sentence = later("line {line}: {profile} is not a profile of {name}.")
        raise Invalid(file.name, sentence, line=line, profile=profile, name=measure.name)
    if profile in lines:
        sentence = later("line {line}: There is already a value for {profile}, on line {first}.")
        raise Invalid(file.name, sentence, line=line, profile=profile, first=lines[profile])


def _check_whole(file: Path, measure: Instrument, values: dict[str, Decimal]) -> None:
    every = profiles(measure)
    missing = [profile for profile in every if profile not in values]
    if not missing:
        return
    named = ", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else "")
    sentence = later("There is no value for {count} of the {all} profiles: {named}.")
    raise Invalid(file.name, sentence, count=len(missing), all=len(every), named=named)
