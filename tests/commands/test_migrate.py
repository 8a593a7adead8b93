"""A database from nothing, and one that cannot be reached: as somebody at a terminal meets it."""

import subprocess
import sys
from pathlib import Path

ALONGSIDE = [sys.executable, "-c", "from alongside.cli.main import main; main()"]


def run(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {"ALONGSIDE_SECRET_KEY": "only-for-tests", "ALONGSIDE_HOME": str(home), "PATH": ""} | settings
    return subprocess.run([*ALONGSIDE, *words], env=env, capture_output=True, text=True, check=False)  # noqa: S603


def test_migrating_makes_the_folder_the_database_and_an_empty_list(tmp_path: Path):
    home = tmp_path / "not" / "yet"
    before = run(home, "partnership", "list")
    assert (before.returncode, "“alongside migrate” makes it" in before.stderr) == (3, True), before.stderr
    assert run(home, "migrate").returncode == 0
    assert run(home, "migrate").stdout == "The database is up to date.\n"
    after = run(home, "partnership", "list")
    assert (after.returncode, "No partnership yet" in after.stdout) == (0, True), after.stderr


def test_a_database_that_cannot_be_reached_is_one_sentence(tmp_path: Path):
    done = run(tmp_path, "migrate", ALONGSIDE_DATABASE="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 3
    assert "The database cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
