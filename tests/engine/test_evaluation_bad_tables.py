"""What a stranger may get wrong in the tables: each mistake is named with its table and column, nothing is written."""

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.evaluation.tables import Tables as Read
from alongside.evaluation.tables.text import read_csv
from tests.unit.evaluation.evaluating import QUIET, Tables, evaluate, measures, run

pytestmark = [
    pytest.mark.filterwarnings(QUIET),
    pytest.mark.xdist_group("evaluation tables"),  # evaluated by one worker only
]


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
    ("scores", "date"): (
        "9999-12-31",
        ["“9999-12-31” in row 1 is not a date from 1900 to 2199", "leave the cell empty"],
    ),
    ("contacts", "kind"): ("chat", ["“chat” in row 1 is not one of assessment, treatment,"]),
    ("contacts", "attendance"): ("maybe", ["“maybe” in row 1 is not one of attended, late_seen,"]),
    ("contacts", "planned"): ("perhaps", ["“perhaps” in row 1 is not true or false"]),
    ("scores", "score"): ("014", ["“014” in row 1 is not a number", "without a plus or leading zeros"]),
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


PERSONS = b"person_id,sex,ethnicity,deprivation_decile"
# What a file holds, under which name, and what must be said of it.
FILES = {
    "text called Parquet": (
        "scores.parquet",
        b"instrument,score\nphq9,14\n",
        "scores: scores.parquet is not Parquet: it holds text. Rename it to scores.csv if it is CSV",
    ),
    "something called Parquet": (
        "scores.parquet",
        b"\x00\x01\x02",
        "scores: scores.parquet is not Parquet. Rename it to scores.csv if it is CSV, or write it again.",
    ),
    "nothing called Parquet": ("contacts.parquet", b"", "contacts: contacts.parquet is empty. Write it again"),
    "Parquet cut short": ("contacts.parquet", b"PAR1 and then", "contacts: contacts.parquet begins as Parquet but"),
    "Parquet called CSV": (
        "scores.csv",
        b"PAR1 and then",
        "scores: scores.csv is Parquet. Rename it to scores.parquet.",
    ),
    "a spreadsheet called CSV": (
        "scores.csv",
        b"PK\x03\x04\0\0",
        "scores: scores.csv is a spreadsheet or another packed",
    ),
    "nothing called CSV": ("events.csv", b"", "events: events.csv is empty."),
    "blank lines": ("events.csv", b"\n\n", "events: events.csv is empty."),
    "another encoding": (
        "status.csv",
        b"person_id,date\n\xff\xfe,2025-01-01\n",
        "status: status.csv is not in UTF-8. Save it again as CSV in UTF-8.",
    ),
    "UTF-16": ("status.csv", "person_id,date\n".encode("utf-16"), "status: status.csv is not in UTF-8."),
    "a short row": (
        "journeys.csv",
        b"journey_id,arm\nj1,a\nj2\n",
        "journeys: journeys.csv is not sound CSV: line 3 has 1 cells and the header 2. Mend that line.",
    ),
    "a quotation mark that swallows the rest": (
        "persons.csv",
        PERSONS + b'\np-e1,f,,1\np2,f,,"2\np3,m,,3\n',
        "persons: persons.csv is not sound CSV: look for a quotation mark that is not closed.",
    ),
    "the same column twice": (
        "persons.csv",
        PERSONS + b",sex\np-e1,f,,1,m\n",
        "persons.sex: persons.csv has 2 columns of this name: “sex” and “sex”. Keep one of them, or rename the others.",
    ),
    "the same column but for capitals": (
        "persons.csv",
        PERSONS + b",Sex \np-e1,f,,1,m\n",
        "persons.sex: persons.csv has 2 columns of this name: “sex” and “Sex ”.",
    ),
    "a column in capitals": (
        "persons.csv",
        PERSONS + b",LANGUAGE\np-e1,f,,1,en\n",
        "persons.language: persons.csv spells this column “LANGUAGE”. Rename it to language.",
    ),
    "none of our columns": ("persons.csv", b"id,when\n1,2\n", "persons.person_id: The column person_id is missing"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_not_what_its_name_says(case: str, tmp_path: Path) -> None:
    name, content, said = FILES[case]
    folder = good().write(tmp_path / "in")
    (folder / name).with_suffix(".csv").unlink(missing_ok=True)
    (folder / name).write_bytes(content)
    assert said in refused(folder, tmp_path / "out")


def test_the_same_column_twice_in_parquet(tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    (folder / "persons.csv").unlink()
    twice = pa.table([["p-e1"], ["f"], ["m"]], names=["person_id", "sex", "SEX"])
    pq.write_table(twice, folder / "persons.parquet")
    said = "persons.sex: persons.parquet has 2 columns of this name: “sex” and “SEX”."
    assert said in refused(folder, tmp_path / "out")


def test_columns_that_are_nobodys_business_may_share_a_name(tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    (folder / "persons.csv").write_bytes(PERSONS + b",note,Note,note,\np-e1,f,,1,a,b,c,d\n")
    assert Read.from_directory(folder)["persons"].to_pyarrow()["sex"].to_pylist() == ["f"]


# How other programs write the same file.
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["plainly", "byte order mark", "crlf", "semicolons", "tabs", "blank lines", "no last line end"],
)
def test_csv_as_other_programs_write_it(change: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "persons.csv"
    for rows, found in (("p-e1,f,,1\n", ["f"]), ("", [])):
        file.write_bytes(change(PERSONS.decode() + "\n" + rows).encode())
        assert read_csv("persons", file)["sex"].to_pylist() == found


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
    said = "contacts.date: “20250120” in row 1 is not a date from 1900 to 2199 (and 1 more like it)"
    assert said in refused(folder, tmp_path / "out")


def in_two(folder: Path, change: Callable[[pa.Table], pa.Table]) -> Path:
    """The scores as a folder of two files, the second of them changed."""
    (folder / "scores.csv").unlink()
    (folder / "scores").mkdir()
    whole = good().arrow()["scores"]
    pq.write_table(whole.slice(0, 2), folder / "scores" / "a.parquet")
    pq.write_table(change(whole.slice(2, 2)), folder / "scores" / "b.parquet")
    return folder


def with_dates(rows: pa.Table, dates: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index("date"), "date", dates)


# What is wrong with the second file of a folder, and what must be said of it.
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda rows: rows.drop_columns(["score"]),
            "scores.score: b.parquet has no column score, and a.parquet has one.",
        ),
        (
            lambda rows: with_dates(rows, pa.array([20250616, 20250616])),
            "scores.date: a.parquet holds string and b.parquet holds int64. Write the same kind in every file.",
        ),
        (
            lambda rows: with_dates(rows, pa.array(["2025-06-16", "soon"])),
            "scores.date: “soon” in row 4 is not a date",  # counted through the files
        ),
    ],
)
def test_one_file_of_a_folder_unlike_the_others(
    change: Callable[[pa.Table], pa.Table], said: str, tmp_path: Path
) -> None:
    assert said in refused(in_two(good().write(tmp_path / "in"), change), tmp_path / "out")


def test_a_date_that_means_never_in_parquet(tmp_path: Path) -> None:
    folder = good().write(tmp_path / "in")
    arrow = good().arrow()["episodes"]
    never = pa.array([date(9999, 12, 31)])
    (folder / "episodes.csv").unlink()
    pq.write_table(
        arrow.set_column(arrow.column_names.index("discharged"), "discharged", never), folder / "episodes.parquet"
    )
    said = refused(folder, tmp_path / "out")
    assert "episodes.discharged: “9999-12-31” in row 1 is not a date from 1900 to 2199" in said


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


def test_a_misspelt_questionnaire_is_taken_or_named(tmp_path: Path) -> None:
    tables = Tables()
    tables.course("e1", **{"PHQ-9": (14, 8), "GAD 7": (9, 7)})
    tables.rows["scores"][0]["instrument"] = "phq9 "
    for day, name in (("2025-03-03", "PHQ"), ("2025-03-04", "PHQ"), ("2025-03-05", "life satisfaction")):
        tables.score("e1", name, day, 5)
    result = evaluate(tables.write(tmp_path / "in"), tmp_path / "out")
    assert measures(tmp_path / "out")["recovery", "total", ""]["numerator"] == "1"
    said = (
        "scores.csv says “PHQ” in 2 rows. The nearest we know: phq9, phq2, phq15.",
        "scores.csv says “life satisfaction” in 1 row. We know: ace, aor, assist_lite,",
    )
    page = html.unescape((tmp_path / "out" / "report.html").read_text("utf-8"))
    for line in said:
        assert line in result.stderr
        assert line in page
    assert "scores.instrument: 3 rows. A questionnaire we do not know" in result.stderr
