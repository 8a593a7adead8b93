"""The worked examples of the national definitions as evaluation tables, through the command and out again.

Each example is a service of its own, so that one run shows every flag of every example.
"""

from enum import Enum
from pathlib import Path

import pytest

from alongside.evaluation import episodes
from alongside.evaluation import tables as evaluation_tables
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.rules.audience import Audience
from alongside.evaluation.scores import judged
from tests.spec.worked_examples import EVERY_EXAMPLE, FLAGS
from tests.unit.evaluation.evaluating import QUIET, Tables, evaluate, measures

pytestmark = pytest.mark.filterwarnings(QUIET)

CONTACTS = {
    # id: contacts as kind, attendance and planned; whether they make a finished course
    "X22": ([("treatment", "attended", "true")], False),
    "X50": (
        [
            ("assessment", "attended", "true"),
            ("treatment", "attended", "true"),
            ("treatment", "did_not_attend", "true"),
            ("follow_up", "attended", "true"),
        ],
        False,
    ),
    "X52": (
        [
            ("assessment_and_treatment", "attended", "true"),
            ("treatment", "cancelled_by_person", "true"),
            ("review", "attended", "true"),
        ],
        False,
    ),
    "X53": ([("assessment_and_treatment", "attended", "true"), ("treatment", "", "false")], True),
    "late seen counts": ([("treatment", "late_seen", ""), ("review_and_treatment", "attended", "")], True),
    "late not seen does not": ([("treatment", "late_not_seen", ""), ("treatment", "attended", "")], False),
}

ACCESS = {
    # referral 6 January 2025; first treatment: within 6 weeks, within 18 weeks
    "2025-02-17": ("1", "1"),  # X55: 42 days
    "2025-02-18": ("0", "1"),  # X56: 43 days
    "2025-05-12": ("0", "1"),  # 126 days
    "2025-05-13": ("0", "0"),  # 127 days
}

SAME_DAY = {"better last in the file": ((14, 20, 8), "1"), "worse last in the file": ((14, 8, 20), "0")}

Found = dict[tuple[str, str, str], dict[str, str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    tables = Tables()
    for row in EVERY_EXAMPLE:
        _outcome_example(tables, row)
    for name, (contacts, _finished) in CONTACTS.items():
        tables.episode(name, service_id=name)
        for kind, attendance, planned in contacts:
            tables.contact(name, "2025-02-03", kind, attendance=attendance, planned=planned)
    for first_treatment in ACCESS:
        tables.episode(first_treatment, service_id=first_treatment)
        tables.contact(first_treatment, "2025-01-10", "assessment")  # an assessment does not stop the clock
        tables.contact(first_treatment, first_treatment)
        tables.contact(first_treatment, "2025-06-02")
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


@pytest.mark.parametrize(
    ("numerator", "finished", "not_at_caseness", "published"),
    [
        (321_061, 670_419, 35_234, "50.5"),  # X61: England 2024-25, recovery
        (301_815, 670_419, 35_234, "47.5"),  # reliable recovery
        (452_284, 670_419, 0, "67.5"),  # reliable improvement, of finished
        (39_157, 670_419, 0, "5.8"),  # reliable deterioration
        (170_457, 670_419, 0, "25.4"),  # no reliable change
        (318_013, 671_648, 37_164, "50.1"),  # X62: England 2023-24, recovery
        (298_780, 671_648, 37_164, "47.1"),  # reliable recovery
    ],
)
def test_published_england_rates(numerator: int, finished: int, not_at_caseness: int, published: str) -> None:
    rate = Figures(Audience.INTERNAL).rate(numerator, finished - not_at_caseness)
    assert f", {published} % (" in rate


@pytest.mark.parametrize("example", CONTACTS)
def test_finished_course(example: str, found: Found) -> None:
    assert found["finished_course", "service", example]["numerator"] == str(int(CONTACTS[example][1]))


def test_an_open_referral_is_not_finished(found: Found) -> None:
    assert found["finished_course", "service", "X25"]["numerator"] == "0"
    recovery = found["recovery", "service", "X25"]
    assert (recovery["numerator"], recovery["denominator"], recovery["value"], recovery["lower"]) == ("0", "0", "", "")


@pytest.mark.parametrize("first_treatment", ACCESS)
def test_access(first_treatment: str, found: Found) -> None:
    six, eighteen = (found[f"access_{weeks}_weeks", "service", first_treatment]["numerator"] for weeks in (6, 18))
    assert (six, eighteen) == ACCESS[first_treatment]


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
