"""A row that is inserted by its table's own manager is the row that Django would have saved."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from alongside.access.models import Anchor
from alongside.audit import rows
from alongside.audit.models import Entry, Mention
from alongside.kernel.ids import new_id
from alongside.measures.models import Response, Score
from alongside.tasks.models import Task

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def anchor():
    return Anchor.objects.create(id=new_id("reg"), service="ser_x")


def record(anchor, **more):
    return {"registration": anchor, "service": "ser_x", "needs": 1, "occurred_at": AT, "recorded_at": AT} | more


def task(anchor, **more):
    return record(anchor, room="test", about=new_id("abo"), kind="test", holder_team="tea_x", due_at=AT) | more


def response(anchor, **more):
    wanted = {"instrument": "phq9", "definition_version": "1", "respondent": "person", "entered_by": "staff"}
    return record(anchor, **wanted, answers=[1, 2], **more)


def stored(model, *ids):
    """Their columns as the table holds them, without what is each one's own."""
    names = [one.attname for one in model._meta.concrete_fields if not one.primary_key and one.name != "about"]
    return [model.objects.filter(pk=one).values(*names).get() for one in ids]


@pytest.mark.parametrize(("model", "made"), [(Task, task), (Response, response)])
def test_it_holds_what_a_saved_row_holds(anchor, model, made):
    saved = model(**made(anchor))
    saved.save(force_insert=True)
    inserted = model.objects.create(**made(anchor))
    assert inserted.pk != saved.pk
    one, other = stored(model, saved.pk, inserted.pk)
    assert one == other


def test_decimals_and_json_come_back_as_they_went(anchor):
    given = Response.objects.create(**response(anchor))
    made = Score.objects.create(
        **record(anchor), response=given, instrument="phq9", value=Decimal("14.50"), flags=["é"], definition_version="1"
    )
    [found] = Score.objects.filter(pk=made.pk)
    assert (found.value, found.flags, found.response_id, found.occurred_at) == (Decimal("14.50"), ["é"], given.pk, AT)


def test_a_number_of_the_database_is_on_the_row_and_on_each_of_many():
    entry = Entry.objects.create(actor="pra_x", role="therapist", purpose="direct_care", act="test", digest="0" * 64)
    mentions = [Mention(entry=entry, pseudonym=f"reg_{number}") for number in range(3)]
    Mention.objects.insert(mentions)
    assert Entry.objects.get(pk=entry.pk).act == "test"
    assert {one.pk: one.pseudonym for one in mentions} == dict(
        Mention.objects.filter(entry=entry).values_list("pk", "pseudonym")
    )


def test_a_row_is_saved_once_and_changed_afterwards(anchor):
    made = Task.objects.create(**task(anchor))
    made.outcome = "done"
    made.save()
    assert list(Task.objects.filter(registration=anchor).values_list("outcome", flat=True)) == ["done"]


def test_nothing_is_inserted_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        Task.objects.insert([])


def test_a_row_cannot_bring_the_number_that_the_database_gives():
    with pytest.raises(ValueError, match="numbers"):
        Entry.objects.create(id=777, actor="a", role="r", purpose="p", act="test", digest="0" * 64)


def test_more_rows_than_one_statement_takes(monkeypatch, django_assert_num_queries):
    entry = Entry.objects.create(actor="a", role="r", purpose="p", act="test", digest="0" * 64)
    monkeypatch.setattr(rows, "PLACES", 6)  # two mentions
    mentions = [Mention(entry=entry, pseudonym=f"reg_{number}") for number in range(5)]
    with django_assert_num_queries(3):
        Mention.objects.insert(mentions)
    assert len({one.pk for one in mentions}) == Mention.objects.filter(entry=entry).count() == 5


def test_after_an_error_the_transaction_goes_no_further(anchor):
    made = Task.objects.create(**task(anchor))
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            Task.objects.create(**task(anchor, id=made.pk))
        with pytest.raises(transaction.TransactionManagementError):
            Task.objects.count()
        transaction.set_rollback(True)


def test_what_the_table_refuses_is_refused_as_django_says_it_and_nothing_stays(anchor):
    made = Task.objects.create(**task(anchor))
    fresh = [Task(**task(anchor)), Task(**task(anchor, id=made.pk))]
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.insert(fresh)
    assert Task.objects.filter(registration=anchor).count() == 1
