"""Proposing to erase a record, and saying no to it. That it is agreed to is `sharing`'s act, and leaves no row here."""

from datetime import date

from django.db import connection

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Stale
from alongside.people import rules
from alongside.people.models import ErasureProposal, Registration
from alongside.people.rules import Proposal

CHOICES = policy.categories_mask("choices")


def propose_erasure(*, registration: str, reason: str, died: date | None, by: Access) -> str:
    """Propose that a locked registration be erased; returns the proposal's id. `Stale` where one waits already,
    `Invalid` naming `reason` or `died`. Only ever inside `sharing`'s act, which asks whether it may be erased."""
    by.check_may("oversee")
    _own(registration, by)
    born = Registration.objects.values_list("birth_date", flat=True).get(pk=registration)
    rules.check_died(died, born, clock.today())
    standing = _standing(registration)
    if standing and standing.state == Proposal.PROPOSED:
        raise Stale("Somebody has proposed this already.")
    row = ErasureProposal(state=Proposal.PROPOSED, reason=rules.check_why(reason), died_on=died)
    return _stand(row, standing, registration, by)


def say_no(*, registration: str, reason: str, by: Access) -> None:
    """The record stays: somebody else declined the proposal, or whoever made it takes it back. `Stale` where none
    waits. Only ever inside `sharing`'s act."""
    standing = waiting(registration=registration, by=by)
    state = Proposal.WITHDRAWN if standing.author == by.actor else Proposal.DECLINED
    row = ErasureProposal(state=state, reason=rules.check_why(reason), died_on=standing.died_on)
    _stand(row, standing, registration, by)


def waiting(*, registration: str, by: Access) -> ErasureProposal:
    """The proposal about a locked registration that waits for a second person; `Stale` where none does."""
    _own(registration, by)
    standing = _standing(registration)
    if standing is None or standing.state != Proposal.PROPOSED:
        raise Stale("Nobody proposes this any more. Look at what stands now.")
    return standing


def _own(registration: str, by: Access) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A proposal is decided together with what stands in its way.")
    allowed.require_own(by, registration, "identity", "choices")


def _standing(registration: str) -> ErasureProposal | None:
    return ErasureProposal.objects.filter(registration=registration, superseded_by="").first()


def _stand(row: ErasureProposal, before: ErasureProposal | None, registration: str, by: Access) -> str:
    row.registration_id, row.service, row.needs = registration, by.service, CHOICES
    row.author, row.occurred_at = by.actor, clock.now()
    if before:
        ErasureProposal.objects.filter(pk=before.pk).update(superseded_by=row.pk)
    ErasureProposal.objects.insert([row])
    return row.pk
