"""`alongside score` on files good and bad: what is written, what is said, and that nothing is half written."""

import json
import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from alongside.cli import fhir_files
from alongside.cli import score as command
from alongside.cli.main import main
from alongside.definitions import value_sets
from alongside.definitions.instruments import instrument
from tests import tariffs

# The table engine's adapter still calls the driver by a name that the driver is retiring.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

CSV = 'id,item1,item2,item3,note\n007,1,2,3,"a, b"\n008,4,,2,\n009,5,1,1,x\n'
SCORED = (
    "id,item1,item2,item3,note,score,band,flags,status\n"
    '007,1,2,3,"a, b",6,screen_positive,,scored\n'
    "008,4,,2,,,,,item2: not answered\n"
    '009,5,1,1,x,,,,"item1: 5 is not one of 0, 1, 2, 3, 4"\n'
)


def run(file: Path, out: Path, key: str = "audit_c", *more: str):
    return CliRunner().invoke(main, ["score", key, str(file), "--out", str(out), *more])


def written(folder: Path, content: str | bytes, name: str = "answers.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_csv_to_csv_keeps_every_other_column_as_it_was(tmp_path):
    result = run(written(tmp_path, CSV), tmp_path / "out.csv")
    assert result.exit_code == 0
    assert "1 row scored, 2 not scored" in result.output
    assert (tmp_path / "out.csv").read_text() == SCORED


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t], ids=["crlf", "bom"])
def test_csv_as_other_programs_write_it(tmp_path, change):
    result = run(written(tmp_path, change(CSV)), tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out.csv").read_text() == SCORED


PROFILES = "item1,item2,item3,item4,item5,vas\n2,1,3,2,1,70\n1,1,1,1,,70\n"


@pytest.mark.parametrize(
    ("place", "said", "index"),
    [("uk", "The index is by Nowhere 2020, which nobody has checked yet.", "0.893000"), ("us", "no value set", "")],
)
def test_a_profile_has_its_index_where_there_is_a_value_set(tmp_path, monkeypatch, place, said, index):
    monkeypatch.setenv(value_sets.SETTING, str(tariffs.written(tmp_path, tariffs.additive())))
    result = run(written(tmp_path, PROFILES), tmp_path / "out.csv", "EQ-5D-5L", "--jurisdiction", place)
    value_sets.use_sets_from(None)
    assert said in result.output
    header, first, second = (tmp_path / "out.csv").read_text().splitlines()
    assert header.endswith("vas,band,index,health_today,flags,status")
    assert first.startswith(f"2,1,3,2,1,70,21321,{index}")
    assert second == "1,1,1,1,,70,,,,,item5: not answered"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_with_another_delimiter(tmp_path, delimiter):
    content = "id,item1,item2,item3\n007,1,2,3\n".replace(",", delimiter)
    assert run(written(tmp_path, content), tmp_path / "out.csv").exit_code == 0
    assert (tmp_path / "out.csv").read_text().endswith("007,1,2,3,6,screen_positive,,scored\n")


@pytest.mark.parametrize("key", ["AUDIT-C", "audit c"])
def test_an_instrument_may_be_written_as_people_spell_it(tmp_path, key):
    assert run(written(tmp_path, CSV), tmp_path / "out.csv", key).exit_code == 0
    assert (tmp_path / "out.csv").read_text() == SCORED


def test_parquet_to_parquet_keeps_types(tmp_path):
    file = tmp_path / "answers.parquet"
    columns = {"weight": pa.array([1.5, 2.5]), "item1": pa.array([1, None], pa.int8())}
    pq.write_table(pa.table(columns | {"item2": [2, 2], "item3": [3.0, 3.0]}), file)
    assert run(file, tmp_path / "out.parquet").exit_code == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.field("weight").type == pa.float64()
    assert table["score"].to_pylist() == [6, None]
    assert table["status"].to_pylist() == ["scored", "item1: not answered"]


def test_a_missing_answer_that_a_program_wrote_as_not_a_number(tmp_path):
    # The least and the greatest value that the file notes for item1 are both 1: not the second row's.
    columns = {"item1": [1.0, float("nan")], "item2": [2.0, 2.0], "item3": [3.0, 3.0]}
    pq.write_table(pa.table(columns), tmp_path / "answers.parquet")
    assert run(tmp_path / "answers.parquet", tmp_path / "out.csv").exit_code == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[1:] == [
        "1.0,2.0,3.0,6,screen_positive,,scored",
        "nan,2.0,3.0,,,,item1: not answered",
    ]


def test_what_a_file_is_decides_and_not_its_name(tmp_path):
    pq.write_table(pa.table({"item1": [1], "item2": [2], "item3": [3]}), tmp_path / "answers.csv")
    assert run(tmp_path / "answers.csv", tmp_path / "out.csv").exit_code == 0
    file = written(tmp_path, CSV, "answers.parquet")
    assert run(file, tmp_path / "out.csv").exit_code == 0


@pytest.mark.parametrize("content", ["not parquet", "id,answer\n1,2\n", b"PAR"])
def test_a_file_that_is_called_parquet_and_is_not(tmp_path, content):
    file = written(tmp_path, content, "answers.parquet")
    result = run(file, tmp_path / "out.csv")
    assert result.exit_code == 2
    said = "This is not Parquet. Rename it to answers.csv if it is CSV, or write it again."
    assert result.stderr.strip() == f"{file}: {said}"


def test_a_file_without_rows_scores_nobody(tmp_path):
    result = run(written(tmp_path, "item1,item2,item3\n"), tmp_path / "out.csv")
    assert result.exit_code == 0
    assert "0 rows scored, 0 not scored" in result.output
    assert (tmp_path / "out.csv").read_text() == "item1,item2,item3,score,band,flags,status\n"


def test_long_work_shows_its_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "LONG", 0)
    result = run(written(tmp_path, CSV), tmp_path / "out.csv")
    assert "Scoring" in result.stderr
    assert (tmp_path / "out.csv").read_text() == SCORED


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,item1,item3\n1,1,1\n", "item2: AUDIT-C needs the columns item2: add them."),
        ("item1,item2,item3,item4\n1,1,1,1\n", "item4: AUDIT-C has 3 questions, and there is no item4 among them"),
        ("item1,item2,item3,score\n1,1,1,1\n", "score: There is already a column of this name"),
        (b"PK\x03\x04\0\0\0", "{file}: This is none of Parquet, CSV and NDJSON. Save it as one of them."),
        (b"", "{file}: There is nothing in this file."),
        (b"\n\n", "{file}: There is nothing in this file."),
        (b"\nitem1,item2,item3\n1,1,1\n", "{file}: The first line is blank. Put the names of the columns there."),
        (b"PAR1 and then nothing", "{file}: It cannot be read to its end: "),
        (b"item1,item2,item3,note\n1,1,1,caf\xe9\n", "{file}: Line 2 is not in UTF-8. Save the file in UTF-8."),
        (
            "item1,item2,item3\n1,1,1\n1,1,1,1,1\n",
            "{file}: Line 3 does not have the 3 columns of the header. Mend that line.",
        ),
        ("item1,item2,item3\n1,1,1\n1,1\n", "{file}: Line 3 does not have the 3 columns of the header."),
        ('item1,item2,item3\n1,1,"1\n', "{file}: Line 2 cannot be read: look for a quotation mark"),
        ("item1,item2,item3,item1\n1,1,1,1\n", "{file}: Each column needs a name of its own; look at “item1”."),
        (
            "item1,item2,item3,ITEM1\n1,1,1,1\n",
            "{file}: Each column needs a name of its own; look at “ITEM1” and “item1”.",
        ),
        ("item1,item2,item3,\n1,1,1,1\n", "{file}: Each column needs a name of its own; look at “”."),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_written(tmp_path, content, message):
    file = written(tmp_path, content)
    result = run(file, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith(message.format(file=file))
    assert "Traceback" not in result.output
    assert "Original Line" not in result.output  # a row may hold somebody's answers
    assert [found.name for found in tmp_path.iterdir()] == ["answers.csv"]


@pytest.mark.parametrize(
    ("file", "out", "key", "message"),
    [
        ("answers.csv", "out.csv", "phq99", "instrument: We do not know “phq99”. Known: ace, aor,"),
        ("answers.csv", "out.csv", "biq", "instrument: BIQ is entered by total only"),
        ("nowhere.csv", "out.csv", "audit_c", "{folder}/nowhere.csv: There is no such file. Check the name."),
        ("", "out.csv", "audit_c", "{folder}: This is a directory. Name one file."),
        ("answers.csv", "no/out.csv", "audit_c", "--out: There is no directory {folder}/no. Make it first."),
        ("answers.csv", "out.txt", "audit_c", "--out: End the name in .csv or .parquet."),
        ("answers.csv", "answers.csv", "audit_c", "--out: This is the file to be read. Choose another name."),
        ("answers.csv", "out[1].csv", "audit_c", "{folder}/out[1].csv: Choose a name without *, ? and [."),
    ],
)
def test_bad_arguments_say_what_to_do(tmp_path, file, out, key, message):
    written(tmp_path, CSV)
    result = run(tmp_path / file, tmp_path / out, key)
    assert result.exit_code == 2
    assert result.stderr.startswith(message.format(folder=tmp_path))
    assert [found.name for found in tmp_path.iterdir()] == ["answers.csv"]
    assert (tmp_path / "answers.csv").read_text() == CSV


@pytest.mark.parametrize(("second", "said"), [("item1", "“item1”"), ("Item1", "“Item1” and “item1”")])
def test_a_column_that_is_twice_in_parquet(tmp_path, second, said):
    file = tmp_path / "answers.parquet"
    pq.write_table(pa.table([[1], [2], [3], [4]], names=["item1", "item2", "item3", second]), file)
    result = run(file, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{file}: Each column needs a name of its own; look at {said}.")


def test_an_earlier_result_survives_a_later_failure(tmp_path):
    earlier = written(tmp_path, "the earlier result", "out.csv")
    assert run(written(tmp_path, "item1\n1\n"), earlier).exit_code == 2
    assert earlier.read_text() == "the earlier result"


@pytest.mark.parametrize("name", [".out.csv.part", ".out.csv", "out.csv.part"])
def test_a_file_is_never_lost_for_its_name(tmp_path, name):
    file = written(tmp_path, CSV, name)
    assert run(file, tmp_path / "out.csv").exit_code == 0
    assert file.read_text() == CSV
    assert (tmp_path / "out.csv").read_text() == SCORED
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted([name, "out.csv"])


def test_another_name_of_the_same_file_is_not_written_over(tmp_path):
    file = written(tmp_path, CSV)
    (tmp_path / "other.csv").symlink_to(file)
    result = run(file, tmp_path / "other.csv")
    assert result.stderr.startswith("--out: This is the file to be read.")
    assert file.read_text() == CSV


def test_where_nothing_can_be_written_the_target_is_named(tmp_path):
    result = run(written(tmp_path, CSV), Path("/proc/scored.csv"))
    assert result.exit_code == 2
    assert result.stderr.startswith("--out: It cannot be written: ")


def test_a_target_that_is_a_directory(tmp_path):
    (tmp_path / "out.csv").mkdir()
    result = run(written(tmp_path, CSV), tmp_path / "out.csv")
    assert (result.exit_code, result.stderr) == (2, "--out: It cannot be written: Is a directory.\n")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["answers.csv", "out.csv"]


def test_what_the_engine_cannot_write_is_not_laid_on_the_file_that_is_read(tmp_path, monkeypatch):
    def full(self, table, path, **options):
        raise duckdb.IOException(f'IO Error: Could not write file "{path}": No space left on device')

    monkeypatch.setattr("ibis.backends.duckdb.Backend.to_csv", full)
    result = run(written(tmp_path, CSV), tmp_path / "out.csv")
    assert (result.exit_code, result.stderr) == (2, "--out: It cannot be written: No space left on device.\n")
    assert [found.name for found in tmp_path.iterdir()] == ["answers.csv"]


def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "answers.csv"
    os.mkfifo(pipe)
    result = run(pipe, tmp_path / "out.csv")
    said = "This is not a file, and may never end. Save what comes out of it, and name that."
    assert (result.exit_code, result.stderr) == (2, f"{pipe}: {said}\n")


@pytest.mark.parametrize("content", ['[{"item": 3}]', '\n[\n  {"id": "Ms Reed"}\n]', '["1", "2"]', "[]", "[[1, 2]]"])
def test_a_json_array_is_told_what_to_become_and_nothing_of_it_is_said(tmp_path, content):
    file = written(tmp_path, content)
    result = run(file, tmp_path / "out.csv")
    said = "This is one JSON array. Write it as NDJSON: each QuestionnaireResponse whole on a line of its own."
    assert (result.exit_code, result.stderr) == (2, f"{file}: {said}\n")


def response(name: str, *answers: object, **more: object) -> str:
    items = [
        {"linkId": f"item{number}", "answer": [{"valueCoding": {"code": str(answer)}}]}
        for number, answer in enumerate(answers, 1)
        if answer is not None
    ]
    about = {"id": name, "subject": {"reference": f"Patient/{name}"}, "authored": "2026-03-06"}
    about |= {"status": "completed", "questionnaire": "urn:alongside:questionnaire:audit_c|1"}
    return json.dumps({"resourceType": "QuestionnaireResponse", **(about | {"item": items} | more)})


RESPONSES = "\n".join([response("007", 1, 2, 3), "", response("008", 4, None, 2), response("009", 5, 1, 1)]) + "\n"
RESPONSES_SCORED = (
    "id,subject,authored,item1,item2,item3,score,band,flags,status\n"
    "007,Patient/007,2026-03-06,1,2,3,6,screen_positive,,scored\n"
    "008,Patient/008,2026-03-06,4,,2,,,,item2: not answered\n"
    '009,Patient/009,2026-03-06,5,1,1,,,,"item1: 5 is not one of 0, 1, 2, 3, 4"\n'
)


@pytest.mark.parametrize("name", ["responses.ndjson", "responses.csv"])
@pytest.mark.parametrize("batch", [1, 10_000])
def test_fhir_responses_one_a_line(tmp_path, monkeypatch, name, batch):
    monkeypatch.setattr(fhir_files, "BATCH", batch)
    result = run(written(tmp_path, RESPONSES, name), tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    assert "1 row scored, 2 not scored" in result.output
    assert (tmp_path / "out.csv").read_text() == RESPONSES_SCORED


def test_reading_many_responses_shows_its_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "LONG", 0)
    result = run(written(tmp_path, RESPONSES), tmp_path / "out.csv")
    assert "Reading" in result.stderr
    assert "Scoring" in result.stderr
    assert (tmp_path / "out.csv").read_text() == RESPONSES_SCORED


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"resourceType": "Patient"}', "Line 2: This is not a QuestionnaireResponse."),
        ('{"resourceType": "Quest', "Line 2: It is not one whole JSON object."),
        ("[1, 2]", "Line 2: It is not one whole JSON object."),
        (b'{"id": "caf\xe9"}', "Line 2: It is not in UTF-8."),
        ("[" * 100_000, "Line 2: It is not one whole JSON object."),
        (response("1", 1, 2, 3).replace('"1"', "NaN", 1), "Line 2: It is not one whole JSON object."),
        (response("1", 1, 2, 3, id="\ud800"), "Line 2: It holds half a character. Write the response again."),
        (
            response("1", 1, 2, 3, subject={"reference": "Patient/\udfff"}),
            "Line 2: It holds half a character. Write the response again.",
        ),
        (response("1", 1, 1, 1, 1), "Line 2: AUDIT-C has 3 questions, and there is no item4 among them."),
        (response("1", item={"linkId": "item1"}), "Line 2: The items are not a list of items."),
        (
            response("1", 1, 1, 1, questionnaire="urn:alongside:questionnaire:audit_c|99.9"),
            "Line 2: These are answers to version 99.9 of AUDIT-C. We know version 1.",
        ),
        (
            response("1", 1, 1, 1, questionnaire="urn:alongside:questionnaire:phq9"),
            "Line 2: These are answers to PHQ-9, not to AUDIT-C.",
        ),
        (
            response("1", item=[{"linkId": "item1", "answer": [{}]}]),
            "Line 2: This answer has neither a code nor a number.",
        ),
    ],
)
def test_a_bad_response_is_named_by_its_line_and_nothing_is_written(tmp_path, line, message):
    first = response("1", 1, 2, 3).encode() + b"\n"
    file = written(tmp_path, first + (line.encode() if isinstance(line, str) else line), "responses.ndjson")
    result = run(file, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{file}: {message}")
    assert [found.name for found in tmp_path.iterdir()] == ["responses.ndjson"]


@pytest.mark.parametrize("content", [CSV.replace("item", "audit_c_item"), RESPONSES], ids=["csv", "responses"])
def test_a_prefix_stands_before_what_is_read_and_written(tmp_path, content):
    result = run(written(tmp_path, content), tmp_path / "out.csv", "audit_c", "--prefix", "audit_c_")
    assert result.exit_code == 0, result.output
    assert "2 not scored (the column audit_c_status says why)" in result.output
    header, first, *_others = (tmp_path / "out.csv").read_text().splitlines()
    assert header.endswith("audit_c_score,audit_c_band,audit_c_flags,audit_c_status")
    assert first.endswith("6,screen_positive,,scored")


def test_bands_are_those_of_the_jurisdiction(tmp_path):
    answers = written(tmp_path, ",".join(f"item{n}" for n in range(1, 11)) + "\n2,2,2,2,2,2,2,2,0,0\n")
    for place, band in (("uk", "higher_risk"), ("us", "")):
        assert run(answers, tmp_path / f"{place}.csv", "audit", "--jurisdiction", place).exit_code == 0
        assert (tmp_path / f"{place}.csv").read_text().splitlines()[1].split(",")[11] == band


def test_an_instrument_without_a_total_is_counted_too(tmp_path):
    one = instrument("itq")
    content = ",".join(one.item_columns) + "\n" + ",".join(["3"] * len(one.items)) + "\n"
    result = run(written(tmp_path, content), tmp_path / "out.csv", "itq")
    assert result.exit_code == 0, result.output
    assert "1 row scored, 0 not scored" in result.output


def test_help_names_the_instruments_and_shows_an_example():
    shown = CliRunner().invoke(main, ["score", "--help"]).output
    assert "Instruments: ace, aor, assist_lite," in shown
    assert "alongside score phq9 answers.csv --out scored.csv" in shown
