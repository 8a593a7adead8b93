"""Real answers that nobody here wrote: seven cycles of the US health survey, scored by the command.

Published: adults 20 and over, 2013-16, PHQ-9 of 10 or more: 8.1 % all, 5.5 % men, 10.4 % women (NCHS Data Brief 303);
bands none-minimal, mild, moderate, moderately severe or severe (MMWR 2018, doi 10.15585/mmwr.mm6709a5).
"""

import importlib.util
import os
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from alongside.cli.main import main
from alongside.kernel.numbers import half_up

# The table engine's adapter still calls the driver by a name that the driver is retiring.
pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")]
ROOT = Path(__file__).parents[2]
SURVEY = Path(os.environ.get("ALONGSIDE_ORACLES", ROOT / "../shared/oracles")) / "nhanes/phq9_alcohol.parquet"


@pytest.fixture(scope="module")
def scored(tmp_path_factory) -> pa.Table:
    if not SURVEY.is_file():
        pytest.skip(f"The NHANES answers are not here ({SURVEY}). Set ALONGSIDE_ORACLES to the folder that holds them.")
    folder = tmp_path_factory.mktemp("nhanes")
    answers, out = folder / "answers.parquet", folder / "scored.parquet"
    assert _converter().convert(SURVEY, answers) == 40_496
    result = CliRunner().invoke(main, ["score", "phq9", str(answers), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "36,259 rows scored, 4,237 not scored" in result.output
    return pq.read_table(out)


def _converter():
    spec = importlib.util.spec_from_file_location("nhanes", ROOT / "examples/nhanes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def adults_2013_16(table: pa.Table, sex: str | None) -> pa.Table:
    chosen = pc.and_(pc.is_in(table["cycle"], pa.array(["2013-2014", "2015-2016"])), pc.greater_equal(table["age"], 20))
    chosen = pc.and_(chosen, pc.is_valid(table["score"]))
    return table.filter(chosen if sex is None else pc.and_(chosen, pc.equal(table["sex"], sex)))


def weighted_percent(table: pa.Table, chosen: pa.ChunkedArray) -> Decimal:
    part, whole = (pc.sum(weights).as_py() for weights in (table.filter(chosen)["weight"], table["weight"]))
    return half_up(100 * part / whole, 1)


def test_complete_answer_sets(scored):
    assert scored.num_rows == 40_496
    assert pc.sum(pc.is_valid(scored["score"])).as_py() == 36_259
    assert pc.sum(pc.equal(scored["status"], "scored")).as_py() == 36_259


def test_refused_and_unknown_answers_are_reasons_and_never_noughts(scored):
    unusable = [pc.or_kleene(pc.is_null(scored[f"item{n}"]), pc.greater(scored[f"item{n}"], 3)) for n in range(1, 10)]
    somewhere = unusable[0]
    for more in unusable[1:]:
        somewhere = pc.or_kleene(somewhere, more)
    refused = scored.filter(somewhere)
    assert refused.num_rows == 40_496 - 36_259
    assert pc.sum(pc.is_valid(refused["score"])).as_py() in (0, None)
    reasons = set(pc.unique(refused["status"]).to_pylist())
    assert any("7 is not one of 0, 1, 2, 3" in reason for reason in reasons)
    assert any("9 is not one of 0, 1, 2, 3" in reason for reason in reasons)
    assert all(reason.startswith("item") for reason in reasons)


@pytest.mark.parametrize(("sex", "published"), [(None, "8.1"), ("male", "5.5"), ("female", "10.4")])
def test_published_prevalence(scored, sex, published):
    adults = adults_2013_16(scored, sex)
    assert weighted_percent(adults, pc.greater_equal(adults["score"], 10)) == Decimal(published)


@pytest.mark.parametrize(
    ("sex", "published"),
    [
        (None, ("76.3", "15.6", "5.1", "2.9")),
        ("male", ("81.6", "12.8", "3.4", "2.1")),
        ("female", ("71.3", "18.3", "6.7", "3.7")),
    ],
)
def test_published_bands(scored, sex, published):
    adults = adults_2013_16(scored, sex)
    bands = (["minimal"], ["mild"], ["moderate"], ["moderately_severe", "severe"])
    got = tuple(weighted_percent(adults, pc.is_in(adults["band"], pa.array(band))) for band in bands)
    assert got == tuple(map(Decimal, published))
