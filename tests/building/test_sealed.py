"""Free text about people is sealed, or stands in clear for a reason that is written down here."""

import re

import django.apps
import pytest
from django.db import models

from alongside.access.models import Record
from alongside.access.sealed import Sealed, SealedTextField
from tests.building import house

IN_CLEAR = {
    "above every page and in every list of people, and needed also where a key is missing": """
        people.Registration.access_needs people.Registration.safe_contact
    """,
    "on a form that would save what it could not read; to be sealed once it leaves that alone": """
        people.Registration.address
    """,
    "read in lists of many people at once; to be sealed when those lists are measured with it": """
        plan.Goal.words plan.Action.text
    """,
    "a gap: read on one person's plan alone, and to be sealed": "plan.Goal.why plan.Action.why plan.Agreement.words",
    "what a demonstration shows instead of sending it; never written anywhere else": "post.Postcard.text",
}
DECIDED = house.REPOSITORY / "docs/adr/0004-note-keys.md"
OPEN = {name for names in IN_CLEAR.values() for name in names.split()}


def of_a_person(model: type[models.Model]) -> bool:
    parents = [one.related_model for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    return any(issubclass(one, Record) for one in (model, *parents))


def texts() -> dict[str, models.Field]:
    """Every column of free text of a record, or of what hangs on one."""
    found = {}
    for model in django.apps.apps.get_models():
        if model.__module__.startswith("alongside.") and of_a_person(model):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.TextField):
                    found[f"{model._meta.label.removeprefix('alongside_')}.{field.name}"] = field
    return found


def left_open(found: dict[str, models.Field]) -> list[str]:
    return sorted(name for name, field in found.items() if not isinstance(field, Sealed) and name not in OPEN)


def test_every_text_of_a_record_is_sealed_or_open_for_a_reason():
    assert left_open(texts()) == []


def test_what_is_open_for_a_reason_is_there_and_is_not_sealed():
    assert {name for name in OPEN if isinstance(texts().get(name), (Sealed, type(None)))} == set()


def test_a_text_that_nobody_thought_of_is_found():
    assert left_open({**texts(), "plan.Wish.words": models.TextField()}) == ["plan.Wish.words"]
    assert left_open({"plan.Wish.words": SealedTextField()}) == []


def bound_to_what_may_change(field: models.Field) -> bool:
    """Whether the row that is sealed in could have no name yet as it is written, or another one later."""
    if not isinstance(field, SealedTextField):
        return False
    bound = field.model._meta.pk if field.bound_to == "pk" else _column(field.model, field.bound_to)
    return isinstance(bound, models.AutoField) or bound.null


def _column(model: type[models.Model], attname: str) -> models.Field:
    return next(one for one in model._meta.concrete_fields if one.attname == attname)


@pytest.mark.parametrize("name", texts())
def test_a_text_is_bound_to_a_row_that_has_its_name_before_it_is_written(name):
    assert not bound_to_what_may_change(texts()[name])


def test_a_text_in_a_row_that_the_database_numbers_is_found():
    field = SealedTextField()
    field.model = next(one for one in django.apps.apps.get_models() if one.__name__ == "GlassReview")
    assert bound_to_what_may_change(field)


def unnamed(decided: str) -> list[str]:
    """Columns in clear that the decision does not name, by `Model.column` or by `column` beside one of its model."""
    clear = decided.partition("**Which text stays in clear")[2].partition("**Short columns")[0]
    named = set(re.findall(r"`([\w.]+)`", clear))
    return sorted(one for one in OPEN if named.isdisjoint({one.partition(".")[2], one.split(".")[2]}))


def test_each_column_that_stays_in_clear_is_named_where_it_was_decided():
    assert unnamed(DECIDED.read_text("utf-8")) == []


def test_a_column_that_the_decision_forgets_is_found():
    forgetful = DECIDED.read_text("utf-8").replace("`Goal.why`", "")
    assert unnamed(forgetful) == ["plan.Goal.why"]
