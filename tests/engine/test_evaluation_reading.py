"""The same tables as CSV, as Parquet and as folders of files give the same figures, to the last byte."""

from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import alongside.evaluation.tables as reading
from alongside.definitions.indicators import indicators
from alongside.evaluation.tables import Tables
from alongside.evaluation.tables.catalogue import BY_NAME
from alongside.evaluation.tables.parsing import is_wrong, parsed
from tests.unit.evaluation.evaluating import QUIET, evaluate, measures, run
from tests.unit.evaluation.evaluating import Tables as Made

pytestmark = [
    pytest.mark.filterwarnings(QUIET),
    pytest.mark.xdist_group("evaluation tables"),  # evaluated by one worker only
]

WHOLE = {"deprivation_decile", "birth_year", "days_used_of_28"}
DATES = {"referral_received", "discharged", "date"}


def tables() -> Made:
    made = Made()
    made.episode("e1", problem_descriptor="F400", arm="", **{"an extra column": "passes"})
    made.treat("e1", phq9=(9, 8), mi=("2.51", "1.78"), gad7=(5, 5))
    made.episode("e2", arm='one "to" one, weekly')
    made.treat("e2", gad7=(9, 7))
    for score in (14, 20, 8):  # one day: the order of the file decides, across files too
        made.score("e2", "phq9", "2025-03-03", score)
    made.score("e2", "phq9", "2025-03-04", "")
    made.rows["persons"][0] |= {"deprivation_decile": 10, "sex": "female"}
    return made


def typed(made: Made, gap: float | None = None) -> dict[str, pa.Table]:
    """The tables as a careful program would write them: dates as dates, scores as floats, whole numbers with gaps.

    `gap` is what stands for an empty number: null, or the not-a-number that other programs keep in its place.
    """
    found = {}
    for name, table in made.arrow().items():
        for place, column in enumerate(table.column_names):
            cells = [text or None for text in table[column].to_pylist()]
            if column in DATES:
                values = pa.array(cells, pa.string()).cast(pa.date32())
            elif column == "score" or column in WHOLE:
                values = pa.array([gap if text is None else float(text) for text in cells], pa.float64())
            elif column in ("planned", "accepted"):
                values = pa.array([None if text is None else text == "true" for text in cells], pa.bool_())
            else:
                values = pa.array(cells, pa.string())
            table = table.set_column(place, column, values)
        found[name] = table
    return found


def as_csv(folder: Path) -> None:
    tables().write(folder)


def as_parquet(folder: Path) -> None:
    for name, table in typed(tables()).items():
        pq.write_table(table, folder / f"{name}.parquet")


def as_parquet_with_nan(folder: Path) -> None:
    for name, table in typed(tables(), gap=float("nan")).items():
        pq.write_table(table, folder / f"{name}.parquet")


def as_parquet_in_place(folder: Path) -> None:
    """As many rows as are not held are read again for each question."""
    as_parquet_with_nan(folder)


def as_folders(folder: Path) -> None:
    for name, table in typed(tables()).items():
        (folder / name).mkdir()
        for place in range(max(table.num_rows, 1)):
            pq.write_table(table.slice(place, 1), folder / name / f"part-{place:03}.parquet")


@pytest.fixture(scope="module")
def outs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {}
    for way in (as_csv, as_parquet, as_parquet_with_nan, as_folders, as_parquet_in_place):
        folder = tmp_path_factory.mktemp(way.__name__)
        (folder / "in").mkdir()
        way(folder / "in")
        with pytest.MonkeyPatch.context() as patch:
            if way is as_parquet_in_place:
                patch.setattr(reading, "HELD", 0)
            evaluate(folder / "in", folder / "out")
        found[way.__name__] = folder / "out"
    return found


def test_the_figures_are_right(outs: dict[str, Path]) -> None:
    found = measures(outs["as_csv"])
    assert found["recovery", "total", ""]["numerator"] == "2"  # an MI fall of exactly 0.73, and 8 last of three
    assert found["reliable_recovery", "total", ""]["numerator"] == "2"
    assert ("referrals", "arm", 'one "to" one, weekly') in found
    assert ("referrals", "arm", "unknown") in found
    assert ("referrals", "deprivation_decile", "10") in found


@pytest.mark.parametrize("way", ["as_parquet", "as_parquet_with_nan", "as_folders", "as_parquet_in_place"])
def test_every_way_of_writing_gives_the_same_file(way: str, outs: dict[str, Path]) -> None:
    assert (outs[way] / "measures.csv").read_bytes() == (outs["as_csv"] / "measures.csv").read_bytes()


def test_columns_of_nothing_but_not_a_number_are_empty(tmp_path: Path) -> None:
    """Also where a date, a word or a yes was wanted: that is how a column without any value comes out of numpy."""
    for name, table in tables().arrow().items():
        for column in {"sex", "arm", "discharged", "accepted", "problem_descriptor"} & set(table.column_names):
            nothing = pa.array([float("nan")] * table.num_rows)
            table = table.set_column(table.column_names.index(column), column, nothing)
        pq.write_table(table, tmp_path / f"{name}.parquet")
    read = Tables.from_directory(tmp_path)
    for name, column in (("persons", "sex"), ("episodes", "arm"), ("episodes", "discharged"), ("episodes", "accepted")):
        assert read[name].to_pyarrow()[column].to_pylist() == [None, None]


