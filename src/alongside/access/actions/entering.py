"""The ledger's entry of an act, and the form that was sent twice."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from alongside.access import wall
from alongside.access.context import Access
from alongside.access.models import Anchor, Record
from alongside.audit import actions as audit
from alongside.audit.actions import Shown
from alongside.kernel.errors import Duplicate


def log(
    *,
    by: Access,
    act: str,
    subject: str = "",
    about: Iterable[str] = (),
    detail: Mapping[str, Any] | None = None,
    kinds: int = 0,
) -> None:
    """The audit entry of an act, in the caller's transaction. `kinds` are those that the act gave to somebody else.
    Where somebody from outside acts, it names the agreement under which they work here."""
    told = {**(detail or {}), "under": by.under} if by.under else detail
    with wall.past("access.log"):
        audit.append(
            actor=by.actor,
            role=by.role,
            service=by.service,
            purpose=by.purpose,
            act=act,
            subject=subject,
            about={registration: Shown(kinds) for registration in about},
            detail=told,
        )


@transaction.atomic
def refused(*, registration: str, page: str, by: Access) -> None:
    """Enter that somebody asked for a page about a registration and was told "not there", whether it is or not: who
    tries ids is for the privacy lead to see. In a transaction of its own: the page's was undone."""
    known = Anchor.objects.filter(pk=registration).values_list("pk", flat=True)
    log(by=by, act="refused", subject=page, about=list(known))


def refuse_repeat(*, model: type[Record], submission: str | None, said: str, by: Access, of: str = "pk") -> None:
    """Raise `Duplicate` where `by` sent this form before and a row of `model` was made of it.

    Its `existing` is the column `of` what was made. Without a submission nothing can be told apart, and nothing is.
    """
    if not submission:
        return
    existing = model.objects.filter(author=by.actor, submission=submission).values_list(of, flat=True).first()
    if existing:
        raise Duplicate(said, existing)
