"""`alongside tick` seals the ledger, and `alongside check` says when nobody runs it or a seal was taken away."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from alongside.audit import actions, queries
from alongside.audit.models import Entry, Mention, Seal
from alongside.cli import tick
from alongside.cli.main import main
from alongside.kernel import clock
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words):
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    return done.exit_code, done.output


def check(*words):
    return run("check", "--only", "ledger", *words)


@pytest.fixture
def service():
    return factories.partnership().northside


@contextmanager
def beside(statement, *values):
    """Another connection, which has said this and goes on holding what it took."""
    other = connection.copy()
    other.inc_thread_sharing()
    try:
        with other.cursor() as cursor:
            cursor.execute(statement, values)
            yield
    finally:
        other.close()


def taken_away(seal):
    """What somebody who can write to the database's files can do: a seal goes with everything it covers."""
    covered = Entry.objects.filter(pk__lte=seal.last_entry)
    before = Seal.objects.filter(last_entry__lt=seal.last_entry).order_by("-last_entry").first()
    covered = covered.filter(pk__gt=before.last_entry) if before else covered
    Mention.objects.filter(entry__in=covered).delete()
    covered.delete()
    seal.delete()


class TestTick:
    def test_it_seals_what_waits_and_says_how_much(self, service):
        waiting = Entry.objects.count()
        code, said = run("tick")
        assert (code, f"Sealed {waiting} entries." in said) == (0, True), said
        assert queries.waiting_since() is None
        assert list(queries.problems()) == []
        assert run("tick") == (0, "Nothing waits to be sealed.\n")

    def test_more_than_one_batch_is_sealed_at_once(self, service, monkeypatch):
        monkeypatch.setattr(actions, "BATCH", 2)
        run("tick")
        assert queries.waiting_since() is None
        assert Seal.objects.count() == -(-Entry.objects.count() // 2)

    def test_it_shows_the_newest_seal(self, service):
        assert run("tick", "--show")[1].split()[-1] == Seal.objects.get().chain

    def test_over_an_older_database_it_refuses(self, monkeypatch):
        monkeypatch.setattr("alongside.cli.database.steps_behind", lambda: ["one"])
        code, said = run("tick")
        assert (code, "alongside migrate" in said) == (3, True)

    def test_while_somebody_writes_for_too_long_it_gives_up_and_says_so(self, service, monkeypatch):
        """Everybody who wants to write stands behind a seal that waits: it must not wait for ever."""
        if connection.vendor == "postgresql":
            monkeypatch.setattr(actions, "PATIENCE", "100ms")
            writing = f"BEGIN; LOCK TABLE {Entry._meta.db_table} IN ROW EXCLUSIVE MODE"
        else:
            monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
            writing = "BEGIN IMMEDIATE"
        with beside(writing):
            code, said = run("tick")
        assert (code, "Run “alongside tick” again" in said) == (5, True), said
        assert run("tick")[0] == 0

    @on_postgresql
    def test_one_runner_at_a_time(self, service):
        with beside("SELECT pg_advisory_lock(%s)", tick.RUNNER):
            assert run("tick") == (0, "Another one is running. Nothing was done here.\n")
        assert not Seal.objects.exists()
        assert "Sealed" in run("tick")[1]  # the lock went with whoever held it

    @on_postgresql
    def test_two_who_seal_at_the_same_moment_seal_each_entry_once(self, service):
        waiting = Entry.objects.count()
        assert sum(overlapping(actions.seal, actions.seal)) == waiting
        assert list(queries.problems()) == []


class TestCheck:
    def test_entries_that_wait_for_more_than_an_hour_are_said(self, service):
        assert check()[0] == 0  # they have only just been written
        with clock.at(clock.now() + timedelta(minutes=61)):
            code, said = check()
        assert (code, "alongside tick" in said) == (1, True), said

    def test_a_quiet_night_is_not_an_alarm(self, service):
        """The last seal is old and nothing waits; or the first entry of the morning waits for a minute."""
        run("tick")
        with clock.at(clock.now() + timedelta(hours=9)):
            assert check()[0] == 0
            factories.registered(service)
            assert check()[0] == 0

    @pytest.mark.parametrize("batches", [1, 2])
    def test_a_seal_that_was_taken_away_with_its_entries_is_found_by_the_copy(self, service, batches):
        """And by nothing else: what is left verifies."""
        for _ in range(batches):
            factories.registered(service)
            kept = run("tick", "--show")[1].split()[-1]
        assert check("--kept", kept)[0] == 0
        taken_away(Seal.objects.latest("last_entry"))
        assert check()[0] == 0
        code, said = check("--kept", kept)
        assert (code, "taken away or rewritten" in said) == (1, True), said

    def test_a_ledger_that_was_written_anew_and_sealed_anew_is_found_by_the_copy(self, service):
        kept = run("tick", "--show")[1].split()[-1]
        first = Entry.objects.earliest("pk")
        first.actor = "else"
        mentions = sorted((one.registration, one.kinds, one.rows) for one in first.mentions.all())
        first.digest = actions.digest_of(first, mentions)
        first.save()
        Seal.objects.all().delete()
        run("tick")
        assert check()[0] == 0
        assert check("--kept", kept)[0] == 1