def test_ids_that_are_numbers_with_a_gap_keep_their_spelling() -> None:
    cells = ibis.memtable(pa.table({"id": [1.0, 2.5, float("nan"), 1e300, float("inf")]}))
    told = cells.select(id=parsed(cells.id, BY_NAME["scores"].column("episode_id"))).to_pyarrow()
    assert told["id"].to_pylist() == ["1", "2.5", None, "1e+300", "inf"]


# One policy with `alongside score` and the forms: tests/spec/test_scoring.py holds theirs.
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("14", Decimal(14)),
        ("14.0", Decimal(14)),  # pandas writes whole numbers so where a column has gaps
        (" 14 ", Decimal(14)),
        ("0", Decimal(0)),
        ("2.33", Decimal("2.33")),
        ("-1", Decimal(-1)),  # a number; that it is no total is the questionnaire's to say
        ("014", None),
        ("00", None),
        ("02.3", None),
        ("+14", None),
        ("1e1", None),
        ("14.", None),
        (".5", None),
        ("14,5", None),
    ],
)
def test_a_number_in_text_is_read_as_it_is_written(written: str, read: Decimal | None) -> None:
    cells = ibis.memtable(pa.table({"score": [written]}))
    column = BY_NAME["scores"].column("score")
    told = cells.select(read=parsed(cells.score, column), wrong=is_wrong(cells.score, column)).to_pyarrow()
    assert told.to_pylist() == [{"read": read, "wrong": read is None}]


def test_the_header_and_the_order_are_the_contract(outs: dict[str, Path]) -> None:
    lines = (outs["as_csv"] / "measures.csv").read_text("utf-8").splitlines()
    assert lines[0] == "measure,period,breakdown,group,numerator,denominator,value,lower,upper"
    assert lines[1] == "referrals,all,total,,2,,,,"
    assert list(dict.fromkeys(line.split(",")[0] for line in lines[1:])) == [one.id for one in indicators()]


def test_only_joint_work_writes_the_joint_files(outs: dict[str, Path]) -> None:
    assert {file.name for file in outs["as_csv"].iterdir()} == {"measures.csv", "report.html"}


class TestScoresLeftOutByTheCommand:
    """One course with an interpreter in its first week without, one in Welsh; each with two PHQ-9 and two GAD-7."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        made = Made()
        made.course("e1", phq9=(18, 4), gad7=(12, 3))
        made.course("e2", phq9=(18, 4), gad7=(12, 3))
        for row in made.rows["scores"]:
            row |= {"helped": "true", "weeks_since_use": "0"} if row["episode_id"] == "e1" else {"language": "cy"}
        return made.write(tmp_path / "in")

    @pytest.mark.parametrize(
        ("options", "recovered", "said"),
        [
            ((), 2, []),
            (("--without-helped",), 1, ["Scores answered with somebody's help were left out, as asked: 4."]),
            (
                ("--without-use-within", 1),
                1,
                ["Scores answered less than 1 week after the last use were left out, as asked: 4."],
            ),
            (
                ("--only-language", "cy"),
                1,
                ["Scores answered in another language version than cy were left out, as asked: 4."],
            ),
            (
                ("--without-clouded", "--without-helped", "--without-use-within", 2),
                1,
                [
                    "Scores answered while intoxicated or in withdrawal were left out, as asked: 0.",
                    "Scores answered with somebody's help were left out, as asked: 4.",
                    "Scores answered less than 2 weeks after the last use were left out, as asked: 4.",
                    "Some scores are left out for more than one of these reasons. In all: 4.",
                ],
            ),
        ],
    )
    def test_it_says_how_many_and_why(
        self, folder: Path, tmp_path: Path, options: tuple[object, ...], recovered: int, said: list[str]
    ) -> None:
        told = evaluate(folder, tmp_path / "out", *options).stdout.splitlines()
        assert measures(tmp_path / "out")["recovery", "total", ""]["numerator"] == str(recovered)
        assert [line for line in told if "left out" in line] == said
        report = (tmp_path / "out" / "report.html").read_text("utf-8")
        assert report.count("as asked:") == sum("as asked:" in line for line in said)

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("--without-use-within", 0, "Give whole weeks from 1 to 5200."),
            ("--only-language", "e1", "Give the language as a code, such as cy or bfi."),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(
        self, folder: Path, tmp_path: Path, option: str, value: object, said: str
    ) -> None:
        result = run("evaluate", "--tables", folder, "--out", tmp_path / "out", option, value)
        assert (result.exit_code, said in result.output, option in result.output) == (2, True, True)
        assert not (tmp_path / "out").exists()
