"""Erasing: rows of any room's records, and at the end what a registration was to access."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from alongside.access.actions.compiled import recompile
from alongside.access.context import Access
from alongside.access.models import Anchor, Bar, Glass, Grant, Line, Need, Record, Source
from alongside.access.rules import Effect
from alongside.kernel.ids import new_id


def erase_rows(*, rows: Sequence[QuerySet[Any]], by: Access) -> dict[str, int]:
    """Delete these rows for good, in this order; how many of each table, by its name, none among them.

    What leans on a row has to come before it: a row that something still leans on stops the erasure.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Nothing is erased by halves.")
    counted: dict[str, int] = {}
    _overwrite()
    for one in rows:
        if issubclass(one.model, Record):
            sources = Source.objects.filter(record__in=one.order_by().values("pk")).delete()
            counted[_name(Source)] = counted.get(_name(Source), 0) + sources[0]
        counted[_name(one.model)] = counted.get(_name(one.model), 0) + one.order_by().delete()[0]
    return counted


def _overwrite() -> None:
    """SQLite leaves what was deleted in its file until the place is used again, unless it is told not to."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _name(model: type) -> str:
    return str(model._meta.label).removeprefix("alongside_")


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """What access holds of a registration whose records are erased: its facts, what they compile to, and its anchor.

    The last of the rooms: a record that is left anywhere stops it. Where another service holds a copy that was made
    from it, whom the person had closed it to by name stays closed out: those denials pass to an anchor that stands for
    nobody, and with them nothing else.
    """
    _leave_denials(registration, by)
    of = {"registration": registration}
    facts = [model.objects.filter(**of) for model in (Grant, Bar, Need, Line, Glass)]
    return erase_rows(rows=[*facts, Anchor.objects.filter(pk=registration)], by=by)


def _leave_denials(registration: str, by: Access) -> None:
    leaning = Source.objects.filter(registration=registration)
    if not leaning.exists():
        return
    service = Anchor.objects.values_list("service", flat=True).get(pk=registration)
    nobody = Anchor.objects.create(id=new_id("reg"), service=service)
    Line.objects.filter(registration=registration, effect=Effect.DENY.value).update(registration=nobody)
    leaning.update(registration=nobody)
    recompile(registration=nobody.pk, by=by)
