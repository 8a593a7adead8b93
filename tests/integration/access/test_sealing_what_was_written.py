"""A database of an earlier version: what stood there in clear is sealed by its migration, and can be unsealed again."""

import json

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.access import migrating
from alongside.consultation.models import Answer
from tests.canaries import made
from tests.integration.contacts.test_note_encryption import everything_stored

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [
    ("alongside_consultation", "0003_replies_outlive_answers"),
    ("alongside_people", "0007_holds_and_erasure_proposals"),
    ("alongside_referral", "0003_list_indexes"),
    ("alongside_safety", "0006_looks_in_an_emergency"),
    ("alongside_transitions", "0001_initial"),
]


def to(targets):
    MigrationExecutor(connection).migrate(targets)


@pytest.fixture
def earlier():
    """The world as an earlier version kept it; whatever becomes of the test, the tables are today's again."""
    from alongside.access import raising

    made.Canaries()
    said = made.words()
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    raising.take_down()
    try:
        to(BEFORE)
        yield said
    finally:
        to(latest)
        raising.put_up()


def test_what_was_in_clear_is_sealed_and_says_the_same(earlier, monkeypatch):
    monkeypatch.setattr(migrating, "CHUNK", 2)
    before = everything_stored()
    sealed = {word for word, owners in earlier.items() if any(one.field in NOW_SEALED for one in owners)}
    assert len(sealed) > 8
    assert {word for word in sealed if word.encode() not in before} == set()
    to(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert where(made.words()) == where(earlier)
    after = rows_in_clear()
    assert {word for word in sealed if word in after} == set()


def where(words) -> dict[str, set[str]]:
    """The fields that each word stands in; not those of a table that the earlier version did not have."""
    found = {word: {one.field for one in owners} for word, owners in words.items()}
    return {word: fields for word, fields in found.items() if not any(one.startswith("Merge.") for one in fields)}


NOW_SEALED = {
    *("Question.text", "Clarification.text", "Answer.text", "Answer.recommendations", "AdviceReply.why"),
    *("Learning.learnt", "SentReferral.reason", "ReceivedReferral.wants", "Decision.words", "HandoverNote.words"),
    "Correction.reason",
}


def rows_in_clear() -> str:
    """What the tables say now; the file may still hold pages that were given up."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [json.dumps(row, default=str) for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_list_is_a_list_on_both_sides(earlier):
    with connection.cursor() as cursor:
        cursor.execute("SELECT recommendations FROM alongside_consultation_answer")
        [raw] = [row[0] for row in cursor.fetchall()]
    [said] = json.loads(raw) if isinstance(raw, str) else raw
    to(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert Answer.objects.get().recommendations == [said]
