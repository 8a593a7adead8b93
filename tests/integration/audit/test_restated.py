"""An older ledger is said again in its second form: who looked is still known, and what was false is still false."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from alongside.audit import actions, queries
from alongside.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEFORE = [("alongside_audit", "0002_entries_by_act_and_time")]
NOW = [("alongside_audit", "0005_without_registrations_and_seals")]
SEAL = "5e" * 32


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def old():
    """The tables as they were before pseudonyms; today's afterwards, whatever happened."""
    apps = migrate(BEFORE)
    yield lambda name: apps.get_model("alongside_audit", name)
    migrate(NOW)


def said_first(at, subject, mentions):
    words = {"at": at.isoformat(), "actor": "pra_x", "role": "therapist", "service": "ser_x", "purpose": "direct_care"}
    words |= {"act": "test", "subject": subject, "detail": {"to": subject}, "mentions": mentions}
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return words, hashlib.sha256(text.encode()).hexdigest()


def written(old, subject, mentions, digest=""):
    words, right = said_first(AT, subject, mentions)
    values = {name: value for name, value in words.items() if name not in ("at", "mentions")}
    row = old("Entry").objects.create(at=AT, digest=digest or right, **values)
    for registration, kinds, rows in mentions:
        old("Mention").objects.create(entry=row, registration=registration, kinds=kinds, rows=rows)
    return row.pk


def test_an_older_ledger_is_said_again(old):
    good = written(old, "reg_b", [("reg_a", 1, 2), ("reg_b", 4, 1)])
    bad = written(old, "reg_a", [("reg_a", 1, 2)], digest="0" * 64)
    alone = written(old, "con_1", [])
    old("Seal").objects.create(last_entry=alone, chain=SEAL)
    migrate(NOW)
    assert [one.act for one in queries.about("reg_a")] == ["test", "test"]
    assert [one.kinds for one in queries.about("reg_b")] == [4]
    assert not [line for line in _lines() if "reg_" in line]
    [problem] = [str(one) for one in queries.problems()]
    assert problem.startswith(f"Entry {bad} ")
    assert Entry.objects.get(pk=good).subject == Entry.objects.get(pk=good).detail["to"]
    last = Entry.objects.latest("pk")
    assert (last.act, last.detail) == ("audit.restated", {"entries": 3, "seal": SEAL})


def _lines():
    actions.number()
    actions.sign()
    return queries.lines()


def test_an_empty_ledger_says_nothing(old):
    migrate(NOW)
    assert not Entry.objects.exists()


def test_there_is_no_way_back_for_what_was_said_again(old):
    written(old, "con_1", [])
    migrate(NOW)
    with pytest.raises(IrreversibleError):
        migrate(BEFORE)
    Entry.objects.all().delete()
