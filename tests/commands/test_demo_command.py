"""`alongside demo` as somebody runs it: in a process of its own, with a home of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from alongside.access.sealed import columns

pytestmark = pytest.mark.xdist_group("demonstration")  # made by one worker only

COMMAND = [sys.executable, "-c", "from alongside.cli.main import main; main()", "demo", "--people", "26"]
# What must differ between two installations: the salt of a password, and what another key sealed or signed.
SECRET = {
    ("alongside_organisations_user", "password"),
    ("alongside_audit_checkpoint", "note"),
    *((model._meta.db_table, field.column) for model, fields in columns() for field in fields),
}


def run(home, *more):
    return subprocess.run([*COMMAND, "--home", str(home), *more], env=environment(), capture_output=True, text=True)  # noqa: S603


def environment():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    return kept | {"PYTHONWARNINGS": ""}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("demonstration")
    _not_at_the_turn_of_a_quarter()
    done = run(made, "--no-serve")
    assert done.returncode == 0, done.stderr
    return made


def _not_at_the_turn_of_a_quarter():
    """Two runs are the same within a quarter of an hour: begin where there is time for both."""
    while time.time() % 900 > 780:
        time.sleep(1)


def database(home: Path) -> Path:
    (found,) = home.glob("partnership-*.sqlite3")
    return found


def dump(file: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(file) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: _rows(connection, name) for name in sorted(tables) if name.startswith("alongside_")}


def _rows(connection, table):
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    shown = [f'"{column}"' for column in columns if (table, column) not in SECRET]
    return sorted(map(repr, connection.execute(f"SELECT {', '.join(shown)} FROM {table}")))  # noqa: S608 - our tables


def test_two_runs_with_the_same_seed_write_the_same_rows(home, tmp_path):
    again = run(tmp_path / "again", "--no-serve")
    assert again.returncode == 0, again.stderr
    first, second = dump(database(home)), dump(database(tmp_path / "again"))
    assert first.keys() == second.keys()
    for table, rows in first.items():
        assert rows == second[table], table
    assert len(first["alongside_audit_entry"]) > 300


def test_its_ledger_is_signed_to_the_last_entry(home):
    with sqlite3.connect(database(home)) as connection:
        [entries] = connection.execute("SELECT count(*) FROM alongside_audit_entry").fetchone()
        [signed] = connection.execute("SELECT max(size) FROM alongside_audit_checkpoint").fetchone()
    assert entries == signed


def test_a_second_start_on_the_same_day_makes_nothing_again(home):
    before = database(home).stat().st_mtime_ns
    began = time.monotonic()
    done = run(home, "--no-serve")
    assert done.returncode == 0
    assert time.monotonic() - began < 10
    assert database(home).stat().st_mtime_ns == before


def test_the_nine_are_evaluated_from_the_command_line(home, tmp_path):
    alongside = [*COMMAND[:3], "evaluate", "--home", str(home), "--as", "evaluator@northside.example"]
    done = subprocess.run(  # noqa: S603
        [*alongside, "--arm", "one_to_one", "--out", str(tmp_path)],
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Below both cut-offs at the end: 7 of 9, 77.8 % (45.3 to 93.7)." in done.stdout
    # The one who drinks more is one of the seven: the nine's own table would not show it.
    assert "Of those, 5 used on fewer days, 1 on as many and 1 on more; for 0 it is not known." in done.stdout
    assert {"measures.csv", "report.html"} <= {file.name for file in tmp_path.iterdir()}


def test_somebody_who_does_not_sign_in_evaluates_nothing(home, tmp_path):
    alongside = [*COMMAND[:3], "evaluate", "--home", str(home), "--as", "nobody@northside.example"]
    done = subprocess.run(  # noqa: S603
        [*alongside, "--out", str(tmp_path / "out")], env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "--as: Nobody signs in as nobody@northside.example." in done.stderr
    assert not (tmp_path / "out").exists()


def test_it_serves_says_where_and_stops_when_told(home):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = subprocess.Popen(  # noqa: S603
        [*COMMAND, "--home", str(home), "--port", str(port)], env=environment(), stdout=subprocess.PIPE, text=True
    )
    try:
        said = _until(served, "Press Ctrl+C")
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
        with urllib.request.urlopen(f"{address}account/personas/") as page:  # noqa: S310
            text = page.read().decode()
        assert "Tessa Holloway" in text
        assert "invented" in text
        assert "therapist@northside.example" in said
    finally:
        served.send_signal(signal.SIGINT)
        rest, _ = served.communicate(timeout=40)
    assert "Stopped." in rest
    assert served.returncode == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=2)  # noqa: S310


def _until(process, words):
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            break
    return said


def test_too_few_people_is_said_plainly(tmp_path):
    done = subprocess.run(  # noqa: S603
        [*COMMAND[:-1], "3", "--home", str(tmp_path)], env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "26" in done.stderr
