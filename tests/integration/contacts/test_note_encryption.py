"""Notes are encrypted before they reach the database, and stay readable while keys change."""

import re

import pytest
from click.testing import CliRunner
from django.db import connection

from alongside.access import actions as access
from alongside.access import sealing
from alongside.access.context import Access
from alongside.access.sealed import columns
from alongside.audit.models import Entry
from alongside.cli.main import main
from alongside.contacts import notes, queries
from alongside.contacts.models import Note
from alongside.kernel.errors import NotAllowed
from tests.canaries import made

pytestmark = pytest.mark.django_db

SAID = "Their brother drinks with them on Fridays"
KEEPER = Access.system("note keys")


def rotate_all(most=500):
    """Every sealed text under the first key; how many calls it took."""
    done, calls = access.rotate_note_keys(by=KEEPER, most=most), 1
    while done.last:
        done, calls = access.rotate_note_keys(by=KEEPER, after=done.last, most=most), calls + 1
    return calls


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
    rotate_all()
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
        access.rotate_note_keys(by=therapist)


def test_rotation_reaches_every_sealed_column_a_few_rows_at_a_time(settings):
    """Words of every kind under an old key; then the old key goes, and all of them still open."""
    settings.NOTE_KEYS = ["the old one"]
    made.Canaries()
    before = held()
    settings.NOTE_KEYS = ["the new one", "the old one"]
    assert rotate_all(most=2) > 10
    settings.NOTE_KEYS = ["the new one"]
    assert held() == before


def test_a_text_that_no_key_opens_is_counted_and_stops_nothing(settings):
    settings.NOTE_KEYS = ["a lost one"]
    made.Canaries()
    settings.NOTE_KEYS = ["the new one"]
    rotate_all()
    counted = Entry.objects.filter(act="access.rotate_note_keys").values_list("detail", flat=True)
    assert sum(one["unreadable"] for one in counted) == sum(map(len, tokens().values()))


def tokens():
    return {
        f"{model.__name__}.{field.name}": [one for one in model.objects.values_list(field.attname, flat=True) if one]
        for model, fields in columns()
        for field in fields
    }


def held():
    """What each token says, with what is sealed in beside it."""
    return {name: sorted(sealing.keys().decrypt(str(one)).decode() for one in some) for name, some in tokens().items()}


@pytest.mark.django_db(transaction=True)
def test_somebody_at_a_terminal_rotates_all_of_it(settings):
    settings.NOTE_KEYS = ["the old one"]
    made.Canaries()
    before = held()
    settings.NOTE_KEYS = ["the new one", "the old one"]
    done = CliRunner().invoke(main, ["rotate-note-keys"])
    assert done.exit_code == 0, done.output
    assert re.fullmatch(r"Sealed the texts of \d+ rows again\.\n", done.output)
    settings.NOTE_KEYS = ["the new one"]
    assert held() == before
    settings.NOTE_KEYS = ["another one"]
    done = CliRunner().invoke(main, ["rotate-note-keys"])
    assert done.exit_code == 1
    assert "under a key that is not here" in done.output
