"""Three real trials of opioid treatment that nobody here wrote, converted and run through the command.

Published: X:BOT (CTN-0051) began the medicine in 204 of 283 (extended-release naltrexone) and 270 of 287
(buprenorphine). START (CTN-0027) reports 74 % and 46 % completing treatment on methadone and buprenorphine; by the
last dose, and to the last week of treatment, the data give 73.0 % and 45.8 %.
"""

import csv
import importlib.util
import os
from pathlib import Path

import pytest

from tests.unit.evaluation.evaluating import QUIET, evaluate, measures

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings(QUIET)]

ROOT = Path(__file__).parents[2]
TRIALS = Path(os.environ.get("ALONGSIDE_ORACLES", ROOT / "../shared/oracles")) / "ctn0094"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not TRIALS.is_dir():
        pytest.skip(f"The trials are not here ({TRIALS}). Set ALONGSIDE_ORACLES to the folder that holds them.")
    folder = tmp_path_factory.mktemp("ctn0094")
    spec = importlib.util.spec_from_file_location("ctn0094", ROOT / "examples/ctn0094.py")
    assert spec
    assert spec.loader
    converter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(converter)
    converter.convert(TRIALS, folder / "tables")
    result = evaluate(folder / "tables", folder / "out")
    assert "3,560 referrals" in result.output
    assert "2,492 joint journeys" in result.output
    return folder / "out"


@pytest.fixture(scope="module")
def curves(out: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    with (out / "retention.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["breakdown"], row["group"]), []).append(row)
    return found


def test_everybody_is_there(out: Path) -> None:
    assert measures(out)["referrals", "total", ""]["numerator"] == "3560"
    assert measures(out, "joint.csv")["journeys", "total", ""]["numerator"] == "2492"


@pytest.mark.parametrize(
    ("arm", "began", "randomised"), [("Inpatient NR-NTX", "204", "283"), ("Inpatient BUP", "270", "287")]
)
def test_induction_in_xbot(arm: str, began: str, randomised: str, out: Path) -> None:
    row = measures(out, "joint.csv")["inducted", "arm_in_pathway", f"CTN-0051 / {arm}"]
    assert (row["numerator"], row["denominator"]) == (began, randomised)


@pytest.mark.parametrize(("arm", "people", "retained"), [("Methadone", 529, 0.730), ("Outpatient BUP", 740, 0.458)])
def test_retention_in_start(
    arm: str, people: int, retained: float, curves: dict[tuple[str, str], list[dict[str, str]]]
) -> None:
    curve = curves["arm_in_pathway", f"CTN-0027 / {arm}"]
    last_week = [row for row in curve if int(row["day"]) <= 161][-1]
    assert int(curve[0]["at_risk"]) == people
    assert float(last_week["retained"]) == pytest.approx(retained, abs=0.0005)


def test_who_never_began_left_on_the_first_day(curves: dict[tuple[str, str], list[dict[str, str]]]) -> None:
    curve = curves["arm_in_pathway", "CTN-0051 / Inpatient NR-NTX"]
    assert (curve[0]["day"], curve[0]["at_risk"], curve[0]["left"]) == ("0", "283", "79")


def test_retention_by_history_of_depression_or_anxiety(
    curves: dict[tuple[str, str], list[dict[str, str]]], out: Path
) -> None:
    people = {
        group: int(rows[0]["at_risk"]) for (name, group), rows in curves.items() if name == "history_mood_anxiety"
    }
    assert people == {"yes": 1128, "no": 1364}
    both = {group for name, group in curves if name == "arm_in_pathway_and_history"}
    assert "CTN-0027 / Methadone, history yes" in both
    report = (out / "report.html").read_text("utf-8")
    assert "Retention, by history of depression or anxiety" in report
    assert "2,372 of 2,492, 95.2 % (94.3 to 96.0)" in report


def test_the_curves_are_what_a_second_reading_gives(curves: dict[tuple[str, str], list[dict[str, str]]]) -> None:
    """Kaplan-Meier by hand from the numbers at risk: the columns of the file must agree with one another."""
    for rows in curves.values():
        survived = 1.0
        for row in rows:
            survived *= 1 - int(row["left"]) / int(row["at_risk"])
            assert float(row["retained"]) == pytest.approx(survived)
