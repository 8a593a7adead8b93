"""`alongside tick` signs the ledger, and `alongside check` says when nobody runs it or its end was taken away."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from alongside.audit import actions, leaves, queries, rules
from alongside.audit.actions import numbering
from alongside.audit.keys import PrivateKey
from alongside.audit.models import Checkpoint, Entry, Mention
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


def cut_off(size):
    """What somebody who can write to the database's files can do: checkpoints go with everything they cover."""
    beyond = Entry.objects.filter(position__gte=size)
    Mention.objects.filter(entry__in=beyond).delete()
    beyond.delete()
    Checkpoint.objects.filter(size__gt=size).delete()


class TestTick:
    def test_it_signs_what_waits_and_says_how_much(self, service):
        waiting = Entry.objects.count()
        code, said = run("tick")
        assert (code, f"Signed {waiting} new entries: the ledger has {waiting}." in said) == (0, True), said
        assert queries.waiting_since() is None
        assert list(queries.problems()) == []
        assert run("tick") == (0, "No entry waits for a checkpoint.\n")

    def test_more_than_one_batch_is_signed_at_once(self, service, monkeypatch):
        monkeypatch.setattr(numbering, "BATCH", 2)
        run("tick")
        assert queries.waiting_since() is None
        assert Checkpoint.objects.get().size == Entry.objects.count()

    def test_over_an_older_database_it_refuses(self, monkeypatch):
        monkeypatch.setattr("alongside.cli.database.steps_behind", lambda: ["one"])
        code, said = run("tick")
        assert (code, "alongside migrate" in said) == (3, True)

    @pytest.mark.skipif(
        connection.vendor != "sqlite", reason="On PostgreSQL nobody waits for a runner, nor it for them."
    )
    def test_while_somebody_writes_for_too_long_it_gives_up_and_says_so(self, service, monkeypatch):
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        with beside("BEGIN IMMEDIATE"):
            code, said = run("tick")
        assert (code, "Run “alongside tick” again" in said) == (5, True), said
        assert run("tick")[0] == 0

    @on_postgresql
    def test_while_somebody_writes_it_signs_what_is_there(self, service):
        with beside(f"BEGIN; LOCK TABLE {Entry._meta.db_table} IN ROW EXCLUSIVE MODE"):
            assert "Signed" in run("tick")[1]

    @on_postgresql
    def test_one_runner_at_a_time(self, service):
        with beside("SELECT pg_advisory_lock(%s)", tick.RUNNER):
            assert run("tick") == (0, "Another one is running. Nothing was done here.\n")
        assert not Checkpoint.objects.exists()
        assert "Signed" in run("tick")[1]  # the lock went with whoever held it

    @on_postgresql
    def test_two_who_sign_at_the_same_moment_number_each_entry_once(self, service):
        waiting = Entry.objects.count()
        assert sum(overlapping(actions.number, actions.number)) == waiting
        assert overlapping(actions.sign, actions.sign) == (waiting, None)
        assert list(queries.problems()) == []


class TestCheck:
    def test_entries_that_wait_for_more_than_ten_minutes_are_said(self, service):
        assert check()[0] == 0  # they have only just been written
        with clock.at(clock.now() + timedelta(minutes=11)):
            code, said = check()
        assert (code, "alongside tick" in said) == (1, True), said

    def test_a_quiet_night_is_not_an_alarm(self, service):
        """The last checkpoint is old and nothing waits; or the first entry of the morning waits for a minute."""
        run("tick")
        with clock.at(clock.now() + timedelta(hours=9)):
            assert check()[0] == 0
            factories.registered(service)
            assert check()[0] == 0

    def test_a_witness_who_does_not_countersign_is_missed(self, service, settings):
        run("tick")
        with clock.at(clock.now() + timedelta(minutes=11)):
            assert check()[0] == 0  # nobody was named who should
            settings.WITNESSES = [str(PrivateKey.new_witness("riverside.officer").public())]
            code, said = check()
        assert (code, "No witness has countersigned" in said) == (1, True), said

    def test_an_end_that_was_cut_off_is_found_by_the_copy(self, service, kept, settings):
        """And where nothing is kept beside the database by nothing else: what is left verifies."""
        settings.KEPT = ""
        run("tick")
        size = Entry.objects.count()
        factories.registered(service)
        copy = kept()
        assert check("--kept", copy)[0] == 0
        cut_off(size)
        assert check()[0] == 0
        code, said = check("--kept", copy)
        assert (code, "taken away or rewritten" in said) == (1, True), said

    def test_a_ledger_that_was_written_anew_and_signed_anew_is_found_by_the_copy(self, service, kept, settings):
        settings.KEPT = ""
        copy = kept()
        first = Entry.objects.earliest("pk")
        first.actor = "else"
        first.digest = rules.leaf(leaves.line(first)).hex()
        first.save()
        Checkpoint.objects.all().delete()
        run("tick")
        assert check()[0] == 0
        assert check("--kept", copy)[0] == 1

    def test_what_is_no_checkpoint_is_refused(self, service, tmp_path):
        (tmp_path / "kept.txt").write_text("a seal", "utf-8")
        assert check("--kept", str(tmp_path / "kept.txt"))[0] == 2


@pytest.fixture
def kept(tmp_path):
    """Keeps the newest checkpoint in a file, as somebody would."""

    def keep():
        run("tick")
        file = tmp_path / "kept.txt"
        file.write_text(queries.newest_checkpoint().text(), "utf-8")
        return str(file)

    return keep
