"""Renders `docs/reference/evaluation-tables.md` from the declarations.

python -m alongside.evaluation.tables.page > docs/reference/evaluation-tables.md
"""

from collections.abc import Iterator

from alongside.evaluation.tables.catalogue import ALWAYS, FOR_TALKING_THERAPIES, TABLES
from alongside.evaluation.tables.declared import Column, Holds, Table

_BEFORE = """\
# Evaluation tables

`alongside evaluate --tables FOLDER --out FOLDER` reads these tables where they lie and needs no database. This page
is rendered from the declarations that the reader checks files by; change those, then render it again with
`python -m alongside.evaluation.tables.page`.

## Files

A table is one file, `episodes.parquet` or `episodes.csv`, or a folder `episodes` of such files, of one kind, with the
same required columns, read in the order of their names; rows are counted through all of them. CSV is UTF-8 with a
header; cells are parted by commas, semicolons or tabs, whichever the header holds most of. Dates are written
`2025-01-31`; a time of day after a date is ignored where a day is asked for. An empty cell is an empty value, and so
is not-a-number in a Parquet column of floating-point numbers. Columns that are not listed here pass unread. Dates are
of the years 1900 to 2199: 9999-12-31 and its like, which some programs write for "never", would count as a date, so
the cell is left empty instead. Names of columns are written as they stand here: one that differs in capitals or blanks
alone, and one that is there twice, is refused, because nobody could say which of two was read.

`persons` and `episodes` must be there. `contacts` and `scores` must be there too where any episode is of the kind
`talking_therapies`, because without them its outcomes would read as nought. Every other table may be left out, and
the report says which were.

A number in text is written as people write it: `14` or `2.3`. `14.0` is read as 14, because programs write it so where
a column has gaps; `014` and `+14` are refused, as the forms refuse them. `alongside score` reads answers by the same
rule. A total with decimals is left out and counted unless its questionnaire may come to them: a mean, as of the
Mobility Inventory (`2.740741`), or a sum in which the mean of the others fills a gap, as in CORE-10. Cut-offs are
compared with all the decimals that are given, six at most, so hand them over unrounded.

## What is refused, and what is left out

The command stops, names the table and the column, says what to do, writes nothing and exits with code 2 where a
required column or table is missing, a cell is not of its column's kind, a word is not in its column's list, an id
names two rows, a row points at one that is not there, or a file is not what its name says.

Some rows are left out, counted and listed in the report, as the national validation turns them away: episodes
discharged before their referral with everything in them, contacts and scores dated before the referral, and scores
that are not a possible total of their questionnaire. `scores.instrument` is read without regard to capitals, blanks,
hyphens and underscores, so that `PHQ-9` is `phq9`. Scores of any other questionnaire are left out: the command and the
report say what the file calls it, in how many rows, and the nearest names that Alongside knows.

## How scores are read

A score belongs to its episode. Scores of one episode and instrument are ordered by day, and within a day by where
they stand in the file; none is taken from a contact of the kind `follow_up`. A last score needs a first one before
it. The anxiety measure in force is the one that goes with `problem_descriptor` if that was taken at least twice, and
GAD-7 otherwise. An unplanned contact counts as attended.

Every score counts, however it was answered, unless the command is asked to leave some out: `--without-clouded` (in
`clouded`), `--without-helped` (in `helped`), `--without-use-within WEEKS` (`weeks_since_use` is less than that) and
`--only-language CODE` (`language` is another version; an empty one is English). Where nobody said how a score was
answered it counts, and the command and the report say how many were left out for each reason.

## How outcomes are counted

Every Talking Therapies measure counts finished courses: discharged, with at least two attended treatment contacts.
`at_caseness` and `not_at_caseness` are counts of finished courses by their first scores and have a numerator only. A
course is at caseness where either first score reaches its cut-off, and not at caseness where both first scores are
known and neither does; a course with one score below its cut-off and the other not known is in neither. `recovery`
and `reliable_recovery` are counted of finished courses less those not at caseness, and the other rates of finished
courses.

Improvement, deterioration, no reliable change and reliable recovery need PHQ-9 and the anxiety measure in force taken
at least twice each. A course without both stays in the denominators and counts in none of them. For BIQ and CFQ-11 no
published reliable change could be sourced. They are still the measure in force where they were taken twice, because
GAD-7 stands in for a measure that is missing and they are not: `recovery` is then counted by their cut-offs, none of
the four is claimed whatever PHQ-9 did, and the report says how many courses that is.

## Language versions

A version in another language may have cut-offs of its own: PHQ-9 in British Sign Language (`bfi` in `scores.language`)
counts from 8 and GAD-7 from 6 (Belk and others 2016). Caseness and recovery hold each score against the cut-off of the
version that was answered. A dialect is the version of its language, and one without cut-offs of its own has the English
ones. Where the first and the last score of a measure were answered in two versions, none of improvement, deterioration,
no reliable change and reliable recovery is claimed, and the report says how many courses that is; recovery is. That
last rule is our own and unverified. So is the reliable change between two scores in British Sign Language: it is that
of the English version, because none of its own was found.

## Substance use and mood

Change in use is counted over one window an episode: from the referral (or the opening of its journey, if earlier) to
the discharge (or the close of the journey, if later), both days included. The substance is the one with the most days
at its first record in the window; ties go to the first in the alphabet. The change is the difference between its
first and its last record, and needs records on two days. No reliable change in days could be sourced, so none is
claimed.

## Retention

Retention counts days from `journeys.opened` to the last day that a dose covers or, where no table of doses is given,
to the last contact that took place. A journey without any dose ended on day 0. Somebody treated to within 7 days of
`planned_end`, and somebody whose journey is still open, has not left. Curves are Kaplan-Meier's.

## What is written

* `measures.csv`: `measure, period, breakdown, group, numerator, denominator, value, lower, upper`. `period` is `all`.
  `breakdown` is `total` (with an empty `group`), `service`, `arm`, `sex`, `ethnicity` or `deprivation_decile`; a
  missing value is the group `unknown`. Counts have a numerator only. `value` is an unrounded fraction and the limits
  are Wilson's 95 %; all three are empty where nothing is in the denominator.
* `report.html`: the report, one page that stands alone.
* `joint.csv`, where there are journeys: the same columns for measures of journeys, by `pathway`, `arm`,
  `arm_in_pathway` and `history_mood_anxiety`.
* `retention.csv`, where there are journeys with doses or contacts: `breakdown, group, day, at_risk, left, censored,
  retained, lower, upper`; one row for each day on which the curve moves.

With `--audience public`, counts below 5 are `*` and others are rounded to the nearest 5; percentages are whole
numbers of the unrounded counts and empty where the numerator, the denominator or what is left between them is below 5;
further counts of a breakdown are hidden until the hidden ones cannot be worked out from the rest. `retention.csv` is
not written. Hiding works within one measure and breakdown: between measures, the rounding is what protects, so somebody
should read a public report before it leaves.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join((_BEFORE, *(_section(table) for table in TABLES)))


def _section(table: Table) -> str:
    return "\n".join((f"## {table.name}", "", table.meaning + _needed(table), "", *_rows(table), ""))


def _needed(table: Table) -> str:
    if table.name in ALWAYS:
        return " Required."
    return " Required for Talking Therapies." if table.name in FOR_TALKING_THERAPIES else ""


def _rows(table: Table) -> Iterator[str]:
    yield "| Column | Holds | Required | Meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {_holds(column)} | {_required(column)} | {_meaning(table, column)} |"


def _holds(column: Column) -> str:
    if column.holds is Holds.CHOICE:
        return "one of " + ", ".join(f"`{choice}`" for choice in column.choices)
    within = f", {column.least} to {column.most}" if column.most is not None else ""
    return column.holds.value + within + (f", {column.unit}" if column.unit else "")


def _required(column: Column) -> str:
    if not column.required:
        return "no"
    return "yes, in every row" if column.filled else "yes"


def _meaning(table: Table, column: Column) -> str:
    target = table.points_at.get(column.name)
    return column.meaning + (f"; a row of `{target}`" if target else "")


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - the page is what this prints
