"""Every table says what is personal in it, and every shown row belongs to one registration."""

import django.apps
import pytest

from alongside.access.models import Record
from alongside.definitions import policy

OURS = [model for model in django.apps.apps.get_models() if model.__module__.startswith("alongside.")]


def belongs_to_a_record(model):
    parents = [field.related_model for field in model._meta.concrete_fields if field.many_to_one]
    return any(issubclass(parent, Record) for parent in parents)


def notes_at_fault(model):
    """Fields without a privacy note, notes without a field, and notes that mean nothing."""
    notes = getattr(model, "PRIVACY", {})
    fields = {field.name for field in model._meta.concrete_fields}
    # "sensitive:row": as sensitive as the kinds of information its own row needs.
    allowed = {"neither", "personal", "sensitive:row", *(f"sensitive:{key}" for key in policy.categories())}
    return (fields ^ set(notes)) | {name for name, note in notes.items() if note not in allowed}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_a_privacy_note(model):
    assert notes_at_fault(model) == set()


def test_a_field_without_a_note_is_found():
    class Meta:
        concrete_fields = [type("Field", (), {"name": "diagnosis"})]

    model = type("Planted", (), {"_meta": Meta, "PRIVACY": {}})
    assert notes_at_fault(model) == {"diagnosis"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_is_personal_or_sensitive_is_a_record(model):
    """Only a record is decided by `visible`: what is about a person stands in one, or in the history of one."""
    notes = set(getattr(model, "PRIVACY", {}).values())
    if notes - {"neither"}:
        assert issubclass(model, Record) or belongs_to_a_record(model)


@pytest.mark.parametrize("model", [one for one in OURS if issubclass(one, Record)], ids=lambda model: model._meta.label)
def test_no_unique_constraint_reaches_across_services(model):
    """A constraint on something a person could type would tell one service what another one holds."""
    personal = {name for name, note in model.PRIVACY.items() if note == "personal"}
    for constraint in model._meta.constraints:
        assert not personal & set(getattr(constraint, "fields", ()))
    assert not any(field.unique for field in model._meta.concrete_fields if field.name in personal)
