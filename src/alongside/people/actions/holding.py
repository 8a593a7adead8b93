"""Legal holds: nothing of a record may be erased while one stands. Every change is a row of its own."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.people import rules
from alongside.people.models import LegalHold

CHOICES = policy.categories_mask("choices")


@transaction.atomic
def hold(*, registration: str, reason: str, by: Access) -> str:
    """Nothing of a registration of the own service may be erased from now on, until this hold is lifted; returns its
    id. Others may stand beside it. Raises `Invalid("reason", …)`."""
    row = LegalHold(held=True, reason=rules.check_why(reason))
    _write(row, registration, by)
    access.log(by=by, act="people.hold", subject=row.pk, about=[registration])
    return row.pk


@transaction.atomic
def lift_hold(*, hold: str, reason: str, by: Access) -> None:
    """This hold stands no longer. `Stale` where somebody lifted it first, `Invalid("reason", …)` without a reason."""
    by.check_may("oversee")
    found = LegalHold.objects.filter(pk=hold, held=True, service=by.service).first()
    if found is None:
        raise NotThere()
    row = LegalHold(held=False, reason=rules.check_why(reason))
    _write(row, found.registration_id, by)
    if not LegalHold.objects.filter(pk=hold, superseded_by="").update(superseded_by=row.pk):
        raise Stale("Somebody has lifted this already.")
    access.log(by=by, act="people.lift_hold", subject=hold, about=[found.registration_id])


def _write(row: LegalHold, registration: str, by: Access) -> None:
    by.check_may("oversee")
    allowed.require_own(by, registration, "identity", "choices")
    access.lock(registrations=[registration], by=by)
    row.registration_id, row.service, row.needs = registration, by.service, CHOICES
    row.author, row.occurred_at = by.actor, clock.now()
    LegalHold.objects.insert([row])
