"""The verifier is a program by itself: what it imports, what it says of the tail, and what it cannot read."""

import ast
import json
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.ledger.made import ANOTHER, LEDGER, OFFICER, VERIFIER, ledger

SEED = 20260302


@pytest.fixture
def whole():
    return ledger(120, random.Random(SEED))


@pytest.fixture
def run(tmp_path):
    """Runs it as somebody else would: alone, with nothing of ours on its path."""

    def ran(export, kept, *, ledger=LEDGER, witness=OFFICER):
        words = [export.write(tmp_path / "export"), "--kept", kept, "--ledger", ledger.public()]
        command = [sys.executable, "-I", VERIFIER, *words, "--witness", witness.public()]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603
        return done.returncode, done.stdout + done.stderr

    return ran


def imported(source):
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module for node in nodes if isinstance(node, ast.ImportFrom)}


def foreign(source):
    """What it imports beside the standard library and `cryptography`."""
    packages = {name.partition(".")[0] for name in imported(source)}
    return packages - sys.stdlib_module_names - {"cryptography"}


def test_it_imports_nothing_of_ours():
    source = VERIFIER.read_text("utf-8")
    assert foreign(source) == set()
    assert "__import__" not in source
    assert "importlib" not in source
    assert [one.name for one in VERIFIER.parent.glob("*.py")] == [VERIFIER.name]


def test_an_import_of_ours_is_found():
    assert foreign("from alongside.audit import rules\nimport json, numpy.linalg") == {"alongside", "numpy"}


def test_it_says_how_far_the_witness_is_and_how_long_the_rest(whole, run, tmp_path):
    code, said = run(whole, whole.write_kept(tmp_path / "kept"))
    rest = len(whole.lines) - whole.witnessed
    assert code == 0, said
    assert f"Sound: 120 entries under {len(whole.notes)} checkpoints." in said
    assert f"the first {whole.witnessed} entries" in said
    assert f"Not witnessed: the last {rest} entries, over {rest - 1} s." in said  # one entry a second


def test_a_witness_who_is_late_is_said(run, tmp_path):
    whole = replace(ledger(200, random.Random(SEED), every=20), kept=2)
    code, said = run(whole, whole.write_kept(tmp_path / "kept"))
    assert (code, "over 139 s. That is more than 60 s: the witness is late." in said) == (0, True), said


def test_with_the_checkpoint_alone_it_names_where_it_begins(whole, run, tmp_path):
    """Without the witness's leaf hashes the position is that of the last checkpoint that fits."""
    kept = whole.write_kept(tmp_path / "kept")
    alone = tmp_path / "checkpoint.txt"
    alone.write_text(json.loads((kept / "kept.json").read_text())["checkpoint"], "utf-8")
    assert run(whole, alone)[0] == 0
    place = whole.witnessed - 1
    code, said = run(replace(whole, lines=[*whole.lines[:place], b"{}", *whole.lines[place + 1 :]]), alone)
    before = max((one.head.size for one in whole.notes if one.head.size <= place), default=0)
    assert (code, f"NOT SOUND at position {before}:" in said) == (1, True), said


def test_the_checkpoint_that_the_witness_kept_must_be_there(whole, run, tmp_path):
    """Even where all that is left is sound: the last checkpoints were taken away."""
    kept = replace(whole, kept=len(whole.notes) - 1)
    code, said = run(replace(whole, notes=whole.notes[:-1]), kept.write_kept(tmp_path / "kept"))
    assert (code, f"NOT SOUND at position {kept.witnessed - 1}:" in said) == (1, True), said


def test_an_earlier_key_of_the_ledger_is_given_beside_the_new_one(whole, tmp_path):
    kept = whole.write_kept(tmp_path / "kept")
    words = [whole.write(tmp_path / "export"), "--kept", kept, "--witness", OFFICER.public()]
    command = [sys.executable, "-I", VERIFIER, *words, "--ledger", ANOTHER.public(), "--ledger", LEDGER.public()]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("wrong", [{"ledger": ANOTHER}, {"ledger": OFFICER}, {"witness": LEDGER}])
def test_a_wrong_key_verifies_nothing(whole, run, tmp_path, wrong):
    code, said = run(whole, whole.write_kept(tmp_path / "kept"), **wrong)
    assert (code, "Cannot verify" in said) == (2, True), said


@pytest.mark.parametrize("name", ["kept.json", "leaves.bin"])
def test_a_kept_folder_that_is_spoilt_verifies_nothing(whole, run, tmp_path, name):
    kept = whole.write_kept(tmp_path / "kept")
    (kept / name).write_bytes(b"{}" * 32)
    code, said = run(whole, kept)
    assert (code, "Cannot verify" in said) == (2, True), said


def test_no_export_is_no_traceback(whole, tmp_path):
    words = [tmp_path / "nowhere", "--kept", whole.write_kept(tmp_path / "kept"), "--ledger", LEDGER.public()]
    command = [sys.executable, "-I", VERIFIER, *words, "--witness", OFFICER.public()]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, "Cannot verify" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
