"""Whoever changes the ledger in the database, past everything we wrote, is found by `alongside check --only ledger`."""

import pytest
from django.db import connection

from alongside.audit import actions, leaves, queries, rules
from alongside.audit.checkpoints import Note, countersignature
from alongside.audit.keys import PrivateKey
from alongside.audit.models import Checkpoint, Countersignature, Entry, Mention
from alongside.cli import check
from alongside.kernel import clock
from tests import factories

pytestmark = pytest.mark.django_db
ENTRY, MENTION, CHECKPOINT = (model._meta.db_table for model in (Entry, Mention, Checkpoint))
OFFICER = PrivateKey.new_witness("riverside.officer")


@pytest.fixture
def signed(settings):
    """Somebody's entries, under two checkpoints; the numbers of the first and of the last."""
    settings.WITNESSES = [str(OFFICER.public())]
    factories.registered(factories.partnership().northside)
    actions.number(batch=3)
    actions.sign()
    actions.number()
    actions.sign()
    return Entry.objects.earliest("pk").pk, Entry.objects.latest("pk").pk


def behind_our_back(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def found():
    return [str(problem) for problem in queries.problems()]


def test_what_nobody_touched_verifies(signed):
    assert found() == []


@pytest.mark.parametrize("column", ["actor", "role", "service", "purpose", "act", "subject"])
def test_a_changed_word_is_found(signed, column):
    behind_our_back(f"UPDATE {ENTRY} SET {column} = 'else' WHERE id = %s", signed[0])  # noqa: S608
    assert [problem for problem in found() if f"Entry {signed[0]} " in problem]


def test_a_changed_time_or_detail_is_found(signed):
    behind_our_back(f"UPDATE {ENTRY} SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", signed[0])  # noqa: S608
    behind_our_back(f"UPDATE {ENTRY} SET detail = '{{\"a\": 1}}' WHERE id = %s", signed[1])  # noqa: S608
    assert len(found()) == 2


@pytest.mark.parametrize("place", range(4))
def test_a_changed_mention_is_found(signed, place):
    """Whom an entry names, and what it showed of them, is part of what it says."""
    entry = Entry.objects.exclude(about=[]).earliest("pk")
    about = [list(one) for one in entry.about]
    about[0][place] = {0: "f" * 32, 1: 2**12, 2: 99, 3: "f" * 16}[place]
    Entry.objects.filter(pk=entry.pk).update(about=about)
    assert found()[0].startswith(f"Entry {entry.pk} of")
    Entry.objects.filter(pk=entry.pk).update(about=[])
    assert found()[0].startswith(f"Entry {entry.pk} of")


@pytest.mark.parametrize("changed", ["pseudonym = 'else'", "kinds = 4096"])
def test_whoever_hides_an_entry_from_those_it_names_is_found(signed, changed):
    mention = Mention.objects.earliest("pk")
    behind_our_back(f"UPDATE {MENTION} SET {changed} WHERE id = %s", mention.pk)  # noqa: S608
    assert [problem for problem in found() if "is not found by everybody whom it names" in problem]
    behind_our_back(f"DELETE FROM {MENTION} WHERE id = %s", mention.pk)  # noqa: S608
    assert len(found()) == 1


def test_an_entry_whose_digest_was_changed_with_it_breaks_the_checkpoint(signed):
    """Somebody who can compute a leaf hash still cannot make the root fit."""
    behind_our_back(f"UPDATE {ENTRY} SET actor = 'else' WHERE id = %s", signed[0])  # noqa: S608
    digest = rules.leaf(leaves.line(Entry.objects.get(pk=signed[0]))).hex()
    behind_our_back(f"UPDATE {ENTRY} SET digest = %s WHERE id = %s", digest, signed[0])  # noqa: S608
    assert found()[0] == "The checkpoint of 3 entries does not fit the entries it covers."


@pytest.mark.parametrize("which", [0, 1])
def test_a_removed_entry_is_missed(signed, which):
    position = Entry.objects.get(pk=signed[which]).position
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {MENTION} WHERE entry_id = %s", [signed[which]])  # noqa: S608
    behind_our_back(f"DELETE FROM {ENTRY} WHERE id = %s", signed[which])  # noqa: S608
    assert f"The entry at position {position} is missing." in found() or which == 1
    assert any("does not fit the entries it covers" in one for one in found())


def test_an_inserted_entry_breaks_the_checkpoint(signed):
    """One with a leaf hash of its own, slipped in before the last one."""
    last = Entry.objects.latest("pk")
    position, last.position = last.position, last.position + 1
    last.save()
    last.pk, last.position, last.about = None, position, []
    last.digest = rules.leaf(leaves.line(last)).hex()
    last.save(force_insert=True)
    assert [problem.split(" of ")[0] for problem in found()] == ["The checkpoint"]


def test_two_that_changed_places_break_the_checkpoint(signed):
    one, other = Entry.objects.get(pk=signed[0]), Entry.objects.get(pk=signed[1])
    places = one.position, other.position
    for entry, position in ((one, None), (other, places[0]), (one, places[1])):
        Entry.objects.filter(pk=entry.pk).update(position=position)
    assert all("does not fit" in problem for problem in found())
    assert found()


def test_a_changed_checkpoint_is_found(signed):
    """Its words, so that they fit what was changed; nobody without the ledger's key can sign them."""
    row = Checkpoint.objects.earliest("size")
    note = Note.read(row.note)
    spoilt = note.text().replace(note.head.at.isoformat(), "2020-01-01T00:00:00+00:00")
    behind_our_back(f"UPDATE {CHECKPOINT} SET note = %s WHERE size = %s", spoilt, row.pk)  # noqa: S608
    assert found() == [
        "The checkpoint of 3 entries is not signed with a key of this ledger.",
        f"The checkpoint before that of {Entry.objects.count()} entries was taken away or changed.",
    ]


def test_a_key_can_be_changed_while_the_earlier_one_is_kept(signed, settings):
    settings.LEDGER_KEYS = ["a new one", *settings.LEDGER_KEYS]
    factories.registered(factories.partnership().northside)
    actions.number()
    actions.sign()
    assert found() == []
    settings.LEDGER_KEYS = settings.LEDGER_KEYS[:1]
    assert found()
    assert all("is not signed with a key of this ledger" in problem for problem in found())


def test_one_that_cannot_be_read_is_found(signed):
    behind_our_back(f"UPDATE {CHECKPOINT} SET note = 'else' WHERE size = 3")  # noqa: S608
    assert found()[0] == "The checkpoint of 3 entries cannot be read."


def test_a_checkpoint_that_was_taken_away_is_missed(signed):
    Checkpoint.objects.filter(size=3).delete()
    assert [problem for problem in found() if "was taken away or changed" in problem]


def test_a_countersignature_that_the_witness_did_not_write_is_found(signed):
    newest = Checkpoint.objects.latest("size")
    head = Note.read(newest.note).head
    actions.countersign(note=Note(head, (countersignature(head, OFFICER, clock.now()),)))
    assert found() == []
    false = countersignature(head, PrivateKey.new_witness("riverside.officer"), clock.now())
    Countersignature.objects.update(line=false)
    assert found() == [f"riverside.officer did not countersign the checkpoint of {newest.size} entries."]


def test_the_command_says_so_and_fails(signed, capsys):
    behind_our_back(f"UPDATE {ENTRY} SET actor = 'else' WHERE id = %s", signed[0])  # noqa: S608
    with pytest.raises(check.Unsound):
        check.command.callback(only="ledger")
    assert "no longer says what it said" in capsys.readouterr().out
