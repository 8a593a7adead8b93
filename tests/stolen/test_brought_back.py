"""An older backup was restored: who was erased since is back, and nobody is served until they are erased again."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from alongside.cli.main import main
from alongside.people.models import Registration
from tests.integration.sharing.test_erasing import Gone, anywhere

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="A server's files are restored by its own tools."),
]


@pytest.fixture(autouse=True)
def list_(settings, tmp_path):
    settings.ERASED = tmp_path / "elsewhere" / "erased.txt"
    return settings.ERASED


def copied(from_, to):
    with sqlite3.connect(from_) as source, sqlite3.connect(to) as target:
        source.backup(target)


def said(*words):
    return CliRunner().invoke(main, [*words])


@pytest.fixture
def restored(tmp_path):
    """A backup was made; somebody was erased; the backup was restored."""
    gone = Gone()
    gone.propose()
    database, backup = Path(connection.settings_dict["NAME"]), tmp_path / "backup.sqlite3"
    copied(database, backup)
    gone.erase()
    assert said("check", "--only", "erased").exit_code == 0
    connection.close()
    copied(backup, database)
    return gone


@pytest.mark.parametrize("command", [["tick"], ["migrate"], ["check", "--only", "erased"], ["ledger", "show"]])
def test_every_command_says_so_and_names_nobody(restored, command):
    done = said(*command)
    assert done.exit_code != 0
    assert "1 record is here again that was erased" in done.output
    assert restored.registration not in done.output


def test_a_restored_backup_is_refused_until_it_is_erased_again(restored, monkeypatch):
    from alongside.cli import serve

    served = []
    monkeypatch.setattr(serve, "_serve", lambda **chosen: served.append(chosen))
    assert said("serve").exit_code == 3
    assert served == []
    done = said("erase-again")
    assert (done.exit_code, done.output) == (0, "Erased 1 record again.\n")
    assert anywhere(restored.registration) == []
    assert not Registration.objects.filter(pk=restored.registration).exists()
    for command in (["tick"], ["check", "--only", "erased"], ["check", "--only", "ledger"]):
        assert said(*command).exit_code == 0, command
    assert said("serve").exit_code == 0
    assert len(served) == 1
    assert said("erase-again").output == "Nothing that was erased is here.\n"


def test_without_the_list_the_check_says_so(restored, list_):
    """Planted: the list is lost as well. Only a ledger that remembers the erasure can tell."""
    said("erase-again")
    gone = Gone()
    gone.propose()
    gone.erase()
    assert said("check", "--only", "erased").exit_code == 0
    list_.unlink()
    done = said("check", "--only", "erased")
    assert done.exit_code == 1
    assert "names 0" in done.output


def test_a_list_that_was_cut_off_stops_everything(restored, list_):
    list_.write_text(list_.read_text()[:-5])
    for command in (["tick"], ["serve"], ["erase-again"]):
        done = said(*command)
        assert done.exit_code == 3, command
        assert "not a whole list" in done.output


def test_the_words_of_who_was_erased_are_not_left_in_the_file(tmp_path):
    """On SQLite what is deleted is overwritten: of a server, its own vacuum and log decide."""
    gone = Gone()
    gone.propose(reason="Qwzxvbnm")
    gone.erase()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(connection.settings_dict["NAME"])
    for one in file.parent.glob(f"{file.name}*"):
        assert b"Qwzxvbnm" not in one.read_bytes(), one
        assert gone.registration.encode() not in one.read_bytes(), one
