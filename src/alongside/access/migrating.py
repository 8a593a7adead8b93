"""Sealing, in a migration, what stood in a column as it was written: some hundred rows at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import migrations

from alongside.access import sealing
from alongside.access.sealed import owner

CHUNK = 500


def seal_columns(app: str, columns: Mapping[str, Sequence[str]], *, bound_to: str = "pk") -> migrations.RunPython:
    """The step between a plain text column and a sealed one, both ways; `columns` of each model of an app, by name.

    It asks for the note keys: without those that the installation writes with, what it seals is lost to them.
    """

    def seal(apps: Any, _schema: Any) -> None:
        _each(apps, app, columns, bound_to, lambda text, of: sealing.seal(text, of))

    def unseal(apps: Any, _schema: Any) -> None:
        _each(apps, app, columns, bound_to, lambda text, of: sealing.unseal(text, of))

    return migrations.RunPython(seal, unseal)


def _each(
    apps: Any, app: str, columns: Mapping[str, Sequence[str]], bound_to: str, change: Callable[[str, str], str]
) -> None:
    for name, of in columns.items():
        model = apps.get_model(app, name)
        for key, bound, *texts in _rows(model, [bound_to, *of]):
            said = zip(of, texts, strict=True)
            fresh = {one: change(text, owner(model._meta.label_lower, one, bound)) for one, text in said if text}
            if fresh:
                model.objects.filter(pk=key).update(**fresh)


def _rows(model: Any, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    rows = model.objects.order_by("pk").values_list("pk", *columns)
    some = list(rows[:CHUNK])
    while some:
        yield from some
        some = list(rows.filter(pk__gt=some[-1][0])[:CHUNK])
