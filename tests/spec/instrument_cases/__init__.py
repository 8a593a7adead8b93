"""Worked cases of every instrument, one TOML file each: answers or a total, and what they are worth.

`id` is the number of a published worked example where the case is one. Results were worked out from the published rule,
never copied from what the scorer said.
"""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One case; what is not given is not there: no `score` where there is no total, no `band`, no flag."""

    instrument: str
    why: str
    id: str = ""
    answers: Any = None
    total: Any = None
    jurisdiction: str = "uk"
    whose: dict[str, Any] = field(default_factory=dict)
    score: Decimal | int | None = None
    band: str | None = None
    flags: tuple[str, ...] = ()
    parts: dict[str, Any] = field(default_factory=dict)
    out_of: int | None = None
    status: str = "scored"
    reached: dict[str, bool | str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.id or self.why


def read(file: Path) -> list[Case]:
    content = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    return [Case(instrument=file.stem, **_plain(one)) for one in content["case"]]


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    return one | ({"flags": tuple(one["flags"])} if "flags" in one else {})


@cache
def every() -> tuple[Case, ...]:
    return tuple(case for file in sorted(FOLDER.glob("*.toml")) for case in read(file))


def of(key: str) -> list[Case]:
    return [case for case in every() if case.instrument == key]
