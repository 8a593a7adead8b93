"""A folder of definitions: each file called by its key, each key once, and text that can be read."""

import sys

import pytest

from alongside.definitions.loader import load_all, load_one
from alongside.definitions.provenance import Definition
from alongside.kernel.errors import Invalid

ONE = """\
key = "one"
name = "One"
version = "1"
author = "The Alongside authors"
checker = "none"
licence = "Apache-2.0"
source = "made for this test"
verified = false
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A package to put files in; its name is `made`."""
    made = tmp_path / "made_definitions"
    made.mkdir()
    (made / "__init__.py").touch()
    (made / "one.toml").write_text(ONE)
    monkeypatch.syspath_prepend(tmp_path)
    yield made
    sys.modules.pop(made.name, None)


def test_what_has_no_fault_is_read(folder):
    assert [one.key for one in load_all(folder.name, Definition)] == ["one"]


@pytest.mark.parametrize("name", ["one_more.toml", "another.toml"])
def test_two_files_with_one_key_are_refused_naming_both(folder, name):
    (folder / name).write_text(ONE)
    files = sorted(["one.toml", name])
    with pytest.raises(Invalid) as caught:
        load_all(folder.name, Definition)
    said = f"key: {files[0]} has the key one too. Give each file a key of its own."
    assert (caught.value.field, caught.value.message) == (files[1], said)


def test_a_file_is_called_by_its_key(folder):
    (folder / "one.toml").rename(folder / "two.toml")
    with pytest.raises(Invalid, match=r"^two\.toml: key: It is one: call the file one\.toml, or put the key right\.$"):
        load_all(folder.name, Definition)


@pytest.mark.parametrize(
    "load", [lambda made: load_all(made, Definition), lambda made: load_one(made, "one.toml", Definition)]
)
def test_a_file_in_another_encoding_is_named(folder, load):
    (folder / "one.toml").write_bytes(ONE.replace("One", "Caf\u00e9").encode("latin-1"))
    with pytest.raises(Invalid, match=r"^one\.toml: This is not a text file in UTF-8\. Save it as one\.$"):
        load(folder.name)
