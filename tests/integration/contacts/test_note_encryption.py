"""Notes are encrypted before they reach the database, and stay readable while keys change."""

import pytest
from django.db import connection

from alongside.access.context import Access
from alongside.contacts import actions, notes, queries
from alongside.contacts.models import Note
from alongside.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db

SAID = "Their brother drinks with them on Fridays"
KEEPER = Access.system("note keys")


def everything_stored():
    """Every byte of the database that a copy of it would hold."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")  # noqa: S608
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows).encode()


def test_the_words_of_a_note_are_not_in_the_database(recording, therapist):
    made = recording(note={"talked_about": SAID})
    stored = everything_stored()
    assert SAID.encode() not in stored
    assert b"Fridays" not in stored
    assert made.encode() in stored  # what is stored in clear text is found by this search
    assert queries.note(made, access=therapist)[0].text == SAID


def test_a_new_key_reads_what_the_old_one_wrote_and_then_writes(recording, therapist, settings):
    made = recording(note={"talked_about": SAID})
    before = Note.objects.get().text
    settings.NOTE_KEYS = ["a new key of random words", *settings.NOTE_KEYS]
    assert queries.note(made, access=therapist)[0].text == SAID
    last = actions.rotate_note_keys(by=KEEPER)
    assert actions.rotate_note_keys(by=KEEPER, after=last) == ""
    settings.NOTE_KEYS = settings.NOTE_KEYS[:1]  # the old key may go now
    assert queries.note(made, access=therapist)[0].text == SAID
    assert Note.objects.get().text != before


def test_a_note_without_its_key_says_so_and_does_not_take_the_page_with_it(recording, therapist, settings):
    made = recording(note={"talked_about": SAID})
    settings.NOTE_KEYS = ["another installation's key"]
    [section] = queries.note(made, access=therapist)
    assert (section.readable, section.text) == (False, "")


def test_the_text_of_one_note_does_not_pass_for_anothers(recording):
    recording(note={"talked_about": SAID, "agreed": "A walk."})
    one, other = Note.objects.order_by("pk")
    with pytest.raises(notes.Unreadable, match="holds the text of another"):
        notes.unseal(one.text, other.pk)


def test_only_the_installations_own_job_changes_keys(therapist):
    with pytest.raises(NotAllowed):
        actions.rotate_note_keys(by=therapist)
