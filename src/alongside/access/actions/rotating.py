"""Changing the keys of every sealed text, whichever room's it is."""

from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.db import models, transaction

from alongside.access import sealing
from alongside.access.actions.entering import log
from alongside.access.context import Access
from alongside.access.sealed import Sealed, Token, columns
from alongside.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows were gone through, how many of their texts no key opens, and where it ended (`last`), empty when
    nothing was left."""

    rows: int = 0
    unreadable: int = 0
    last: str = ""


@transaction.atomic
def rotate_note_keys(*, by: Access, after: str = "", most: int = 500) -> Rotated:
    """Seal up to `most` rows of one table again under the first note key, from where the last call ended (`after`):
    repeat with it until nothing is left. A text that no key opens stays as it is. Only a job of the system may.
    """
    if by.role != "system":
        raise NotAllowed("Only the installation's own job changes note keys.")
    at, _, last = after.partition(" ")
    for model, fields in columns():
        if model._meta.label_lower < at:
            continue
        rows = (
            model._base_manager.order_by("pk").select_for_update().values_list("pk", *(one.attname for one in fields))
        )
        batch = list((rows.filter(pk__gt=last) if last and model._meta.label_lower == at else rows)[:most])
        if batch:
            closed = sum(_rotated(model, fields, row) for row in batch)
            detail = {"table": model._meta.label_lower, "rows": len(batch), "unreadable": closed}
            log(by=by, act="access.rotate_note_keys", detail=detail)
            return Rotated(len(batch), closed, f"{model._meta.label_lower} {batch[-1][0]}")
    return Rotated()


def _rotated(model: type[models.Model], fields: list[Sealed], row: tuple[object, ...]) -> int:
    """Seal a row's texts again; how many no key opens."""
    fresh, closed = {}, 0
    for field, token in zip(fields, row[1:], strict=True):
        try:
            fresh |= {field.attname: Token(sealing.rotated(str(token)))} if token else {}
        except InvalidToken:
            closed += 1
    if fresh:
        model._base_manager.filter(pk=row[0]).update(**fresh)
    return closed
