"""The worked examples of the national definitions as evaluation tables, through the command and out again.

Each example is a service of its own, so that one run shows every flag of every example.
"""

from datetime import date
from enum import Enum
from pathlib import Path

import pytest

from alongside.evaluation import episodes
from alongside.evaluation import tables as evaluation_tables
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.rules.audience import Audience
from alongside.evaluation.scores import judged
from tests.spec.worked import courses, figures
from tests.spec.worked_examples import EVERY_EXAMPLE, FLAGS
from tests.unit.evaluation.evaluating import QUIET, Tables, evaluate, measures

pytestmark = pytest.mark.filterwarnings(QUIET)

SAME_DAY = {"better last in the file": ((14, 20, 8), "1"), "worse last in the file": ((14, 8, 20), "0")}

Found = dict[tuple[str, str, str], dict[str, str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    tables = Tables()
    for row in EVERY_EXAMPLE:
        _outcome_example(tables, row)
    for name, contacts in zip(courses.CONTACTS.column("case"), courses.CONTACTS.column("contacts"), strict=True):
        tables.episode(name, service_id=name)
        for kind, attendance, *unplanned in contacts:
            planned = "false" if unplanned else "true"
            tables.contact(name, "2025-02-03", kind, attendance=attendance or "", planned=planned)
    for day in courses.WAITS.column("first_treatment"):
        tables.episode(str(day), service_id=str(day))
        tables.contact(str(day), "2025-01-10", "assessment")  # an assessment does not stop the clock
        for treatment in (day, "2025-06-02") if day else ():
            tables.contact(str(day), str(treatment))
    for name, (scores, _recovered) in SAME_DAY.items():
        tables.episode(name, service_id=name)
        tables.treat(name, gad7=(9, 7))
        for score in scores:
            tables.score(name, "phq9", "2025-03-03", score)
    _two_more(tables)
    folder = tmp_path_factory.mktemp("examples")
    evaluate(tables.write(folder / "tables"), folder / "out")
    return measures(folder / "out")


def _outcome_example(tables: Tables, row: dict[str, str]) -> None:
    tables.episode(row["id"], service_id=row["id"], problem_descriptor=row.get("descriptor", ""))
    ends = {"phq9": (row["phq_first"], row["phq_last"]), "gad7": (row["gad_first"], row["gad_last"])}
    if "adsm" in row:
        ends[row["adsm"]] = (row["adsm_first"], row["adsm_last"])
    tables.treat(row["id"], **ends)


def _two_more(tables: Tables) -> None:
    tables.episode("X22", service_id="X22")
    tables.contact("X22", "2025-02-03")
    tables.episode("X25", service_id="X25", discharged="", end_code="")
    tables.treat("X25", phq9=(14, 8), gad7=(9, 7))
    tables.episode("followed up", service_id="followed up")
    tables.treat("followed up", phq9=(14, 8), gad7=(9, 7))
    later = tables.contact("followed up", "2025-06-25", "follow_up")
    tables.score("followed up", "phq9", "2025-06-25", 20, later)


@pytest.mark.parametrize("example", EVERY_EXAMPLE, ids=lambda example: example["id"])
def test_worked_example(example: dict[str, str], found: Found) -> None:
    service = example["id"]
    expected = {measure: str(int(example[flag] == "Y")) for flag, measure in FLAGS.items() if flag in example}
    got = {measure: found[measure, "service", service]["numerator"] for measure in expected}
    assert got == expected, example.get("why")


@pytest.mark.parametrize(
    ("example", "denominator"),
    [("X01", "1"), ("X04", "0"), ("X20", "0"), ("X23", "1"), ("X26", "1")],
)
def test_recovery_is_counted_of_finished_less_not_at_caseness(example: str, denominator: str, found: Found) -> None:
    assert found["recovery", "service", example]["denominator"] == denominator
    assert found["reliable_improvement", "service", example]["denominator"] == "1"


@figures.ENGLAND.each
def test_published_england_rates(
    outcome: str, numerator: int, finished: int, not_at_caseness: int, published: str
) -> None:
    rate = Figures(Audience.INTERNAL).rate(numerator, finished - not_at_caseness)
    assert f", {published} % (" in rate


@figures.RATES.each
def test_rates_of_few(numerator: int, denominator: int, told: str) -> None:
    assert Figures(Audience.INTERNAL).rate(numerator, denominator) == told


def test_three_outcomes_and_those_without_one_are_all_finished_courses() -> None:
    rows = figures.ENGLAND.rows
    [finished] = {row[3] for row in rows if row[0] == "X61"}
    assert sum(row[2] for row in rows if row[0] == "X61" and "recovery" not in row[1]) == finished


@pytest.mark.parametrize(
    ("example", "finished"),
    [*zip(courses.CONTACTS.column("case"), courses.CONTACTS.column("finished"), strict=True), ("X22", False)],
)
def test_finished_course(example: str, finished: bool, found: Found) -> None:
    assert found["finished_course", "service", example]["numerator"] == str(int(finished))


def test_an_open_referral_is_not_finished(found: Found) -> None:
    assert found["finished_course", "service", "X25"]["numerator"] == "0"
    recovery = found["recovery", "service", "X25"]
    assert (recovery["numerator"], recovery["denominator"], recovery["value"], recovery["lower"]) == ("0", "0", "", "")


@courses.WAITS.each
def test_access(
    first_treatment: date | None, days: int | None, six_weeks: bool, eighteen_weeks: bool, found: Found
) -> None:
    service = str(first_treatment)
    within = [found[f"access_{weeks}_weeks", "service", service]["numerator"] for weeks in (6, 18)]
    assert within == [str(int(six_weeks)), str(int(eighteen_weeks))]


def test_a_follow_up_contact_supplies_no_score(found: Found) -> None:
    assert found["recovery", "service", "followed up"]["numerator"] == "1"


@pytest.mark.parametrize("example", SAME_DAY)
def test_scores_of_one_day_are_ordered_by_the_file(example: str, found: Found) -> None:
    assert found["recovery", "service", example]["numerator"] == SAME_DAY[example][1]


def test_nine_people_seven_recovered(tmp_path: Path) -> None:  # X65
    tables = Tables()
    for number in range(9):
        tables.course(f"e{number}", phq9=(15, 7 if number < 7 else 14), gad7=(12, 5))
        days = 4 if number == 0 else 20 - number
        tables.add(
            "substance_use", person_id=f"p-e{number}", date="2025-01-20", substance="alcohol", days_used_of_28=10
        )
        tables.add(
            "substance_use", person_id=f"p-e{number}", date="2025-06-16", substance="alcohol", days_used_of_28=days
        )
    result = evaluate(tables.write(tmp_path / "in"), tmp_path / "out")
    row = measures(tmp_path / "out")["recovery", "total", ""]
    assert float(row["value"]) == 7 / 9
    assert "7 of 9, 77.8 % (45.3 to 93.7)" in result.output
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "7 of 9, 77.8 % (45.3 to 93.7)" in report
    assert "Of those, 1 used on fewer days, 0 on as many and 6 on more" in report


PLANTED = ("access", "caseness", "follow_up", "nothing")


@pytest.mark.parametrize("broken", PLANTED)
def test_a_planted_fault_is_caught(
    broken: str, monkeypatch: pytest.MonkeyPatch, one_course: evaluation_tables.Tables
) -> None:
    """The tables above can fail: each of these mistakes changes a figure that they hold."""
    _plant(broken, monkeypatch)
    scored = judged(one_course)
    if broken == "follow_up":
        scored = scored.mutate(counts=scored.valid & ~scored.early)
    derived = episodes.derive(one_course, scored)
    [row] = derived.select("within_6_weeks", "at_caseness", "recovery").to_pyarrow().to_pylist()
    right = {"within_6_weeks": False, "at_caseness": True, "recovery": True}
    assert (row == right) is (broken == "nothing")


@pytest.fixture(scope="module")
def one_course() -> evaluation_tables.Tables:
    """A course on the edge: treated on day 43, first PHQ-9 exactly 10, a worse score at a follow-up."""
    tables = Tables()
    tables.episode("e1")
    tables.contact("e1", "2025-02-18")
    tables.contact("e1", "2025-06-02")
    for day, phq9 in (("2025-02-18", 10), ("2025-06-02", 9)):
        tables.score("e1", "phq9", day, phq9)
        tables.score("e1", "gad7", day, 5)
    tables.score("e1", "phq9", "2025-06-20", 11, tables.contact("e1", "2025-06-20", "follow_up"))
    return evaluation_tables.Tables.from_arrow(tables.arrow())


def _plant(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = episodes.with_outcomes
    faults: dict[str, tuple[str, object]] = {
        "access": ("Access", Enum("Access", {"SIX_WEEKS": 43, "EIGHTEEN_WEEKS": 126})),
        "caseness": ("with_outcomes", lambda rows: outcomes(rows.mutate(phq9_first=rows.phq9_first - 1))),
    }
    if broken in faults:
        monkeypatch.setattr(episodes, *faults[broken])
