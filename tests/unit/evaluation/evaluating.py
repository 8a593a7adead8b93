"""Evaluation tables for tests: rows as plain dictionaries, and the command run on them as a stranger would."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from click.testing import CliRunner, Result

from alongside.cli.main import main

Rows = list[dict[str, Any]]

# Ibis 12 asks DuckDB 2 for its columns by a name that DuckDB is about to drop; neither is ours to change.
QUIET = "ignore:fetch_arrow_table:DeprecationWarning"

SHAPES: Mapping[str, Sequence[str]] = {
    "persons": ("person_id", "birth_year", "sex", "ethnicity", "deprivation_decile", "language"),
    "episodes": (
        "episode_id",
        "person_id",
        "service_id",
        "service_kind",
        "arm",
        "referral_received",
        "referral_source",
        "accepted",
        "declined_reason",
        "discharged",
        "end_code",
        "problem_descriptor",
    ),
    "contacts": ("contact_id", "episode_id", "date", "planned", "kind", "attendance", "mode"),
    "scores": ("person_id", "episode_id", "contact_id", "instrument", "date", "score", "items"),
    "substance_use": ("person_id", "date", "substance", "days_used_of_28", "amount", "unit"),
}


@dataclass
class Tables:
    """Rows by table. `add` fills the columns that a test does not care about."""

    rows: dict[str, Rows] = field(default_factory=lambda: {name: [] for name in SHAPES})

    def add(self, table: str, **cells: object) -> None:
        self.rows.setdefault(table, []).append(cells)

    def person(self, person_id: str, **cells: object) -> None:
        self.add("persons", person_id=person_id, **cells)

    def episode(self, episode_id: str, person_id: str | None = None, **cells: object) -> None:
        """An accepted, finished Talking Therapies referral of 6 January 2025, unless told otherwise."""
        usual = {
            "person_id": person_id or f"p-{episode_id}",
            "service_id": "north",
            "service_kind": "talking_therapies",
            "referral_received": "2025-01-06",
            "accepted": "true",
            "discharged": "2025-06-30",
            "end_code": "46",
        }
        self.add("episodes", episode_id=episode_id, **(usual | cells))
        if person_id is None:
            self.person(f"p-{episode_id}")

    def contact(self, episode_id: str, date: str, kind: str = "treatment", **cells: object) -> str:
        name = f"c{len(self.rows['contacts'])}"
        usual = {"attendance": "attended", "planned": "true"}
        self.add("contacts", contact_id=name, episode_id=episode_id, date=date, kind=kind, **(usual | cells))
        return name

    def score(self, episode_id: str, instrument: str, date: str, score: object, contact_id: str = "") -> None:
        self.add("scores", episode_id=episode_id, instrument=instrument, date=date, score=score, contact_id=contact_id)

    def course(self, episode_id: str, **ends: tuple[object, object]) -> None:
        """A finished course: two treatment contacts, and for each instrument a first and a last score."""
        self.episode(episode_id)
        self.treat(episode_id, **ends)

    def treat(self, episode_id: str, **ends: tuple[object, object]) -> None:
        days = ("2025-01-20", "2025-06-16")
        for place, day in enumerate(days):
            contact = self.contact(episode_id, day)
            for instrument, scores in ends.items():
                if scores[place] not in (None, ""):
                    self.score(episode_id, instrument, day, scores[place], contact)

    def columns(self, table: str) -> list[str]:
        return list(dict.fromkeys([*SHAPES.get(table, ()), *(name for row in self.rows[table] for name in row)]))

    def write(self, directory: Path) -> Path:
        """The tables as CSV files; a table without rows is a file with its header alone."""
        directory.mkdir(parents=True, exist_ok=True)
        for table, rows in self.rows.items():
            with (directory / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, self.columns(table))
                writer.writeheader()
                writer.writerows(rows)
        return directory

    def arrow(self) -> dict[str, pa.Table]:
        """The tables in memory, as text."""
        return {
            table: pa.table(
                {
                    name: pa.array([None if row.get(name) is None else str(row[name]) for row in rows], pa.string())
                    for name in self.columns(table)
                }
            )
            for table, rows in self.rows.items()
        }


def run(*arguments: object) -> Result:
    """The command line, as somebody types it."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


def evaluate(tables: Path, out: Path, *options: object) -> Result:
    """`alongside evaluate`, which must succeed."""
    result = run("evaluate", "--tables", tables, "--out", out, *options)
    assert result.exit_code == 0, result.output
    return result


Key = tuple[str, str, str]


def measures(out: Path, name: str = "measures.csv") -> dict[Key, dict[str, str]]:
    """The rows of the file by measure, breakdown and group."""
    with (out / name).open(encoding="utf-8", newline="") as file:
        return {(row["measure"], row["breakdown"], row["group"]): row for row in csv.DictReader(file)}
