"""Whoever steals the database reads no note in it: not in the file, what lies beside it while it runs, nor a backup."""

import os
import random
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from alongside.contacts import actions as contacts
from alongside.contacts import notes
from alongside.contacts.models import Note
from alongside.people.rules import Correcting
from tests.integration.everyone.world import World, meeting_at
from tests.stolen.searching import found_in, spellings

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = "bcdfghjklmnpqrstvwxz"
PARTS = ("talked_about", "worked_on", "agreed", "next_time", "for_the_team")


def word():
    return "".join(random.choices(LETTERS, k=18))


@pytest.fixture
def said():
    """Words of notes: of long ones and short ones, of one that was put right, and of one that was taken out."""
    from datetime import timedelta

    world = World()
    registration, episode = world.mine(world.keyworker)
    words = [word() for _ in range(len(PARTS) + 1)]
    one = {"registration": registration, "episode": episode, "by": world.keyworker}
    texts = [f"{'They slept badly. ' * (200 * (place % 2))}{each}" for place, each in enumerate(words)]
    contact = contacts.record(
        **one,
        meeting=meeting_at(-timedelta(hours=1)),
        attendance="attended",
        note=dict(zip(PARTS, texts, strict=False)),
    )
    note = Note.objects.filter(contact=contact, heading="talked_about").get()
    contacts.correct_note(note=note.pk, text=texts[-1], why=Correcting("A slip of the pen"), by=world.keyworker)
    return words


@pytest.fixture
def stolen(tmp_path):
    """Everything that a thief of the disk has, and of the place where backups lie."""
    return _sqlite(tmp_path) if connection.vendor == "sqlite" else _postgresql(tmp_path)


def _sqlite(folder):
    file = Path(connection.settings_dict["NAME"])
    backup = folder / "backup.sqlite3"
    with sqlite3.connect(file) as from_, sqlite3.connect(backup) as to:
        from_.backup(to)
    dump = folder / "dump.sql"
    with sqlite3.connect(backup) as copied:
        dump.write_text("\n".join(copied.iterdump()))
    beside = sorted(file.parent.glob(f"{file.name}*"))
    assert any(one.name.endswith(("-wal", "-journal")) for one in beside), "nothing lies beside the database"
    return [*beside, backup, dump]


def _postgresql(folder):
    """The server's own files, its write-ahead log among them, and two dumps of it."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory')")
        [data] = cursor.fetchone()
    settings = connection.settings_dict
    program = next(Path(data).parent.rglob("pg_dump"), None)
    found = [one for one in Path(data).rglob("*") if one.is_file() and one.parent.name != "pg_notify"]
    for form in ("plain", "custom") if program else ():
        dump = folder / f"{form}.dump"
        asked = [program, "-h", settings["HOST"], "-U", settings["USER"], f"--format={form}", "-f", dump]
        subprocess.run([*asked, settings["NAME"]], check=True, env=os.environ)  # noqa: S603
        found.append(dump)
    return found


def test_no_note_can_be_read(said, stolen, caplog):
    assert Note.objects.count() >= len(PARTS)
    assert len(stolen) >= 3
    assert list(found_in(stolen, said)) == []


def test_what_stands_in_clear_is_found_by_the_same_search(said, stolen):
    """Headings and names are not notes: the search finds them in each file that holds the table."""
    assert list(found_in(stolen, ["talked_about"]))


@pytest.mark.parametrize("form", spellings("abcdefghijklmnopqr"))
def test_each_spelling_is_found(tmp_path, form):
    hidden = word()
    (tmp_path / "file").write_bytes(b"before" * 2 + spellings(hidden)[form] + b"after")
    assert [one for one in found_in([tmp_path / "file"], [hidden]) if f"({form})" in one]


def test_a_note_in_clear_is_found(said, request, monkeypatch):
    """Planted: notes are written as they were said."""
    monkeypatch.setattr(notes, "seal", lambda text, note: text)
    again = request.getfixturevalue("stolen")
    assert list(found_in(again, said)) == []
    world = World()
    registration, episode = world.mine(world.keyworker)
    from datetime import timedelta

    hidden = word()
    contacts.record(
        registration=registration,
        episode=episode,
        meeting=meeting_at(-timedelta(hours=1)),
        attendance="attended",
        note={"talked_about": hidden},
        by=world.keyworker,
    )
    folder = request.getfixturevalue("tmp_path") / "again"
    folder.mkdir()
    files = _sqlite(folder) if connection.vendor == "sqlite" else _postgresql(folder)
    assert list(found_in(files, [hidden]))
