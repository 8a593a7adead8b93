"""Where a demonstration is kept, and where it is served."""

import socket
from datetime import UTC, date

import pytest

from alongside.cli import demo
from alongside.cli.demonstration.home import Home, Seeded, tables
from alongside.cli.demonstration.sign_ins import table
from alongside.kernel.errors import Invalid

TODAY = Seeded(date(2026, 11, 22), 300, 1)
YESTERDAY = Seeded(date(2026, 11, 21), 300, 1)


def test_a_key_of_its_own_is_made_once_for_its_owner_alone(tmp_path):
    home = Home(tmp_path / "demo")
    first = home.settings(home.file(TODAY))["ALONGSIDE_SECRET_KEY"]
    assert first == Home(tmp_path / "demo").settings(home.file(TODAY))["ALONGSIDE_SECRET_KEY"]
    assert len(first) > 40
    assert (tmp_path / "demo" / "secret-key").stat().st_mode & 0o077 == 0
    assert Home(tmp_path / "other").settings(home.file(TODAY))["ALONGSIDE_SECRET_KEY"] != first


def test_the_newest_partnership_of_the_same_people_is_found(tmp_path):
    home = Home(tmp_path)
    assert home.found(TODAY) is None
    home.file(YESTERDAY).touch()
    home.file(Seeded(date(2026, 11, 22), 25, 1)).touch()
    assert home.found(TODAY) == YESTERDAY
    home.file(TODAY).touch()
    assert home.found(TODAY) == TODAY


def test_a_partnership_of_other_tables_is_not_found_and_goes(tmp_path):
    home = Home(tmp_path)
    older = [TODAY.name.replace(tables(), "00000000"), "partnership-2026-11-22-300-1.sqlite3"]
    for name in older:
        (tmp_path / name).touch()
    assert home.found(TODAY) is None
    assert home.newest() is None
    home.file(TODAY).touch()
    home.keep_only(TODAY)
    assert [file.name for file in tmp_path.iterdir()] == [TODAY.name]


def test_the_newest_partnership_of_all_is_found(tmp_path):
    home = Home(tmp_path)
    assert home.newest() is None
    home.file(YESTERDAY).touch()
    home.file(TODAY).touch()
    assert home.newest() == TODAY


def test_only_databases_of_its_own_are_removed(tmp_path):
    home = Home(tmp_path)
    for name in (YESTERDAY.name, TODAY.name, "unfinished-1.sqlite3", "mine.sqlite3"):
        (tmp_path / name).touch()
    home.keep_only(TODAY)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mine.sqlite3", TODAY.name]


def test_a_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match="is not a directory"):
        Home(tmp_path / "file")


def test_a_busy_port_is_said_and_the_next_one_taken(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        found = demo.free_port(busy)
    assert found > busy
    assert f"Port {busy} is busy, so this is at {found}." in capsys.readouterr().out


def test_the_moment_is_a_quarter_of_an_hour():
    moment = demo.moment()
    assert moment.tzinfo is UTC
    assert (moment.minute % 15, moment.second, moment.microsecond) == (0, 0, 0)


@pytest.mark.parametrize("email", ["therapist@northside.example", "gp@millfield.example", "privacy@riverside.example"])
def test_the_table_names_the_sign_ins_and_their_password(email):
    said = table("http://127.0.0.1:8000/")
    assert email in said
    assert "invented-people-only" in said
