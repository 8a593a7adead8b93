"""Keeping a registration to a few by name: staff who are patients, people whom everybody knows. Called by `sharing`."""

from collections.abc import Collection

from django.db import connection

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Stale
from alongside.organisations import queries as organisations
from alongside.people import rules
from alongside.people.models import Restriction

CHOICES = policy.categories_mask("choices")


def restrict(*, registration: str, named: Collection[str], keeper: str, reason: str, by: Access) -> list[str]:
    """Keep the own service's registration to `named` practitioners, one of whom has what would be a team's (`keeper`);
    returns them. Replaces whom it was kept to before. Raises `Invalid` naming `named`, `keeper` or `reason`.

    Only ever inside `sharing`'s act, which hands over what others owe.
    """
    _gate(registration, by)
    fit = [one.id for one in organisations.colleagues(by.service, access=by)]
    chosen = rules.check_kept(named, keeper, fit, reason)
    row = Restriction(restricted=True, named=chosen, keeper=keeper, reason=reason.strip())
    _stand(row, registration, by.service, by)
    return chosen


def lift(*, registration: str, reason: str, by: Access) -> None:
    """The registration is its service's again as all others are. `Stale` where it is so already.

    Only ever inside `sharing`'s act.
    """
    _gate(registration, by)
    said = rules.check_why_restricted(reason)
    if not Restriction.objects.filter(registration=registration, superseded_by="", restricted=True).exists():
        raise Stale("Somebody has lifted this already.")
    _stand(Restriction(restricted=False, reason=said), registration, by.service, by)


def _gate(registration: str, by: Access) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("Who may see changes together with what they owe.")
    by.check_may("oversee")
    allowed.require_own(by, registration, "identity", "choices")
    access.lock(registrations=[registration], by=by)


def _stand(row: Restriction, registration: str, service: str, by: Access) -> None:
    """The row stands from now on, and its service's registration is kept as it says."""
    row.registration_id, row.service, row.needs = registration, service, CHOICES
    row.author, row.occurred_at = by.actor, clock.now()
    before = Restriction.objects.filter(registration=registration, superseded_by="").first()
    with access.together(by=by):
        if before:
            Restriction.objects.filter(pk=before.pk).update(superseded_by=row.pk)
            access.end_needs(registration=registration, because=before.pk, by=by)
        Restriction.objects.insert([row])
        for one in row.named:
            access.add_need(
                registration=registration,
                handle=Handle.held(one, service),
                service=service,
                kind=NeedKind.CARE_TEAM,
                made_by=service,
                because=row.pk,
                by=by,
            )
        access.restrict(registration=registration, restricted=row.restricted, keeper=row.keeper, by=by)


def take_over(*, leaver: str, service: str, to: str, by: Access, of: str = "") -> None:
    """Whatever a leaver was named for in a service, or there for one registration, `to` is named for instead."""
    standing = Restriction.objects.filter(service=service, superseded_by="", restricted=True)
    for row in (standing.filter(registration=of) if of else standing).order_by("registration"):
        if leaver in row.named:
            _name_instead(row, leaver, to, by)


def _name_instead(before: Restriction, leaver: str, to: str, by: Access) -> None:
    named = sorted({to if one == leaver else one for one in before.named})
    keeper = to if before.keeper == leaver else before.keeper
    row = Restriction(restricted=True, named=named, keeper=keeper, reason=before.reason)
    _stand(row, before.registration_id, before.service, by)
