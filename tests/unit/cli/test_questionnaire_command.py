"""`alongside questionnaire`: what is printed and written, and what is said where that cannot be."""

import json

import pytest
from click.testing import CliRunner

from alongside.cli.main import main
from alongside.definitions import texts
from alongside.definitions.instruments import instrument, instruments
from alongside.measures.questionnaires import questionnaire


def run(*arguments):
    return CliRunner().invoke(main, ["questionnaire", *map(str, arguments)])


@pytest.fixture(autouse=True)
def only_our_packs(monkeypatch):
    monkeypatch.delenv("ALONGSIDE_TEXT_PACKS", raising=False)
    yield
    texts._own.clear()


@pytest.mark.parametrize("key", ["phq9", "PHQ-9"])
def test_it_is_printed_in_the_words_that_we_hold(key):
    shown = run(key)
    assert shown.exit_code == 0
    assert json.loads(shown.output) == questionnaire(instrument("phq9"), texts.pack("phq9"))


def test_it_is_written_where_it_was_asked_for(tmp_path):
    done = run("wsas", "--out", tmp_path / "wsas.json")
    assert (done.exit_code, done.output) == (0, "")
    assert json.loads((tmp_path / "wsas.json").read_text("utf-8")) == questionnaire(instrument("wsas"))
    assert [file.name for file in tmp_path.iterdir()] == ["wsas.json"]


def test_every_one_is_written_into_a_directory(tmp_path):
    done = run("--all", tmp_path)
    assert done.output == f"{len(instruments())} questionnaires written to {tmp_path}.\n"
    assert {file.name for file in tmp_path.iterdir()} == {f"{known.key}.json" for known in instruments()}
    assert json.loads((tmp_path / "biq.json").read_text("utf-8"))["item"][0]["linkId"] == "total"


@pytest.mark.parametrize(("place", "language"), [("uk", "en-GB"), ("us", "en-US")])
def test_words_are_those_of_a_place(place, language):
    assert json.loads(run("audit_c", "--language", language, "--jurisdiction", place).output)["language"] == language


def test_words_of_a_services_own_are_used(tmp_path, monkeypatch):
    known = texts.pack("gad7").model_dump(exclude_none=True)
    (tmp_path / "own.toml").write_text(_as_toml(known | {"title": "Our own title"}))
    monkeypatch.setenv("ALONGSIDE_TEXT_PACKS", str(tmp_path))
    assert json.loads(run("gad7").output)["title"] == "Our own title"


def _as_toml(pack):
    """JSON strings, numbers and truths are TOML's too; a table in a list is written out."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in pack.items() if not isinstance(value, tuple)]
    lines += [
        f"answers = [{', '.join(map(_inline, pack['answers']))}]",
        f"items = [{', '.join(map(_inline, pack['items']))}]",
    ]
    return "\n".join(lines)


def _inline(table):
    return "{ " + ", ".join(f"{key} = {json.dumps(value)}" for key, value in table.items() if value != ()) + " }"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "instrument: Name one instrument, or give --all and a directory."),
        (["phq9", "--all", "{folder}"], "instrument: Name one instrument, or give --all and a directory."),
        (["phq99"], "instrument: We do not know “phq99”. Known: ace,"),
        (["phq9", "--out", "{folder}/no/phq9.json"], "--out: There is no directory {folder}/no. Make it first."),
        (["phq9", "--out", "{folder}"], "{folder}: It cannot be written: Is a directory."),
        (["--all", "{folder}/no"], "--all: There is no directory {folder}/no. Make it first."),
        (["--all", "{folder}", "--out", "x"], "--out: With --all every file is named after its instrument."),
    ],
)
def test_bad_arguments_say_what_to_do(tmp_path, arguments, message):
    done = run(*[argument.format(folder=tmp_path) for argument in arguments])
    assert done.exit_code == 2
    assert done.stderr.startswith(message.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_survives_a_later_failure(tmp_path):
    (tmp_path / "phq9.json").write_text("earlier")
    assert run("phq99", "--out", tmp_path / "phq9.json").exit_code == 2
    assert (tmp_path / "phq9.json").read_text() == "earlier"


def test_help_names_the_instruments_and_shows_an_example():
    shown = run("--help").output
    assert "Instruments: ace, aor, assist_lite," in shown
    assert "alongside questionnaire phq9 --out phq9.json" in shown
