"""`alongside check` reads every file of definitions there is, and says where one has a fault."""

from importlib import resources

import pytest

from alongside.definitions import every
from alongside.kernel.errors import Invalid

FOLDERS = sorted(
    folder.name
    for folder in resources.files("alongside.definitions").iterdir()
    if folder.is_dir() and any(file.name.endswith(".toml") for file in folder.iterdir())
)

OF_ACCESS = {"policy", "ages", "retention", "emergencies"}  # one folder, which several read


def test_every_folder_of_definitions_is_read():
    read = {load.__module__.rpartition(".")[2] for load in every.SHIPPED}
    assert read == (set(FOLDERS) - {"access"}) | OF_ACCESS


def test_what_is_shipped_has_no_fault():
    assert list(every.faults()) == []


@pytest.mark.parametrize("at", range(len(every.SHIPPED)), ids=lambda at: every.SHIPPED[at].__name__)
def test_a_fault_of_any_is_told(at, monkeypatch):
    def broken():
        raise Invalid("planted.toml", "kinds.0.category (line 14): it is wrong")

    monkeypatch.setattr(every, "SHIPPED", (*every.SHIPPED[:at], broken, *every.SHIPPED[at + 1 :]))
    assert list(every.faults()) == ["planted.toml: kinds.0.category (line 14): it is wrong"]


def test_the_installations_own_words_are_read_too(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_TEXT_PACKS", str(tmp_path))
    assert list(every.faults()) == []
    (tmp_path / "phq9.toml").write_text("instrument = 9\n")
    [fault] = every.faults()
    assert fault.startswith("phq9.toml: ")
    assert "instrument (line 1)" in fault


def test_a_file_in_another_encoding_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_TEXT_PACKS", str(tmp_path))
    monkeypatch.setenv("ALONGSIDE_VALUE_SETS", str(tmp_path / "sets"))
    (tmp_path / "sets").mkdir()
    for file in (tmp_path / "words.toml", tmp_path / "sets" / "worth.toml"):
        file.write_bytes('name = "Café"\n'.encode("latin-1"))
    said = "This is not a text file in UTF-8. Save it as one."
    assert list(every.faults()) == [f"words.toml: {said}", f"worth.toml: {said}"]


def test_the_installations_own_value_sets_are_read_too(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_VALUE_SETS", str(tmp_path))
    assert list(every.faults()) == []
    (tmp_path / "nowhere.toml").write_text('instrument = "eq5d5l"\nyear = "late"\n')
    [fault] = every.faults()
    assert "year (line 2)" in fault
