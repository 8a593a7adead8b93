"""Erasing a record when its period is over: proposed by one, decided by another, and then gone from every room."""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.audit import actions as ledger
from alongside.audit import queries as remembered
from alongside.consent import actions as consent
from alongside.consultation import actions as consultation
from alongside.contacts import actions as contacts
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.lives import actions as lives
from alongside.measures import actions as measures
from alongside.medication import actions as medication
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people import rules
from alongside.plan import actions as plan
from alongside.post import actions as post
from alongside.referral import actions as referrals
from alongside.safety import actions as safety
from alongside.safety import queries as looks
from alongside.screening import actions as screening
from alongside.sharing import ending
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder
from alongside.transitions import actions as transitions

# Every room that holds anything of a registration, from the top floor down: what leans on something goes before it.
HOLD = (transitions, screening, referrals, consultation, plan, medication, contacts, measures, lives, safety)
HOLD += (journey, consent, post, tasks, people, access)
CHOICES = policy.categories_mask("choices")  # which no other service reads, whatever was agreed
DECIDE = ("oversee", "lead")  # whose decision it may be, besides whoever proposed it
WITHIN = timedelta(days=7)
ROOM = "people"


@transaction.atomic
def propose_erasure(*, registration: str, reason: str, by: Access, died: date | None = None) -> str:
    """Propose that a record of the own service be erased; returns the proposal's id. A second person owes a decision.

    Raises `NotAllowed` with what stands in the way (its period, a legal hold, something open), `Stale` where it is
    proposed already, `Invalid` naming `reason` or `died`.
    """
    by.check_may("oversee")
    allowed.require_own(by, registration, "identity", "choices")
    access.lock(registrations=[registration], by=by)
    ending.check(registration, died, by)
    made = people.propose_erasure(registration=registration, reason=reason, died=died, by=by)
    owed = {"room": ROOM, "about": made, "kind": ending.DECIDING, "registration": registration, "service": by.service}
    tasks.open_task(**owed, needs=CHOICES, holder=_second(registration, by), due_at=clock.now() + WITHIN, by=by)
    access.log(by=by, act="sharing.propose_erasure", subject=made, about=[registration])
    return made


def _second(registration: str, by: Access) -> Holder:
    """Whoever may decide what `by` proposed: another one who oversees privacy, or a team lead (of a record that is kept
    to a few, one of them); the team that takes what comes in where the service has neither."""
    kept = bool(allowed.keeper_of(registration, access=by))
    for act in DECIDE:
        for one in organisations.colleagues(by.service, access=by, act=act):
            may = act == "oversee" or not kept or persons.is_named_for(one.id, registration, access=by)
            if one.id != by.actor and may:
                return Holder(practitioner=one.id)
    if kept:
        raise NotAllowed("Nobody else may decide: the record is kept to a few. Name a team lead among them first.")
    return Holder(team=organisations.intake_team(by.service, access=by))


@transaction.atomic
def keep(*, registration: str, reason: str, by: Access) -> None:
    """The record stays: the second person says no, or whoever proposed it takes it back. `Stale` where none waits."""
    _check_decides(by)
    allowed.require_own(by, registration, "identity", "choices")
    access.lock(registrations=[registration], by=by)
    said_no_to = people.waiting(registration=registration, by=by).pk
    people.say_no(registration=registration, reason=reason, by=by)
    tasks.close(room=ROOM, about=said_no_to, outcome="kept", by=by)
    access.log(by=by, act="sharing.keep", subject=registration, about=[registration])


@transaction.atomic
def erase(*, registration: str, word: str, by: Access) -> dict[str, int]:
    """Erase what somebody else of the service proposed: every row of it, in every room, and the secret by which the
    ledger knows it. Returns how many rows of each table. Nothing brings it back.

    Raises `Invalid("word", …)` unless the word was typed, `Stale` where nobody proposes it, `NotAllowed` for whoever
    proposed it and for whatever stands in the way. Other services' records of the same person are not touched.
    """
    _check_decides(by)
    rules.check_word(word)
    allowed.require_own(by, registration, "identity", "choices")
    every = [registration, *looks.stand_ins(registration, access=by)]
    access.lock(registrations=every, by=by)
    proposal = people.waiting(registration=registration, by=by)
    rules.check_second(proposal.author, by.actor)
    ending.check(registration, proposal.died_on, by)
    counted = erase_rooms(every, by)
    detail = {"proposed_by": proposal.author, "rows": counted, "listed": len(every)}
    access.log(by=by, act=remembered.ERASE, detail=detail)
    ledger.forget(registrations=every)
    return counted


def _check_decides(by: Access) -> None:
    if not any(by.may(act) for act in DECIDE):
        raise NotAllowed("Only whoever oversees privacy, or a team lead, decides about erasing a record.")


def erase_rooms(registrations: Collection[str], by: Access) -> dict[str, int]:
    """How many rows of each table were deleted in all rooms, of locked registrations; tables without any left out."""
    counted: Counter[str] = Counter()
    for one in sorted(registrations):
        for room in HOLD:
            counted.update(room.erase(registration=one, by=by))
    return {table: count for table, count in sorted(counted.items()) if count}


def erase_again(*, by: Access) -> int:
    """Erase whatever an older backup brought back of what was erased before; returns how many registrations. Whether it
    may be was decided then: nothing is asked again. Only a job of the installation.

    Raises `audit.erased.Unreadable` where the list of what was erased cannot be read.
    """
    if by.role != "system":
        raise NotAllowed("Only the installation's own job erases again.")
    found = remembered.erased_among(allowed.every_anchor(access=by))
    for one in found:
        with transaction.atomic():
            access.lock(registrations=[one], by=by)
            access.log(by=by, act="sharing.erase_again", detail={"rows": erase_rooms([one], by)})
            ledger.forget(registrations=[one])
    return len(found)
