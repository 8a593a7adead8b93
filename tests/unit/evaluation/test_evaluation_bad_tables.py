"""What a stranger may get wrong in the tables: each mistake is named with its table and column, nothing is written."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.evaluation.evaluating import QUIET, Tables, run

pytestmark = pytest.mark.filterwarnings(QUIET)


def good() -> Tables:
    tables = Tables()
    tables.course("e1", phq9=(14, 8), gad7=(9, 7))
    tables.add("substance_use", person_id="p-e1", date="2025-01-20", substance="alcohol", days_used_of_28=20)
    return tables


# What a cell says wrongly; what the message must say about it. All of them are in the same tables at once.
CELLS = {
    ("episodes", "discharged"): ("30/06/2025", ["“30/06/2025” in row 1 is not a date", "YYYY-MM-DD"]),
    ("episodes", "referral_received"): ("", ["Row 1 is empty"]),
    ("episodes", "service_kind"): ("iapt", ["“iapt” in row 1 is not one of talking_therapies, substance_use, other"]),
    ("episodes", "accepted"): ("soon", ["“soon” in row 1 is not true, false or a date"]),
    ("contacts", "date"): ("2025-02-30", ["“2025-02-30” in row 1 is not a date"]),
    ("contacts", "kind"): ("chat", ["“chat” in row 1 is not one of assessment, treatment,"]),
    ("contacts", "attendance"): ("maybe", ["“maybe” in row 1 is not one of attended, late_seen,"]),
    ("contacts", "planned"): ("perhaps", ["“perhaps” in row 1 is not true or false"]),
    ("scores", "score"): ("fourteen", ["“fourteen” in row 1 is not a number"]),
    ("substance_use", "days_used_of_28"): (29, ["“29” in row 1 is not a whole number from 0 to 28"]),
    ("substance_use", "amount"): ("lots", ["“lots” in row 1 is not a number"]),
    ("persons", "deprivation_decile"): ("2.5", ["“2.5” in row 1 is not a whole number from 1 to 10"]),
}


@pytest.fixture(scope="module")
def said_of_cells(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    tables = good()
    for (table, column), (value, _said) in CELLS.items():
        tables.rows[table][0][column] = value
    folder = tmp_path_factory.mktemp("cells")
    return by_field(refused(tables.write(folder / "in"), folder / "out"))


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_wrong_cell_is_named(table: str, column: str, said_of_cells: dict[str, str]) -> None:
    _value, said = CELLS[table, column]
    assert [words for words in said if words not in said_of_cells[f"{table}.{column}"]] == []


# Which id is wrong, and what the message must say about it. Again all at once.
KEYS = {
    "persons.person_id": "“p-e1” names more than one row",
    "episodes.episode_id": "“e1” names more than one row",
    "contacts.contact_id": "“c0” names more than one row",
    "episodes.person_id": "“p9” is not in persons",
    "contacts.episode_id": "“e9” is not in episodes",
    "scores.episode_id": "“e8” is not in episodes",
    "scores.contact_id": "“c9” is not in contacts (and 1 more like it)",
    "substance_use.person_id": "“p8” is not in persons",
}


@pytest.fixture(scope="module")
def said_of_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    tables = good()
    for table in ("persons", "episodes", "contacts"):
        tables.rows[table].append(dict(tables.rows[table][0]))
    tables.rows["episodes"][1]["person_id"] = "p9"
    tables.rows["contacts"][1]["episode_id"] = "e9"
    tables.rows["scores"][0]["episode_id"] = "e8"
    for row in tables.rows["scores"][:2]:
        row["contact_id"] = "c9"
    tables.rows["substance_use"][0]["person_id"] = "p8"
    folder = tmp_path_factory.mktemp("keys")
    return by_field(refused(tables.write(folder / "in"), folder / "out"))


@pytest.mark.parametrize("field", KEYS)
def test_a_wrong_id_is_named(field: str, said_of_keys: dict[str, str]) -> None:
    assert KEYS[field] in said_of_keys[field]


def by_field(output: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in output.splitlines() if ": " in line)
    return {field: said for field, _colon, said in lines}


def refused(folder: Path, out: Path) -> str:
    out.mkdir(exist_ok=True)
    (out / "measures.csv").write_text("from the last run")
    result = run("evaluate", "--tables", folder, "--out", out)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert {file.name: file.read_text() for file in out.iterdir()} == {"measures.csv": "from the last run"}
    return result.output


@pytest.mark.parametrize(
    ("table", "column"),
    [("episodes", "referral_received"), ("contacts", "attendance"), ("scores", "score"), ("persons", "sex")],
)
def test_a_missing_column_is_named(table: str, column: str, tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    lines = [line.split(",") for line in (folder / f"{table}.csv").read_text().splitlines()]
    place = lines[0].index(column)
    (folder / f"{table}.csv").write_text("\n".join(",".join(line[:place] + line[place + 1 :]) for line in lines))
    assert f"{table}.{column}: The column {column} is missing" in refused(folder, tmp_path / "out")


@pytest.mark.parametrize("table", ["persons", "episodes", "contacts", "scores"])
def test_a_missing_table_is_named(table: str, tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    (folder / f"{table}.csv").unlink()
    assert f"{table}: The table is missing" in refused(folder, tmp_path / "out")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "--tables: There is no directory" in refused(tmp_path / "nowhere", tmp_path / "out")


def test_an_empty_folder_says_what_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert "episodes.parquet" in refused(tmp_path / "in", tmp_path / "out")


FILES = {
    "scores.parquet": (b"instrument,score\nphq9,14\n", "scores: scores.parquet is not a Parquet file"),
    "contacts.parquet": (b"", "contacts: contacts.parquet is not a Parquet file"),
    "events.csv": (b"", "events: events.csv is not a CSV file"),
    "status.csv": (b"person_id,date\n\xff\xfe,2025-01-01\n", "status: status.csv is not a CSV file"),
    "journeys.csv": (b"journey_id,arm\nj1\n", "journeys: journeys.csv is not a CSV file"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_what_its_name_says(name: str, tmp_path: Path) -> None:
    content, said = FILES[name]
    folder = good().write(tmp_path / "in")
    (folder / name).with_suffix(".csv").unlink(missing_ok=True)
    (folder / name).write_bytes(content)
    assert said in refused(folder, tmp_path / "out")


def test_a_table_given_twice(tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    pq.write_table(pa.table({"person_id": ["p1"]}), folder / "persons.parquet")
    assert "persons: There are two" in refused(folder, tmp_path / "out")


def test_a_date_column_of_numbers_in_parquet(tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    arrow = good().arrow()["contacts"]
    wrong = arrow.set_column(arrow.column_names.index("date"), "date", pa.array([20250120, 20250616]))
    (folder / "contacts.csv").unlink()
    pq.write_table(wrong, folder / "contacts.parquet")
    assert "contacts.date: “20250120” in row 1 is not a date (and 1 more like it)" in refused(folder, tmp_path / "out")


def test_tables_must_be_named(tmp_path: Path) -> None:
    result = run("evaluate", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "--tables: Name the folder" in result.output


NINE = ("--as", "evaluator@northside.example")


# What only the record can answer, asked of tables; and what nobody can answer, asked of the record.
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tables", "in", "--arm", "one_to_one"), "--arm: This goes with --as alone"),
        (("--tables", "in", "--from", "2026-01-01"), "--from: This goes with --as alone"),
        (("--tables", "in", "--home", "demo"), "--home: This goes with --as alone"),
        (("--tables", "in", *NINE), "--as: Tables are read as they are"),
        ((*NINE, "--arm", "one to one"), "--arm: We do not know “one to one”. Known: one_to_one,"),
        ((*NINE, "--from", "2026-02-01", "--until", "2026-01-01"), "--until: This day is before --from"),
        ((*NINE, "--home", "nowhere"), "--home: There is no demonstration in nowhere. Make one with: alongside demo"),
        ((*NINE, "--home", "."), "--home: There is no demonstration in ."),
    ],
)
def test_options_that_do_not_go_together(
    options: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("evaluate", *options, "--out", "out")
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--audience", "publication"], "--approved-by"),
        (["--audience", "publication", "--approved-by", "A. Name"], "--decision"),
        (["--audience", "public", "--approved-by", "A. Name"], "--approved-by"),
    ],
)
def test_a_publication_needs_its_decision(options: list[str], said: str, tmp_path: Path) -> None:
    result = run("evaluate", "--tables", good().write(tmp_path / "in"), "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out").exists()


def test_an_out_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    result = run("evaluate", "--tables", good().write(tmp_path / "in"), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "--out: We cannot write" in result.output
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_damaged_in_the_middle(tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    (folder / "scores.csv").unlink()
    whole = pa.concat_tables([good().arrow()["scores"]] * 200)
    pq.write_table(whole, folder / "scores.parquet", use_dictionary=False, compression="gzip")
    content = bytearray((folder / "scores.parquet").read_bytes())
    content[100:600] = b"\xff" * 500
    (folder / "scores.parquet").write_bytes(content)
    assert "--tables: A file cannot be read to its end" in refused(folder, tmp_path / "out")
