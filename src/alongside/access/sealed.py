"""Columns of free text that only a note key opens: sealed as a row is saved, opened as its attribute is read."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from alongside.access import sealing
from alongside.kernel.language import gettext as _
from alongside.kernel.language import later

LOOKUPS = {"exact", "in", "isnull"}  # whether there is a text at all
UNREADABLE = later("This cannot be read: the key it was sealed with is not here. Tell whoever runs Alongside.")


class Token(str):
    """What the database holds of a sealed text: bytes that say nothing without a key."""

    __slots__ = ()


class Sealed(models.TextField):  # type: ignore[type-arg]  # generic in its stubs alone
    """A column that holds tokens. Whoever writes it seals by hand (`sealing.seal`), and whoever reads it unseals."""


class _Opening(DeferredAttribute):
    """The attribute of a sealed column: what was read from the database is opened each time it is asked for."""

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        found = super().__get__(instance, cls)
        return self.field.opened(instance, found) if instance and isinstance(found, Token) else found

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(Sealed):
    """A text as it was written, to those who read the row; a token in the database, its log and its backups.

    The table, the column and the row (its id, or the column `bound_to` where the database numbers rows) are sealed in:
    a token that is moved elsewhere does not open. A text that no key opens reads as a sentence that says so. Nobody can
    search or compare it, or change it but by saving a row: what would put words into a query raises `TypeError`.
    """

    descriptor_class = _Opening

    def __init__(self, *args: Any, bound_to: str = "pk", **kwargs: Any) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({} if self.bound_to == "pk" else {"bound_to": self.bound_to})

    def owner(self, row: models.Model) -> str:
        """What is sealed in with the text of a row."""
        return owner(row._meta.label_lower, self.attname, getattr(row, self.bound_to))

    def from_db_value(self, value: str | None, *_more: Any) -> str | None:
        return Token(value) if value else value

    def opened(self, row: models.Model, token: str) -> Any:
        try:
            return self.spoken(sealing.unseal(token, self.owner(row)))
        except sealing.Unreadable:
            return self.unreadable()

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value = row.__dict__[self.attname]
        if isinstance(value, Token) or value in (None, ""):
            return value
        return Token(sealing.seal(self.written(value), self.owner(row)))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Token) or value in (None, ""):
            return value
        raise TypeError(f"{self.model._meta.label}.{self.name} is sealed: words are no part of a query.")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in LOOKUPS else None

    def spoken(self, text: str) -> Any:
        return text

    def written(self, value: Any) -> str:
        return str(value)

    def unreadable(self) -> Any:
        return _(UNREADABLE)


class SealedListField(SealedTextField):
    """A list of texts, sealed as one."""

    def spoken(self, text: str) -> list[str]:
        return list(json.loads(text))

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def unreadable(self) -> list[str]:
        return [_(UNREADABLE)]


def columns() -> Iterator[tuple[type[models.Model], list[Sealed]]]:
    """Every table with sealed columns, by name, with those columns: of every room that is installed."""
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label_lower):
        if found := [one for one in model._meta.concrete_fields if isinstance(one, Sealed)]:
            yield model, found


def owner(label: str, column: str, row: object) -> str:
    """What is sealed in with a text: the table, the column and the row."""
    return f"{label}.{column} {row}"
