"""Renders docs/reference/generated/worked-cases.md from the cases that the tests run:
`python -m tests.spec.worked_cases_page`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alongside.definitions.instruments import instrument, instruments
from tests.spec import instrument_cases as cases
from tests.spec.instrument_cases import Case
from tests.spec.instruments_page import table
from tests.spec.worked import TABLES
from tests.spec.worked.numbers import OTHERS
from tests.spec.worked.table import Table
from tests.spec.worked_examples import MISSING, PHQ9_WITH_GAD7, WITH_OWN_MEASURE, read

PAGE = Path(__file__).parents[2] / "docs/reference/generated/worked-cases.md"

OPENING = """\
# Worked cases

Made by `python -m tests.spec.worked_cases_page` from the tables that the tests run; do not edit. The scorer of one
response and the scorer of tables meet every case of an instrument, and the outcome rules of one person and of tables
every example of the first three sections. Results were worked out from the published rule, never copied from what the
scorer said. A figure that nobody has verified is unverified here too: see [instruments](instruments.md).

Numbers such as X01 or I-02 name a worked example that was written down before the code; rows named in words are
boundaries beside them. What was not given or is not known is “–”. “Reaches” names the cut-offs that the result reaches,
“Not known” those of which nobody can say without knowing more of the person or the place; those that it does not reach
are not named.
"""

EXAMPLES = (
    (
        "PHQ-9 with GAD-7",
        "R scores recovery, I reliable improvement, D deterioration, N no reliable change, RR reliable recovery.",
        PHQ9_WITH_GAD7,
    ),
    (
        "PHQ-9 with a problem's own measure",
        "The descriptor chooses the measure; GAD-7 is the fallback.",
        WITH_OWN_MEASURE,
    ),
    ("Where scores are missing", "What counts and why the rest is not known.", MISSING),
)

HEADS = {"phq9": "PHQ-9", "gad7": "GAD-7", "first_sd": "First SD"}


def render() -> str:
    """The whole page."""
    parts = [*map(_example, EXAMPLES), *map(_table, TABLES), *(_section(one.key) for one in instruments())]
    return "\n".join([OPENING, *parts, _others()])


def _others() -> str:
    """The numbers that are not on the page, so that nobody takes them for met."""
    cells = [(about, given, f"`{test}`" if test else "not built") for given, about, test in OTHERS]
    words = "Worked examples that were written down with these and are about something else."
    return f"## Not here\n\n{words}\n\n" + table(("About", "Numbers", "Tested in"), cells)


def _table(one: Table) -> str:
    head = tuple(HEADS.get(name, name.replace("_", " ").capitalize()) for name in one.head)
    cells = [tuple(cell.replace("|", "\\|") for cell in row) for row in one.cells()]
    return f"## {one.title}\n\n{one.words}\n\n" + table(head, cells)


def _example(example: tuple[str, str, str]) -> str:
    title, words, rows = example
    found = read(rows)
    head = tuple(found[0])
    return f"## {title}\n\n{words}\n\n" + table(head, [tuple(row[name] or "–" for name in head) for row in found])


def _section(key: str) -> str:
    head = ("Case", "Answers", "Comes to", "Reaches", "Not known")
    return f"## {instrument(key).name}\n\n" + table(head, [_line(one) for one in cases.of(key)])


def _line(case: Case) -> tuple[str, ...]:
    why = f"**{case.id}** {case.why}" if case.id else case.why
    return tuple(one.replace("|", "\\|") for one in (why, _given(case), _worth(case), *_reached(case)))


def _reached(case: Case) -> tuple[str, str]:
    """The cut-offs that the result reaches, and those of which nobody can say."""
    found = case.reached.items()
    return (
        ", ".join(name for name, is_reached in found if is_reached is True),
        ", ".join(name for name, is_reached in found if is_reached == "unknown"),
    )


def _given(case: Case) -> str:
    if case.total is not None:
        given = f"total {case.total}"
    elif isinstance(case.answers, Mapping):
        given = ", ".join(f"{name} {_answer(value)}" for name, value in case.answers.items())
    else:
        given = " ".join(map(_answer, case.answers))
    whose = ", ".join(f"{name} {value}" for name, value in case.whose.items())
    where = "" if case.jurisdiction == "uk" else case.jurisdiction.upper()
    return "; ".join(part for part in (given, whose, where) if part)


def _answer(value: Any) -> str:
    return "–" if value in ("", None) else str(value)


def _worth(case: Case) -> str:
    score = [] if case.score is None else [f"**{case.score}**" + (f" of {case.out_of}" if case.out_of else "")]
    band = [case.band] if case.band else []
    status = [] if case.status == "scored" else [case.status]
    return "; ".join([*score, *band, *_parts(case.parts), *case.flags, *status])


def _parts(parts: Mapping[str, Any]) -> Sequence[str]:
    return [f"{name} {_answer(value)}" for name, value in parts.items()]


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
