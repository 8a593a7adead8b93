"""Whoever changes the ledger in the database, past everything we wrote, is found by `alongside check --only ledger`."""

import pytest
from django.db import connection

from alongside.audit import actions, queries
from alongside.audit.models import Entry, Mention, Seal
from alongside.cli import check
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = pytest.mark.django_db
ENTRY, MENTION, SEAL = (model._meta.db_table for model in (Entry, Mention, Seal))


@pytest.fixture
def sealed():
    """Somebody's entries, sealed in two batches; the numbers of the first and of the last."""
    factories.registered(factories.partnership().northside)
    actions.seal(batch=3)
    actions.seal()
    return Entry.objects.earliest("pk").pk, Entry.objects.latest("pk").pk


def behind_our_back(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def test_what_nobody_touched_verifies(sealed):
    assert list(queries.problems()) == []


@pytest.mark.parametrize("column", ["actor", "role", "service", "purpose", "act", "subject"])
def test_a_changed_word_is_found(sealed, column):
    behind_our_back(f"UPDATE {ENTRY} SET {column} = 'else' WHERE id = %s", sealed[0])  # noqa: S608
    assert [problem for problem in queries.problems() if f"Entry {sealed[0]} " in problem]


def test_a_changed_time_or_detail_is_found(sealed):
    behind_our_back(f"UPDATE {ENTRY} SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", sealed[0])  # noqa: S608
    behind_our_back(f"UPDATE {ENTRY} SET detail = '{{\"a\": 1}}' WHERE id = %s", sealed[1])  # noqa: S608
    assert [len(str(one)) > 0 for one in queries.problems()] == [True, True]


def test_a_changed_or_removed_mention_is_found(sealed):
    """Whom an entry names is part of what it says."""
    mention = Mention.objects.earliest("pk").pk
    behind_our_back(f"UPDATE {MENTION} SET registration = 'reg_else' WHERE id = %s", mention)  # noqa: S608
    assert len(list(queries.problems())) == 1
    behind_our_back(f"DELETE FROM {MENTION} WHERE id = %s", mention)  # noqa: S608
    assert len(list(queries.problems())) == 1


def test_an_entry_whose_digest_was_changed_with_it_breaks_the_seal(sealed):
    """Somebody who can compute a digest still cannot make the chain fit."""
    behind_our_back(f"UPDATE {ENTRY} SET actor = 'else' WHERE id = %s", sealed[0])  # noqa: S608
    entry = Entry.objects.get(pk=sealed[0])
    mentions = sorted((one.registration, one.kinds, one.rows) for one in entry.mentions.all())
    behind_our_back(f"UPDATE {ENTRY} SET digest = %s WHERE id = %s", actions.digest_of(entry, mentions), entry.pk)  # noqa: S608
    assert [problem.split(" of ")[0] for problem in queries.problems()] == ["The seal"]


@pytest.mark.parametrize("which", [0, 1])
def test_a_removed_entry_breaks_the_seal(sealed, which):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {MENTION} WHERE entry_id = %s", [sealed[which]])  # noqa: S608
    behind_our_back(f"DELETE FROM {ENTRY} WHERE id = %s", sealed[which])  # noqa: S608
    assert [problem.split(" of ")[0] for problem in queries.problems()] == ["The seal"]


def test_an_inserted_entry_breaks_the_seal(sealed):
    """One with a digest of its own, slipped in before those that are sealed."""
    entry = Entry.objects.latest("pk")
    entry.pk, entry.digest = sealed[0] - 1, actions.digest_of(entry, [])
    entry.save(force_insert=True)
    assert [problem.split(" of ")[0] for problem in queries.problems()] == ["The seal"]


def test_a_changed_seal_is_found(sealed):
    last = Seal.objects.latest("last_entry").pk
    behind_our_back(f"UPDATE {SEAL} SET chain = %s WHERE id = %s", "0" * 64, last)  # noqa: S608
    assert [problem.split(" of ")[0] for problem in queries.problems()] == ["The seal"]


def test_the_command_says_so_and_fails(sealed, capsys):
    behind_our_back(f"UPDATE {ENTRY} SET actor = 'else' WHERE id = %s", sealed[0])  # noqa: S608
    with pytest.raises(check.Unsound):
        check.command.callback(only="ledger")
    assert "no longer says what it said" in capsys.readouterr().out


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_after_a_later_one_was_sealed_is_in_the_seal_too():
    """Numbers are given before the commit: a seal waits for those who are writing, or they would look slipped in."""
    service = factories.partnership().northside

    def seal_a_later_entry():
        factories.registered(service)
        return actions.seal()

    overlapping(lambda: factories.registered(service), seal_a_later_entry)
    assert list(queries.problems()) == []
