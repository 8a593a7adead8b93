"""Every committed entry gets its position, once and without gaps, and nobody who writes waits for that."""

import random
import time
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from alongside.audit import actions, queries
from alongside.audit.actions import numbering
from alongside.audit.models import Checkpoint, Entry
from alongside.audit.rules import Tree
from tests import factories
from tests.racing import on_postgresql

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20260302
WRITERS, EACH = 6, 25


def append(subject="", about=None):
    actions.append(
        actor="pra_x", role="therapist", service="", purpose="direct_care", act="test", subject=subject, about=about
    )


def positions():
    return list(Entry.objects.order_by("position").values_list("position", flat=True))


def gapless():
    return list(range(Entry.objects.count()))


def test_entries_get_positions_in_batches_and_once():
    for _ in range(5):
        with transaction.atomic():
            append()
    assert [actions.number(batch=2) for _ in range(4)] == [2, 2, 1, 0]
    assert positions() == gapless()


def test_each_is_found_by_whom_it_names_once(monkeypatch):
    """Whatever came in one turn, and however few rows are written at a time."""
    monkeypatch.setattr(numbering, "CHUNK", 3)
    for turn in (1, 1, 4):
        for _ in range(turn):
            with transaction.atomic():
                append(about={"reg_a": actions.Shown(1, 1), "reg_b": actions.Shown(2, 1)})
        assert actions.number() == turn
    assert len(queries.about("reg_a")) == len(queries.about("reg_b")) == 6
    assert list(queries.problems()) == []


def test_what_was_undone_leaves_no_gap():
    for fails in (False, True, False):
        with transaction.atomic():
            append()
            transaction.set_rollback(fails)
    assert actions.number() == 2
    assert positions() == [0, 1]


def test_a_checkpoint_reads_what_is_new_and_nothing_else():
    """The tree goes on from its peaks: were the older entries read again, these digests would be in the root."""
    for size in (3, 5, 8):
        while Entry.objects.count() < size:
            with transaction.atomic():
                append()
        actions.number()
        assert actions.sign() == size
    digests = Entry.objects.order_by("position").values_list("digest", flat=True)
    whole = Tree().extend(bytes.fromhex(one) for one in digests)
    assert queries.newest_checkpoint().head.root == whole.root()
    Entry.objects.filter(position__lt=8).update(digest="ff" * 32)
    with transaction.atomic():
        append()
    actions.number()
    assert actions.sign() == 9
    newest = bytes.fromhex(Entry.objects.get(position=8).digest)
    assert queries.newest_checkpoint().head.root == whole.extend([newest]).root()


def test_nothing_new_is_not_signed_again():
    with transaction.atomic():
        append()
    assert actions.sign() is None  # no entry has its position yet
    actions.number()
    assert [actions.sign(), actions.sign()] == [1, None]
    assert Checkpoint.objects.count() == 1


@on_postgresql
class TestAtTheSameMoment:
    def test_one_that_commits_late_is_not_skipped(self):
        wrote, may_end = Event(), Event()
        late = Thread(target=self.held, args=("late", wrote, may_end))
        late.start()
        wrote.wait(20)
        with transaction.atomic():
            append("early")
        assert actions.number() == 1  # it did not wait for the one that is still writing
        may_end.set()
        late.join()
        assert actions.number() == 1
        found = dict(Entry.objects.values_list("subject", "position"))
        assert found == {"early": 0, "late": 1}
        first = Entry.objects.order_by("pk").values_list("subject", flat=True)[0]
        assert first == "late"  # although its number came first

    def held(self, subject, wrote, may_end):
        try:
            with transaction.atomic():
                append(subject)
                wrote.set()
                may_end.wait(20)
        finally:
            connections.close_all()

    def test_nobody_waits_for_a_runner_that_takes_its_time(self):
        """While positions are given and not committed yet, a page is entered; it would fail if it had to wait."""
        with transaction.atomic():
            append("before")
        registration = factories.registered(factories.partnership().northside)
        held, may_end = Event(), Event()
        runner = Thread(target=self.slow_runner, args=(held, may_end))
        runner.start()
        held.wait(20)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
                append("meanwhile", {registration: actions.Shown(1, 1, ["con_1"])})
            assert actions.number() == 0  # one runner at a time, and the second does not wait either
            assert actions.sign() is None
        finally:
            may_end.set()
            runner.join()
        assert actions.number() == 1
        assert positions() == gapless()

    def slow_runner(self, held, may_end):
        try:
            with transaction.atomic():
                actions.number()
                held.set()
                may_end.wait(20)
        finally:
            connections.close_all()

    def test_many_who_write_commit_and_give_up_while_a_runner_numbers(self):
        """None is skipped, none has two positions, and each checkpoint on the way still fits at the end."""
        done, numbered = Event(), []
        runner = Thread(target=self.runner, args=(done, numbered))
        writers = [Thread(target=self.writer, args=(number,)) for number in range(WRITERS)]
        for thread in (runner, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        runner.join()
        assert sum(numbered) == Entry.objects.count() > WRITERS * EACH // 2
        assert positions() == gapless()
        assert Checkpoint.objects.count() > 1
        assert list(queries.problems()) == []
        ordered = list(Entry.objects.order_by("position").values_list("pk", flat=True))
        assert ordered != sorted(ordered)  # otherwise nobody committed late, and this proved nothing

    def writer(self, number):
        chance = random.Random(SEED + number)
        try:
            for _ in range(EACH):
                with transaction.atomic():
                    append(f"writer {number}")
                    time.sleep(chance.random() * 0.02)
                    transaction.set_rollback(chance.random() < 0.2)
        finally:
            connections.close_all()

    def runner(self, done, numbered):
        try:
            while True:
                last = done.is_set()
                numbered.append(actions.number(batch=7))
                actions.sign()
                if last and not numbered[-1]:
                    return
        finally:
            connections.close_all()

    def test_a_runner_that_skips_what_commits_late_is_caught(self, monkeypatch):
        """The fault that this arrangement is against: going on after the highest number."""
        after_the_last = numbering._NUMBER.replace(
            "WHERE position IS NULL",
            f"WHERE id > COALESCE((SELECT MAX(id) FROM {Entry._meta.db_table} WHERE position IS NOT NULL), 0)",  # noqa: S608
        )
        assert after_the_last != numbering._NUMBER
        monkeypatch.setattr(numbering, "_NUMBER", after_the_last)
        with pytest.raises(AssertionError):
            self.test_one_that_commits_late_is_not_skipped()
