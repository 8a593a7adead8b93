"""Columns that only a note key opens: what stands in the database, who reads it, and what is refused."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from alongside.access import sealing
from alongside.access.sealed import UNREADABLE, SealedListField, SealedTextField, Token
from alongside.consultation.models import Answer, Question
from alongside.kernel import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    from alongside.consultation import actions

    person = factories.JointJourney()
    one = actions.ask(
        registration=person.riverside, answering_service=person.world.northside.id, text="Slowly?", by=person.keyworker
    )
    actions.accept(consultation=one, version=1, by=person.therapist)
    actions.answer(consultation=one, recommendations=["Go slowly", "Ring first"], version=2, by=person.therapist)
    return person


def held(model, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_the_database_holds_a_token_and_the_row_says_the_words(asked):
    [token] = held(Question, "text")
    assert "Slowly" not in token
    assert Question.objects.get().text == "Slowly?"
    assert sealing.unseal(token, f"alongside_consultation.question.text {Question.objects.get().pk}") == "Slowly?"


def test_a_list_is_a_list_again(asked):
    assert Answer.objects.get().recommendations == ["Go slowly", "Ring first"]
    assert "slowly" not in held(Answer, "recommendations")[0]


def test_an_empty_text_stays_empty(asked):
    assert held(Answer, "text") == [""]
    assert Answer.objects.get().text == ""


def test_a_row_that_is_saved_again_says_the_same(asked):
    row = Question.objects.get()
    row.save()
    assert Question.objects.get().text == "Slowly?"
    row.text = "Slower?"
    row.save(update_fields=["text"])
    assert Question.objects.defer("text").get().text == "Slower?"
    row.refresh_from_db()
    assert row.text == "Slower?"


def test_a_token_of_another_row_or_column_does_not_open(asked):
    token = Token(held(Question, "text")[0])
    Answer.objects.update(text=token)
    assert Answer.objects.get().text == UNREADABLE
    row = Question.objects.get()
    other = sealing.seal("Slowly?", f"alongside_consultation.question.other {row.pk}")
    Question.objects.update(text=Token(other))
    assert Question.objects.get().text == UNREADABLE


def test_without_its_key_it_says_so_and_keeps_what_it_was(asked, settings):
    before = held(Question, "text"), held(Answer, "recommendations")
    settings.NOTE_KEYS = ["another secret"]
    row, answer = Question.objects.get(), Answer.objects.get()
    assert row.text == UNREADABLE
    assert answer.recommendations == [UNREADABLE]
    row.occurred_at = clock.now()
    row.save()
    answer.save()
    assert (held(Question, "text"), held(Answer, "recommendations")) == before


@pytest.mark.parametrize(
    "query",
    [
        lambda rows: rows.filter(text="Slowly?"),
        lambda rows: rows.filter(text__icontains="slow"),
        lambda rows: rows.update(text="Slower?"),
        lambda rows: rows.exclude(text__in=["Slowly?"]),
    ],
)
def test_words_are_no_part_of_a_query(asked, query):
    with pytest.raises((TypeError, FieldError), match=r"sealed|Unsupported lookup"):
        list(query(Question.objects.all()) or ())


def test_a_migration_knows_the_columns_by_their_kind():
    for field, bound in ((SealedTextField(), {}), (SealedTextField(bound_to="look_id"), {"bound_to": "look_id"})):
        _name, path, _args, kwargs = field.deconstruct()
        assert (path, kwargs) == ("alongside.access.sealed.SealedTextField", bound)
    assert SealedListField().deconstruct()[1] == "alongside.access.sealed.SealedListField"
